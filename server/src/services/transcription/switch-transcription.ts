import type { SpeechLanguage } from '../../contract/transcription.ts';
import { DomainError } from '../../domain/errors.ts';
import { nextRecordStatus } from '../../domain/record/lifecycle.ts';
import type { Ctx, TranscriptionTools } from '../context.ts';
import { asHost, type Staff } from '../session/as-host.ts';
import { requireSpeech } from './speech-hurdle.ts';

/** NOT_FOUND where no recogniser is configured: then nothing of all this is there. */
export function transcriptionTools({ deps }: Ctx): TranscriptionTools {
  if (!deps.transcription) throw new DomainError('NOT_FOUND', { reason: 'transcription' });
  return deps.transcription;
}

/**
 * Whoever writes the record has what is said made into draft lines from now on; everybody in the room sees it. Refusals
 * as in requireSpeech; ILLEGAL_TRANSITION once the record was read out.
 */
export async function startTranscribing(
  ctx: Staff,
  input: { sessionId: string; language: SpeechLanguage },
): Promise<void> {
  const { drafts } = transcriptionTools(ctx);
  await asHost(ctx, 'transcribe', input.sessionId, async (tx, { session }) => {
    const record = await tx.record.findFirst({ where: { sessionId: session.id, kind: 'TALKS' } });
    nextRecordStatus(record?.status ?? 'WRITING', 'write');
    await requireSpeech(tx, session);
    return { answer: undefined, data: { on: true, language: input.language } };
  });
  drafts.start(input.sessionId, input.language);
}

/** No further sound is taken. Lines that are there stay until they are used, thrown away, or the record is read out. */
export async function stopTranscribing(ctx: Staff, input: { sessionId: string }): Promise<void> {
  const { drafts } = transcriptionTools(ctx);
  await asHost(ctx, 'transcribe', input.sessionId, async () => ({
    answer: undefined,
    data: { on: false },
  }));
  drafts.stop(input.sessionId);
}
