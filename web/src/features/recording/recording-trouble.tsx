import { useWords } from '../../i18n/index.ts';
import type { SessionOfPill } from './recording-pill.tsx';
import { useRecording } from './use-recording.ts';

/** What a host must hear at once: nothing is recorded though it should be, or why it stopped by itself. */
export function RecordingTrouble({ session }: { session: SessionOfPill }) {
  const t = useWords('recording');
  const state = useRecording(session.id).data;
  if (!state || session.status !== 'OPEN') return null;
  const host = session.can.includes('start-recording');
  const stopped = state.status === 'STOPPED';
  if (host && state.trouble)
    return (
      <p className="notice warn recording-trouble" role="alert">
        {t('trouble')}
      </p>
    );
  if (host && state.status === 'FAILED')
    return (
      <p className="notice warn recording-trouble" role="alert">
        {t('failed')}
      </p>
    );
  if (stopped && state.stopReason === 'CONSENT_WITHDRAWN')
    return (
      <p className="notice recording-trouble" role="status">
        {t('stoppedWithdrawn')}
      </p>
    );
  if (stopped && state.stopReason === 'ARRIVAL')
    return (
      <p className="notice recording-trouble" role="status">
        {t('stoppedArrival')}
      </p>
    );
  return null;
}
