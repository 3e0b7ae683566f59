import type { DocumentKind } from '../../contract/enums.ts';
import type { SignatureField } from '../../ports/signing.ts';
import type { Tx } from '../context.ts';

type Signer = { personId: string; role: string; partyId?: string | null };
type Base = {
  courtId: string;
  caseId: string;
  versionId: string;
  kind: DocumentKind;
  file: { storageKey: string; sha256: string; size: number };
  fields: SignatureField[];
  signers: Signer[];
};

/** Makes the certified base the version's document, with one place for each field in the order in which they were drawn. */
export async function writePlaces(
  tx: Tx,
  { fields, signers, file, kind, caseId, ...at }: Base,
): Promise<void> {
  const base = await tx.document.create({ data: { ...at, caseId, kind, ...file } });
  await tx.draftVersion.update({
    where: { id: at.versionId },
    data: { baseDocumentId: base.id, headDocumentId: base.id },
  });
  for (const [position, field] of fields.entries()) {
    const signer = signers.find((s) => s.personId === field.personId && s.role === field.role);
    await tx.signature.create({
      data: {
        ...at,
        fieldName: field.name,
        role: field.role,
        signerName: field.signerName,
        personId: field.personId,
        position,
        field: { page: field.page, rect: field.rect },
        partyId: signer?.partyId ?? null,
        agentId: field.role === 'agent' ? field.personId : null,
        staffUserId: field.role === 'mediator' || field.role === 'recorder' ? field.personId : null,
      },
    });
  }
}
