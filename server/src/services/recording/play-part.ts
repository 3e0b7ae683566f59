import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase } from '../authorise.ts';
import type { Ctx, Tx } from '../context.ts';
import { transact } from '../transact.ts';
import { openRange } from './blocks.ts';
import { recordingKey } from './recording-key.ts';

export type PartFile = {
  size: number;
  mime: string;
  name: string;
  /** Bytes `start`…`end` (exclusive), decrypted block by block. */
  read(start: number, end: number): Promise<Uint8Array>;
};

/** A player asks range by range: so long they are one playing of a part, wherever it began. */
const ONE_PLAYING_MS = 600_000;

/**
 * One part for playing or downloading. Each download is written into the audit log, and each playing by its first range,
 * whatever range that is. NOT_FOUND while it is not closed, or once it was deleted.
 */
export async function openPart(
  ctx: Ctx,
  input: { caseId: string; recordingId: string; number: number; download: boolean },
): Promise<PartFile> {
  const action = input.download ? 'download-recording' : 'play-recording';
  const { part, key, caseNumber } = await transact(ctx, async (tx) => {
    const { duty, case: theCase } = await authoriseCase(tx, ctx, action, input.caseId);
    const found = await tx.recordingPart.findFirst({
      where: {
        number: input.number,
        recordingId: input.recordingId,
        recording: { deletedAt: null, session: { caseId: input.caseId } },
      },
      include: { recording: true },
    });
    if (!found?.storageKey || found.size === null) throw new DomainError('NOT_FOUND');
    const opened = recordingKey(ctx.deps, found.recording);
    if (input.download || !(await isPlaying(tx, ctx, input)))
      await appendAudit(tx, ctx, {
        action,
        subject: { type: 'recording', id: input.recordingId },
        caseId: input.caseId,
        duty,
        data: { part: input.number, sha256: found.sha256 },
      });
    return { part: found, key: opened, caseNumber: theCase.number ?? '' };
  });
  const storageKey = part.storageKey ?? '';
  const size = part.size ?? 0;
  const mime = part.mime ?? 'video/webm';
  const file = {
    size,
    read: (start: number, length: number) => ctx.deps.storage.getRange(storageKey, start, length),
  };
  return {
    size,
    mime,
    name: `录音录像${caseNumber}第${input.number}段.${mime.endsWith('mp4') ? 'mp4' : 'webm'}`,
    read: (start, end) => openRange(key, file, start, end),
  };
}

/** Whether this person's playing of the part stands in the audit log already. */
async function isPlaying(
  tx: Tx,
  { principal }: Ctx,
  input: { caseId: string; recordingId: string; number: number },
): Promise<boolean> {
  if (principal.kind !== 'staff') return false;
  const written = await tx.auditEvent.count({
    where: {
      caseId: input.caseId,
      action: 'play-recording',
      actorId: principal.staffUserId,
      subjectId: input.recordingId,
      data: { path: ['part'], equals: input.number },
      at: { gt: new Date(Date.now() - ONE_PLAYING_MS) },
    },
  });
  return written > 0;
}
