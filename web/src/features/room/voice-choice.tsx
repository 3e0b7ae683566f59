import { api, call } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, ErrorNotice } from '../../ui/index.tsx';
import { useVerb } from '../case/use-verb.ts';
import type { Session } from './use-session.ts';

/** 原声 or 译音, while an interpreter is in the room; the interpreter is told to whom the voice goes. */
export function VoiceChoice({ session }: { session: Session }) {
  const t = useWords('session');
  const choose = useVerb((interpreter: boolean) =>
    call(api.sessions[':sessionId'].voice.$post({ param: { sessionId: session.id }, json: { interpreter } })),
  );
  const mine = session.seats.find((seat) => seat.mine);
  const interpreter = session.seats.find((seat) => seat.kind === 'INTERPRETER' && seat.admitted);
  if (!mine || !interpreter) return null;
  if (mine.kind === 'INTERPRETER') {
    const listeners = session.seats.filter((seat) => seat.hearsInterpreter && !seat.mine);
    const names = listeners.map((seat) => seat.label).join('、');
    return (
      <p className="notice" role="status">
        {names ? t('voice.heardBy', { names }) : t('voice.heardByNobody')}
      </p>
    );
  }
  return (
    <div className="notice row" data-voice={mine.hearsInterpreter ? 'interpreter' : 'original'}>
      <span className="grow">
        {t('voice.with', { name: interpreter.label, language: interpreter.language ?? '' })}
      </span>
      <Button aria-pressed={!mine.hearsInterpreter} onClick={() => choose.mutate(false)}>
        {t('voice.original')}
      </Button>
      <Button aria-pressed={mine.hearsInterpreter} onClick={() => choose.mutate(true)}>
        {t('voice.interpreter')}
      </Button>
      <ErrorNotice error={choose.error} />
    </div>
  );
}
