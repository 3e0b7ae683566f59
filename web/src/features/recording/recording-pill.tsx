import { useState } from 'react';
import { useWords } from '../../i18n/index.ts';
import { Button, Tag } from '../../ui/index.tsx';
import { OwnAnswer } from './own-answer.tsx';
import { StartRecording } from './start-recording.tsx';
import { StopRecording } from './stop-recording.tsx';
import { type RecordingState, useRecording } from './use-recording.ts';
import './recording.css';

export type SessionOfPill = { id: string; caseId: string; status: string; can: string[] };

/** Always in sight, for everybody: whether it is recorded now. The host starts and stops it here. */
export function RecordingPill({ session }: { session: SessionOfPill }) {
  const t = useWords('recording');
  const state = useRecording(session.id).data;
  const [asking, ask] = useState<'start' | 'stop' | 'mine' | null>(null);
  const going = isGoing(state);
  const host = session.can.includes('start-recording');
  const close = () => ask(null);
  return (
    <span className="row recording-pill" data-recording={state?.status ?? 'NONE'} role="status">
      {going && state ? (
        <Tag kind={state.status === 'RUNNING' && !state.held ? 'info' : 'warn'}>
          <strong>{t(wordOf(state))}</strong>
        </Tag>
      ) : (
        <span className="muted small">{t('off')}</span>
      )}
      {host && session.status === 'OPEN' && !going && (
        <Button onClick={() => ask('start')}>{t('startButton')}</Button>
      )}
      {host && going && <Button onClick={() => ask('stop')}>{t('stopButton')}</Button>}
      {state?.mine?.agreed && going && <Button onClick={() => ask('mine')}>{t('withdraw')}</Button>}
      {asking === 'start' && state && <StartRecording sessionId={session.id} state={state} onClose={close} />}
      {asking === 'stop' && <StopRecording sessionId={session.id} onClose={close} />}
      {asking === 'mine' && state?.mine && (
        <OwnAnswer caseId={session.caseId} partyId={state.mine.partyId} onClose={close} />
      )}
    </span>
  );
}

export const isGoing = (state: RecordingState | undefined): boolean =>
  ['STARTING', 'RUNNING', 'INTERRUPTED'].includes(state?.status ?? '');

function wordOf(state: RecordingState): string {
  if (state.status === 'INTERRUPTED' || (state.status === 'STARTING' && (state.part ?? 0) > 1))
    return 'again';
  if (state.status === 'STARTING') return 'starting';
  return state.held ? 'held' : 'on';
}
