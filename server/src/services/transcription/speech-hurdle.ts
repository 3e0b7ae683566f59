import type { SpeechHurdle, TranscriptionState } from '../../contract/transcription.ts';
import { DomainError } from '../../domain/errors.ts';
import { recordingHurdle } from '../../domain/recording/may-record.ts';
import type { Session } from '../../generated/prisma/client.ts';
import { keptApart } from '../apart/second-room.ts';
import type { Deps, Tx } from '../context.ts';
import { recordingFacts } from '../recording/people-present.ts';
import { goingRecording } from '../recording/transition-recording.ts';

type Asked = Pick<Session, 'id' | 'caseId' | 'status'>;
export type Barred = { kind: SpeechHurdle; names: string[] };

/**
 * What keeps speech from being made into text now: the same as keeps a recording from starting (open, no private talk,
 * everybody present agreed to be recorded), and never while the sides are kept apart. Null when nothing does.
 */
export async function speechHurdle(tx: Tx, session: Asked): Promise<Barred | null> {
  const barred = (kind: SpeechHurdle, names: string[] = []) => ({ kind, names });
  if (session.status !== 'OPEN') return barred('NOT_OPEN');
  if (await keptApart(tx, session.caseId)) return barred('APART');
  // Whose yes the host entered for the recording that goes on has said yes to being recorded.
  const going = await goingRecording(tx, session.id);
  const hurdle = recordingHurdle(await recordingFacts(tx, session.id, (going?.confirmed ?? []) as string[]));
  return hurdle && barred(hurdle.kind, hurdle.kind === 'CONSENT' ? hurdle.names : []);
}

/** Throws what the hurdle means: SESSION_NOT_OPEN, KEPT_APART, CAUCUS_RUNNING, CONSENT_MISSING with the names. */
export async function requireSpeech(tx: Tx, session: Asked): Promise<void> {
  const barred = await speechHurdle(tx, session);
  if (!barred) return;
  switch (barred.kind) {
    case 'APART':
      throw new DomainError('KEPT_APART', {});
    case 'CAUCUS':
      throw new DomainError('CAUCUS_RUNNING');
    case 'CONSENT':
      throw new DomainError('CONSENT_MISSING', { name: barred.names.join('、'), item: 'RECORDING' });
    default:
      throw new DomainError('SESSION_NOT_OPEN', { status: session.status });
  }
}

/** Whether this session's speech is made into a draft now; null where no recogniser is configured. */
export async function transcriptionState(
  tx: Tx,
  deps: Deps,
  session: Asked,
): Promise<TranscriptionState | null> {
  if (!deps.transcription) return null;
  const over = session.status !== 'OPEN' && session.status !== 'PAUSED';
  if (over || !deps.transcription.drafts.of(session.id)?.on) return 'OFF';
  return (await speechHurdle(tx, session)) === null ? 'ON' : 'HELD';
}
