import type { CorrectionsView } from '../../contract/correction.ts';
import { allowedActions } from '../../domain/permissions.ts';
import { partyOf } from '../attachments/upload-attachment.ts';
import { authoriseCase } from '../authorise.ts';
import type { Ctx, Principal } from '../context.ts';
import { documentTitles } from '../documents/document-titles.ts';
import { transact } from '../transact.ts';
import { correctable, recordKinds } from './load-correction.ts';

/** Every correction of a case with each party's word, and what may be corrected; of records to their readers alone. */
export async function readCorrections(
  ctx: Ctx<Extract<Principal, { kind: 'staff' | 'party' }>>,
  caseId: string,
): Promise<CorrectionsView> {
  return transact(ctx, async (tx) => {
    const { duties, facts } = await authoriseCase(tx, ctx, 'read-agreement', caseId);
    const document = allowedActions(duties, facts).includes('read-record')
      ? {}
      : { kind: { notIn: [...recordKinds] } };
    const me = ctx.principal.kind === 'party' ? await partyOf(tx, ctx.principal) : null;
    const parties = await tx.party.findMany({ where: { caseId }, orderBy: { position: 'asc' } });
    const documents = await tx.document.findMany({
      where: { caseId, AND: [correctable, document] },
      orderBy: { createdAt: 'desc' },
    });
    const found = await tx.correction.findMany({
      where: { caseId, document },
      orderBy: { at: 'desc' },
      include: { document: true, proposedBy: true, words: true },
    });
    return {
      correctable: documents.map((d) => ({
        documentId: d.id,
        title: documentTitles[d.kind],
        at: d.createdAt.toISOString(),
      })),
      corrections: found.map((one) => ({
        id: one.id,
        title: documentTitles[one.document.kind],
        status: one.status,
        was: one.was,
        corrected: one.corrected,
        reason: one.reason,
        by: one.proposedBy.name,
        at: one.at.toISOString(),
        answers: parties.map((party) => ({
          partyId: party.id,
          name: party.name,
          agreed: one.words.find((word) => word.partyId === party.id)?.agreed ?? null,
          mine: party.id === me,
        })),
      })),
    };
  });
}
