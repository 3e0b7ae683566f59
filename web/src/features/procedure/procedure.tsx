import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, call } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, Card, Choice, Dialog, ErrorNotice, SelectField, Tag, TextField } from '../../ui/index.tsx';
import type { useCase } from '../case/queries.ts';
import { useVerb } from '../case/use-verb.ts';

export type CaseOfPage = NonNullable<ReturnType<typeof useCase>['data']>;
type Act = 'suspend' | 'resume' | 'transfer' | 'change' | 'extend' | 'observer' | null;

const talking = ['SCREENED', 'CONSENT', 'ASSIGNED', 'ACCEPTED', 'MEDIATING', 'AGREED'];
const transferable = ['SUSPENDED', 'NO_AGREEMENT', 'REFUSED', 'UNREACHABLE', 'RETURNED', 'LEAD', 'BREACHED'];

/** What may happen to the procedure itself, each with its reason: one card on the case page. */
export function Procedure({ theCase }: { theCase: CaseOfPage }) {
  const t = useWords('procedure');
  const [act, open] = useState<Act>(null);
  const can = (action: CaseOfPage['can'][number]) => theCase.can.includes(action);
  const close = () => open(null);
  const goes = talking.includes(theCase.status);
  const suspended = theCase.status === 'SUSPENDED';
  const archived = theCase.status === 'ARCHIVED';
  const param = { caseId: theCase.id };
  const path = api.cases[':caseId'];
  const reasonable = theCase.status === 'ACCEPTED' || theCase.status === 'MEDIATING';
  const buttons: [Act, boolean][] = [
    ['extend', can('ask-procedure') && goes],
    ['change', can('change-mediator') && reasonable],
    ['observer', can('invite-observer') && goes],
    ['suspend', can('suspend') && !suspended && !archived],
    ['resume', can('resume-case') && suspended],
    ['transfer', can('transfer') && transferable.includes(theCase.status)],
  ];
  const shown = buttons.filter(([, may]) => may);
  if (shown.length === 0 && theCase.asked.length === 0 && theCase.observers.length === 0) return null;
  return (
    <Card className="col">
      <h2>{t('title')}</h2>
      {theCase.asked.map((asked) => (
        <p key={`${asked.kind}${asked.partyId}`} className="notice">
          <strong>{t(`asks.${asked.kind}`, { name: asked.name })}</strong> {asked.reason}
        </p>
      ))}
      {theCase.observers.map((observer) => (
        <Observer key={observer.staffUserId} theCase={theCase} observer={observer} />
      ))}
      <div className="row">
        {shown.map(([key]) => (
          <Button key={key} look={key === 'suspend' ? 'ghost' : 'plain'} onClick={() => open(key)}>
            {t(`act.${key}`)}
          </Button>
        ))}
      </div>
      {act === 'suspend' && (
        <Reasoned act="suspend" onClose={close} run={(json) => call(path.suspend.$post({ param, json }))} />
      )}
      {act === 'resume' && (
        <Reasoned act="resume" onClose={close} run={(json) => call(path.resume.$post({ param, json }))} />
      )}
      {act === 'transfer' && (
        <Reasoned act="transfer" onClose={close} run={(json) => call(path.transfer.$post({ param, json }))} />
      )}
      {act === 'change' && (
        <Reasoned
          act="change"
          onClose={close}
          run={(json) => call(path.mediator.change.$post({ param, json }))}
        />
      )}
      {act === 'extend' && <Ask theCase={theCase} onClose={close} />}
      {act === 'observer' && <Invite theCase={theCase} onClose={close} />}
    </Card>
  );
}

/** One act with its reason and what it brings about. */
function Reasoned({
  act,
  run,
  onClose,
}: {
  act: 'suspend' | 'resume' | 'transfer' | 'change';
  run: (json: { reason: string }) => Promise<unknown>;
  onClose: () => void;
}) {
  const t = useWords('procedure');
  const c = useWords('common');
  const [reason, setReason] = useState('');
  const verb = useVerb(() => run({ reason: reason.trim() }), onClose);
  return (
    <Dialog title={t(`act.${act}`)} onClose={onClose}>
      <p className={act === 'suspend' ? 'notice warn' : ''}>{t(`hint.${act}`)}</p>
      <TextField label={t('reason')} value={reason} onChange={setReason} rows={3} maxLength={500} />
      <ErrorNotice error={verb.error} />
      <Button
        look={act === 'suspend' ? 'seal' : 'primary'}
        big
        disabled={!reason.trim()}
        busy={verb.isPending && c('sending')}
        onClick={() => verb.mutate()}
      >
        {t(`act.${act}`)}
      </Button>
    </Dialog>
  );
}

/** What a party at the station (or by telephone) asks, recorded for it by name. */
function Ask({ theCase, onClose }: { theCase: CaseOfPage; onClose: () => void }) {
  const t = useWords('procedure');
  const c = useWords('common');
  const [partyId, choose] = useState('');
  const [kind, setKind] = useState<'EXTENSION' | 'CHANGE_MEDIATOR'>('EXTENSION');
  const [reason, setReason] = useState('');
  const ask = useVerb(
    () =>
      call(
        api.cases[':caseId'].requests.$post({
          param: { caseId: theCase.id },
          json: { kind, partyId, reason: reason.trim() },
        }),
      ),
    onClose,
  );
  return (
    <Dialog title={t('act.extend')} onClose={onClose}>
      <SelectField
        label={t('what')}
        value={kind}
        onChange={(value) => setKind(value as typeof kind)}
        options={(['EXTENSION', 'CHANGE_MEDIATOR'] as const).map((value) => ({
          value,
          label: t(`kind.${value}`),
        }))}
      />
      <p>{t(`hint.${kind}`)}</p>
      {theCase.parties.map((party) => (
        <Choice
          key={party.id}
          type="radio"
          name="asking"
          checked={partyId === party.id}
          onChange={() => choose(party.id)}
        >
          {party.name}
        </Choice>
      ))}
      <TextField label={t('reason')} value={reason} onChange={setReason} rows={2} maxLength={500} />
      <ErrorNotice error={ask.error} />
      <Button
        look="primary"
        big
        disabled={!partyId || !reason.trim()}
        busy={ask.isPending && c('sending')}
        onClick={() => ask.mutate()}
      >
        {t('record')}
      </Button>
    </Dialog>
  );
}

const parts = ['GUEST', 'INTERPRETER', 'OBSERVER', 'LIAISON'] as const;
type As = (typeof parts)[number];

function Invite({ theCase, onClose }: { theCase: CaseOfPage; onClose: () => void }) {
  const t = useWords('procedure');
  const [chosen, choose] = useState('');
  const [as, setAs] = useState<As>('GUEST');
  const [language, setLanguage] = useState('');
  const people = useQuery({
    queryKey: ['invitable', theCase.id],
    queryFn: () => call(api.cases[':caseId'].observers.$get({ param: { caseId: theCase.id } })),
  });
  const person = people.data?.find((p) => p.id === chosen);
  const invite = useVerb(
    () =>
      call(
        api.cases[':caseId'].observers.$post({
          param: { caseId: theCase.id },
          json: {
            staffUserId: chosen,
            ...(as === 'LIAISON' ? { duty: 'POLICE_LIAISON' as const } : { duty: 'INVITED' as const, as }),
            ...(as === 'INTERPRETER' ? { language: language.trim() } : {}),
          },
        }),
      ),
    onClose,
  );
  return (
    <Dialog title={t('act.observer')} onClose={onClose}>
      <p>{t('hint.observer')}</p>
      <SelectField
        label={t('who')}
        value={chosen}
        onChange={choose}
        options={[
          { value: '', label: t('choose') },
          ...(people.data ?? []).map((p) => ({ value: p.id, label: p.name })),
        ]}
      />
      <fieldset className="plain col">
        <legend>{t('asWhat')}</legend>
        {parts
          .filter((part) => part !== 'LIAISON' || person?.liaison)
          .map((part) => (
            <Choice key={part} type="radio" name="as" checked={as === part} onChange={() => setAs(part)}>
              {t(`as.${part}`)} <span className="muted small">{t(`asHint.${part}`)}</span>
            </Choice>
          ))}
      </fieldset>
      {as === 'INTERPRETER' && (
        <TextField label={t('language')} value={language} onChange={setLanguage} maxLength={30} />
      )}
      <ErrorNotice error={people.error ?? invite.error} />
      <Button
        look="primary"
        big
        disabled={
          !chosen || (as === 'INTERPRETER' && !language.trim()) || (as === 'LIAISON' && !person?.liaison)
        }
        onClick={() => invite.mutate()}
      >
        {t('act.observer')}
      </Button>
    </Dialog>
  );
}

/** An invited person, and each side's own yes; nothing opens before all of them. */
function Observer({ theCase, observer }: { theCase: CaseOfPage; observer: CaseOfPage['observers'][number] }) {
  const t = useWords('procedure');
  const answer = useVerb(({ partyId, agreed }: { partyId: string; agreed: boolean }) =>
    call(
      api.cases[':caseId'].parties[':partyId'].observers[':staffUserId'].$post({
        param: { caseId: theCase.id, partyId, staffUserId: observer.staffUserId },
        json: { agreed },
      }),
    ),
  );
  return (
    <section className="card col" aria-label={observer.name}>
      <div className="row">
        <strong className="grow">
          {observer.name}{' '}
          <span className="muted">
            {t(`as.${observer.as ?? 'LIAISON'}`)} {observer.language}
          </span>
        </strong>
        <Tag kind={observer.admissible ? 'ok' : 'warn'}>
          {t(observer.admissible ? 'allAgreed' : 'notAllAgreed')}
        </Tag>
      </div>
      {theCase.can.includes('record-consent') &&
        theCase.parties.map((party) => {
          const agreed = observer.agreed.includes(party.id);
          return (
            <Choice
              key={party.id}
              type="checkbox"
              checked={agreed}
              onChange={() => answer.mutate({ partyId: party.id, agreed: !agreed })}
            >
              {t('partyAgrees', { name: party.name })}
            </Choice>
          );
        })}
      <ErrorNotice error={answer.error} />
    </section>
  );
}
