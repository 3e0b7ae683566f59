import { createHash } from 'node:crypto';
import type { AttachmentKind } from '../../contract/enums.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Attachment } from '../../generated/prisma/client.ts';
import type { InspectedFile } from '../../ports/file-inspector.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase } from '../authorise.ts';
import type { Ctx, Principal, Tx } from '../context.ts';
import { storeFile } from '../storage/store-file.ts';
import { transact } from '../transact.ts';

type Person = Extract<Principal, { kind: 'staff' | 'party' }>;
export type Upload = {
  caseId: string;
  kind: AttachmentKind;
  name: string;
  bytes: Uint8Array;
  /** Staff only: whose paper it is. A party's own uploads are always its own. */
  partyId?: string;
  /** Staff only: the original was seen (已核对原件). */
  originalSeen?: boolean;
};

/**
 * Keeps one file of a case: inspected outside this process, stored with its SHA-256, shown only after both. The same
 * file sent again by the same person is the same attachment. FILE_TYPE_REFUSED, FILE_UNREADABLE, FILE_TOO_COMPLEX;
 * FORBIDDEN for parties who send what only staff may.
 */
export async function uploadAttachment(ctx: Ctx<Person>, upload: Upload): Promise<Attachment> {
  const { courtId } = ctx.principal;
  const owner = await transact(ctx, async (tx) => {
    await authoriseCase(tx, ctx, 'upload', upload.caseId);
    return ownerOf(tx, ctx, upload);
  });
  const file = await ctx.deps.files.inspect(upload.bytes);
  const sha256 = createHash('sha256').update(upload.bytes).digest('hex');
  const storageKey = await storeFile(ctx, 'attachment', upload.bytes);
  const derivativeKey = await storeFile(ctx, 'picture', file.picture);
  return transact(ctx, async (tx) => {
    const { duty } = await authoriseCase(tx, ctx, 'upload', upload.caseId);
    const same = { caseId: upload.caseId, kind: upload.kind, sha256, ...owner };
    const earlier = await tx.attachment.findFirst({ where: same });
    if (earlier) return earlier;
    const attachment = await tx.attachment.create({
      data: {
        courtId,
        ...same,
        name: nameFor(upload.name, file),
        mime: file.mime,
        size: upload.bytes.length,
        storageKey,
        derivativeKey,
        pages: file.pages,
        originalSeen: ctx.principal.kind === 'staff' && upload.originalSeen === true,
      },
    });
    await appendAudit(tx, ctx, {
      action: 'upload',
      subject: { type: 'attachment', id: attachment.id },
      caseId: upload.caseId,
      duty,
      data: { kind: upload.kind, mime: file.mime, size: upload.bytes.length, sha256 },
    });
    return attachment;
  });
}

async function ownerOf(tx: Tx, ctx: Ctx<Person>, { caseId, kind, partyId }: Upload) {
  if (ctx.principal.kind === 'party') {
    if (kind === 'PAPER_AGREEMENT' || partyId) throw new DomainError('FORBIDDEN', { reason: 'staff-only' });
    return { uploadedById: null, partyId: await partyOf(tx, ctx.principal) };
  }
  if (partyId && (await tx.party.count({ where: { id: partyId, caseId } })) !== 1)
    throw new DomainError('NOT_FOUND');
  return { uploadedById: ctx.principal.staffUserId, partyId: partyId ?? null };
}

/** The party for whom a party session acts: itself, or the one its agent represents. */
export async function partyOf(
  tx: Tx,
  principal: Extract<Principal, { kind: 'party' }>,
): Promise<string | null> {
  if (!principal.agentId) return principal.partyId;
  const agent = await tx.agent.findUniqueOrThrow({ where: { id: principal.agentId } });
  return agent.partyId;
}

/** The sender's name with the extension that the content has, so that a download opens as what it is. */
function nameFor(name: string, { extension }: InspectedFile): string {
  const plain = name
    .normalize('NFC')
    .replace(/^.*[/\\]/s, '')
    // Control characters, and marks that turn the reading direction round to hide an extension.
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .replace(/\.[^.]{0,10}$/, '')
    .trim();
  return `${[...plain].slice(0, 80).join('') || '文件'}.${extension}`;
}
