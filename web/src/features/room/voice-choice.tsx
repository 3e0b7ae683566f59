import { api, call } from '../../api/client.ts';
import { listMark, useWords } from '../../i18n/index.ts';
import { Button, ErrorNotice } from '../../ui/index.tsx';
import { useVerb } from '../case/use-verb.ts';
import type { RoomState } from './use-room.ts';
import type { Session } from './use-session.ts';

/** 原声 or 译音, while an interpreter is in the room; the interpreter is told to whom the voice goes. */
export function VoiceChoice({ session, room }: { session: Session; room: RoomState }) {
  const t = useWords('session');
  const choose = useVerb((interpreter: boolean) =>
    call(api.sessions[':sessionId'].voice.$post({ param: { sessionId: session.id }, json: { interpreter } })),
  );
  const mine = session.seats.find((seat) => seat.mine);
  const interpreter = session.seats.find((seat) => seat.kind === 'INTERPRETER' && seat.admitted);
  // Seen in this very room: while the sides are kept apart the interpreter may be in the other one.
  const here = room.seats.some((seat) => seat.identity === interpreter?.identity);
  if (!mine || !interpreter || !here) return null;
  if (mine.kind === 'INTERPRETER') {
    const listeners = session.seats.filter((seat) => seat.hearsInterpreter && !seat.mine);
    const names = listeners.map((seat) => seat.label).join(listMark());
    return (
      <p className="notice caucus-banner" role="status">
        {names ? t('voice.heardBy', { names }) : t('voice.heardByNobody')}
      </p>
    );
  }
  return (
    <div className="notice row caucus-banner" data-voice={mine.hearsInterpreter ? 'interpreter' : 'original'}>
      <span className="grow">
        {t('voice.with', { name: interpreter.label, language: interpreter.language ?? '' })}
      </span>
      <span className="row">
        {([false, true] as const).map((on) => (
          <Button
            key={String(on)}
            look={mine.hearsInterpreter === on ? 'primary' : 'plain'}
            aria-pressed={mine.hearsInterpreter === on}
            onClick={() => choose.mutate(on)}
          >
            {t(on ? 'voice.interpreter' : 'voice.original')}
          </Button>
        ))}
      </span>
      <ErrorNotice error={choose.error} />
    </div>
  );
}
