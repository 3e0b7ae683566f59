import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { api, call } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, Card, Dialog, ErrorNotice, TextField } from '../../ui/index.tsx';

/** Calls ringing at the judge, longest waiting first: two taps to being seen. */
export function CallQueue() {
  const t = useWords('home');
  const c = useWords('common');
  const [, go] = useLocation();
  const queries = useQueryClient();
  const calls = useQuery({ queryKey: ['calls'], queryFn: () => call(api['judge-calls'].$get()) });
  const waiting = calls.data?.length ?? 0;
  useEffect(() => {
    if (waiting > 0) document.title = `(${waiting}) ${t('ringing')}`;
  }, [waiting, t]);
  const take = useMutation({
    mutationFn: (callId: string) => call(api['judge-calls'][':callId'].take.$post({ param: { callId } })),
    onSuccess: async ({ sessionId }) => {
      await queries.invalidateQueries();
      if (sessionId) go(`/sessions/${sessionId}`);
    },
  });
  if (waiting === 0) return null;
  return (
    <>
      <h1>{t('calls', { count: waiting })}</h1>
      <ErrorNotice error={take.error} />
      {calls.data?.map((one) => (
        <Card key={one.id} className="session-card next">
          <Since at={one.since} />
          <div>
            <p className="muted">
              {one.stationName} · {one.callerName}
            </p>
            <h2>“{one.question}”</h2>
            <p className="muted">{one.caseTitle}</p>
          </div>
          <Button
            look="primary"
            big
            busy={take.isPending && c('sending')}
            onClick={() => take.mutate(one.id)}
          >
            {t('join')}
          </Button>
        </Card>
      ))}
    </>
  );
}

function Since({ at }: { at: string }) {
  const [now, set] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => set(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.floor((now - Date.parse(at)) / 1000));
  return (
    <div className="time">
      {Math.floor(seconds / 60)}:{String(seconds % 60).padStart(2, '0')}
    </div>
  );
}

/** 连线法官 from the room: one line of question. */
export function CallJudgeButton({ sessionId }: { sessionId: string }) {
  const t = useWords('home');
  const c = useWords('common');
  const [asking, ask] = useState(false);
  const [question, setQuestion] = useState('');
  const ring = useMutation({
    mutationFn: () =>
      call(api.sessions[':sessionId']['judge-call'].$post({ param: { sessionId }, json: { question } })),
    onSuccess: () => ask(false),
  });
  return (
    <>
      <Button onClick={() => ask(true)}>{ring.isSuccess ? t('callRinging') : t('callJudge')}</Button>
      {asking && (
        <Dialog title={t('callJudge')} onClose={() => ask(false)}>
          <TextField label={t('question')} value={question} onChange={setQuestion} maxLength={120} />
          <ErrorNotice error={ring.error} />
          <Button
            look="primary"
            big
            disabled={question.trim() === ''}
            busy={ring.isPending && c('sending')}
            onClick={() => ring.mutate()}
          >
            {t('callJudge')}
          </Button>
        </Dialog>
      )}
    </>
  );
}
