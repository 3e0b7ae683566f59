import { DomainError } from '../../domain/errors.ts';
import { allowedActions } from '../../domain/permissions.ts';
import type { Attachment } from '../../generated/prisma/client.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase } from '../authorise.ts';
import type { Ctx, Principal, Tx } from '../context.ts';
import { transact } from '../transact.ts';
import { partyOf } from './upload-attachment.ts';

type Person = Extract<Principal, { kind: 'staff' | 'party' }>;
type Address = { caseId: string; attachmentId: string };

/** The original bytes for a download; every download leaves an audit row. NOT_FOUND for what is not the reader's. */
export async function downloadAttachment(
  ctx: Ctx<Person>,
  at: Address,
): Promise<{ bytes: Uint8Array; name: string; mime: string }> {
  const { storageKey, name, mime } = await findReadable(ctx, at, true);
  return { bytes: await ctx.deps.storage.get(storageKey), name, mime };
}

/** The picture for looking at: WebP without metadata; of a PDF its first page. */
export async function readAttachmentPicture(ctx: Ctx<Person>, at: Address): Promise<Uint8Array> {
  const { derivativeKey } = await findReadable(ctx, at, false);
  if (!derivativeKey) throw new DomainError('NOT_FOUND');
  return ctx.deps.storage.get(derivativeKey);
}

function findReadable(ctx: Ctx<Person>, at: Address, original: boolean): Promise<Attachment> {
  return transact(ctx, async (tx) => {
    const { duty, duties, facts } = await authoriseCase(tx, ctx, 'read', at.caseId);
    const found = await tx.attachment.findFirst({ where: { id: at.attachmentId, caseId: at.caseId } });
    if (!found) throw new DomainError('NOT_FOUND');
    if (ctx.principal.kind === 'party' && !(await isForParty(tx, ctx.principal, found)))
      throw new DomainError('NOT_FOUND');
    // Invited people take part and take nothing away.
    if (original && duty === 'INVITED') throw new DomainError('FORBIDDEN', { reason: 'invited' });
    // A photographed identity card shows the full number: for those who check identities or may read the number.
    const can = allowedActions(duties, facts);
    const identity = found.kind === 'IDENTITY';
    if (
      identity &&
      ctx.principal.kind === 'staff' &&
      !can.some((a) => a === 'verify-identity' || a === 'attest-identity' || a === 'read-full-id-number')
    )
      throw new DomainError('FORBIDDEN', { reason: 'identity' });
    if (original || identity) {
      await appendAudit(tx, ctx, {
        action: 'read',
        subject: { type: 'attachment', id: found.id },
        caseId: at.caseId,
        duty,
        data: { kind: found.kind, sha256: found.sha256, original },
      });
    }
    return found;
  });
}

/** Parties see the evidence of the case, photographs of payments before everybody's eyes, what they gave themselves, and the paper agreement once it is in effect. */
async function isForParty(
  tx: Tx,
  principal: Extract<Principal, { kind: 'party' }>,
  { id, caseId, kind, partyId, uploadedById }: Attachment,
): Promise<boolean> {
  if (kind === 'EVIDENCE' || kind === 'RECEIPT') return true;
  if (kind === 'PAPER_AGREEMENT') {
    const inEffect = await tx.paperSigning.findFirst({
      where: { version: { agreement: { caseId, status: 'EFFECTIVE' } }, checkedAt2: { not: null } },
    });
    return ((inEffect?.scans ?? []) as { id: string }[]).some((scan) => scan.id === id);
  }
  return uploadedById === null && partyId !== null && partyId === (await partyOf(tx, principal));
}
