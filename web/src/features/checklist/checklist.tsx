import { useState } from 'react';
import { api, call } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, Choice, Dialog, ErrorNotice, TextField, Waiting } from '../../ui/index.tsx';
import { useCase } from '../case/index.ts';
import { useVerb } from '../case/use-verb.ts';
import { type Session, useSession } from '../room/use-session.ts';
import { SeatsPanel } from '../seats/index.ts';
import { Attestations, CheckIdentity } from './identities.tsx';

const languages = ['普通话', '宁波话', '其他方言'];

/** What must be done by name before it begins; the one button names the next thing. */
export function Checklist({ sessionId }: { sessionId: string }) {
  const t = useWords('session');
  const c = useWords('common');
  const query = useSession(sessionId);
  if (query.error) return <ErrorNotice error={query.error} />;
  if (!query.data) return <Waiting>{c('loading')}</Waiting>;
  const session = query.data;
  return (
    <div className="col">
      <h2>{t('checklist')}</h2>
      <p className="muted small">{t('checklistHint')}</p>
      <div>
        {session.checklist.map((item) => (
          <div className="check" key={`${item.kind}${item.attendeeId ?? item.partyId ?? item.name ?? ''}`}>
            <span className={item.done ? 'box y' : 'box'} aria-hidden="true">
              {item.done ? '✓' : ''}
            </span>
            <div className="grow">
              {item.name && <strong>{item.name} </strong>}
              {t(`status:check.${item.kind}`)}{' '}
              <span className="visually-hidden">{t(item.done ? 'doneWord' : 'openWord')}</span>
              {item.detail && <div className="muted small">{item.detail}</div>}
              <div className="muted small">{item.basis}</div>
            </div>
          </div>
        ))}
      </div>
      <SeatsPanel session={session} />
      <Next session={session} />
    </div>
  );
}

/** The next open thing as one large button. */
function Next({ session }: { session: Session }) {
  const t = useWords('session');
  const c = useWords('common');
  const theCase = useCase(session.caseId);
  const param = { sessionId: session.id };
  const start = useVerb(() => call(api.sessions[':sessionId']['start-checking'].$post({ param })));
  const open = useVerb(() => call(api.sessions[':sessionId'].open.$post({ param })));
  const [reading, read] = useState<'FALSE_MEDIATION_WARNING' | 'RIGHTS_NOTICE' | null>(null);
  const can = (action: Session['can'][number]) => session.can.includes(action);
  const next = session.checklist.find((item) => !item.done);
  if (session.status === 'SCHEDULED') {
    return can('start-checking') ? (
      <>
        <ErrorNotice error={start.error} />
        <Button look="primary" big wide busy={start.isPending && c('sending')} onClick={() => start.mutate()}>
          {t('startChecking')}
        </Button>
      </>
    ) : (
      <p className="muted">{t('hostStarts')}</p>
    );
  }
  const attestations = theCase.data ? <Attestations theCase={theCase.data} /> : null;
  if (session.status !== 'CHECKING') return attestations;
  return (
    <div className="col">
      <ErrorNotice error={open.error} />
      {attestations}
      {next?.kind === 'IDENTITY' && theCase.data && (
        <CheckIdentity
          session={session}
          theCase={theCase.data}
          line={next}
          key={next.attendeeId ?? next.partyId}
        />
      )}
      {(next?.kind === 'FALSE_MEDIATION_WARNING' || next?.kind === 'RIGHTS_NOTICE') &&
        can('complete-check') && (
          <Button
            look="primary"
            big
            wide
            onClick={() => read(next.kind as 'FALSE_MEDIATION_WARNING' | 'RIGHTS_NOTICE')}
          >
            {t(`do.${next.kind}`)}
          </Button>
        )}
      {!next && can('open-session') && (
        <Button look="primary" big wide busy={open.isPending && c('sending')} onClick={() => open.mutate()}>
          {t('open')}
        </Button>
      )}
      {reading && <ReadOut session={session} kind={reading} onClose={() => read(null)} />}
    </div>
  );
}

function ReadOut({
  session,
  kind,
  onClose,
}: {
  session: Session;
  kind: 'FALSE_MEDIATION_WARNING' | 'RIGHTS_NOTICE';
  onClose: () => void;
}) {
  const t = useWords('session');
  const people = session.seats.flatMap((s) => s.attendees).filter((a) => a.duty !== 'PARTY');
  const [language, setLanguage] = useState(languages[0] ?? '');
  const [reader, setReader] = useState(people[0]?.name ?? '');
  const done = useVerb(
    () =>
      call(
        api.sessions[':sessionId'].checks.$post({
          param: { sessionId: session.id },
          json: { kind, language, reader },
        }),
      ),
    onClose,
  );
  return (
    <Dialog title={t(`do.${kind}`)} onClose={onClose}>
      <p className="agreement-text">{t(`text.${kind}`)}</p>
      <div className="row">
        {languages.map((one) => (
          <Choice
            key={one}
            type="radio"
            name="language"
            checked={language === one}
            onChange={() => setLanguage(one)}
          >
            {one}
          </Choice>
        ))}
      </div>
      <TextField label={t('reader')} value={reader} onChange={setReader} />
      <ErrorNotice error={done.error} />
      <Button look="primary" big disabled={!reader.trim()} onClick={() => done.mutate()}>
        {t('readDone')}
      </Button>
    </Dialog>
  );
}
