import type { z } from 'zod';
import type { DraftLinesView } from '../../contract/transcription.ts';
import { DomainError } from '../../domain/errors.ts';
import { authoriseSession } from '../authorise.ts';
import type { Staff } from '../session/as-host.ts';
import { transact } from '../transact.ts';
import { speechHurdle, transcriptionState } from './speech-hurdle.ts';
import { transcriptionTools } from './switch-transcription.ts';

/** Draft lines and what keeps new ones from coming: for those who write the record, nobody else. */
export async function readDrafts(
  ctx: Staff,
  input: { sessionId: string },
): Promise<z.infer<typeof DraftLinesView>> {
  const { drafts } = transcriptionTools(ctx);
  return transact(ctx, async (tx) => {
    const { session } = await authoriseSession(tx, ctx, 'transcribe', input.sessionId);
    const barred = await speechHurdle(tx, session);
    const state = (await transcriptionState(tx, ctx.deps, session)) ?? 'OFF';
    drafts.read(session.id, ctx.principal.staffUserId);
    const heard = drafts.of(session.id);
    return {
      state,
      hurdle: barred?.kind ?? null,
      missing: barred?.names ?? [],
      trouble: heard?.trouble ?? false,
      language: heard?.language ?? 'zh-CN',
      lines: (heard?.lines ?? []).map((line) => ({ ...line, at: line.at.toISOString() })),
    };
  });
}

/** Throws one line away; nothing of it is kept. */
export async function dropDraft(ctx: Staff, input: { sessionId: string; draftId: string }): Promise<void> {
  const { drafts } = transcriptionTools(ctx);
  await transact(ctx, (tx) => authoriseSession(tx, ctx, 'transcribe', input.sessionId));
  if (drafts.drop(input.sessionId, [input.draftId]) === 0) throw new DomainError('NOT_FOUND');
}
