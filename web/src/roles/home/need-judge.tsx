import { CallJudge } from '../../features/judge-call/index.ts';
import { useSession } from '../../features/room/use-session.ts';
import { useWords } from '../../i18n/index.ts';
import { Card } from '../../ui/index.tsx';

/** 连线法官, large, while a session runs at this station. */
export function NeedJudge({ sessionId, title }: { sessionId: string; title: string }) {
  const t = useWords('home');
  const { data: session } = useSession(sessionId);
  if (!session?.can.includes('call-judge')) return null;
  return (
    <Card className="call col">
      <h2>{t('needJudge')}</h2>
      <p className="muted">{t('needJudgeFor', { title })}</p>
      <CallJudge sessionId={sessionId} ringing={session.judgeCall} />
    </Card>
  );
}
