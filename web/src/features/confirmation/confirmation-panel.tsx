import { useState } from 'react';
import { api, call } from '../../api/client.ts';
import { colon, formatDay, formatMoment, useLanguage, useWords } from '../../i18n/index.ts';
import { Button, Card, Dialog, ErrorNotice, Tag, TextField } from '../../ui/index.tsx';
import { useCase } from '../case/index.ts';
import { useVerb } from '../case/use-verb.ts';
import { HandOverButton } from '../hand-over/index.ts';
import { Inquiry } from './inquiry.tsx';
import { type Confirmation, useConfirmation } from './use-confirmation.ts';

/** Staff and the confirming judge: who answered what, who signed, docketing and ruling. */
export function ConfirmationPanel({ caseId }: { caseId: string }) {
  const t = useWords('confirmation');
  const language = useLanguage();
  const query = useConfirmation(caseId);
  const theCase = useCase(caseId);
  if (query.error || !query.data || !theCase.data) return null;
  const state = query.data;
  const { confirmation } = state;
  const can = (action: (typeof theCase.data.can)[number]) => theCase.data.can.includes(action);
  const stop = state.stops[0];
  const living = confirmation && confirmation.decidedAt === null;
  return (
    <Card className="col" label={t('title')}>
      <h2>{t('title')}</h2>
      {confirmation ? (
        <Tag kind={confirmation.status === 'CONFIRMED' ? 'ok' : living ? 'info' : 'warn'}>
          {t(`status:confirmation.${confirmation.status}`)}
        </Tag>
      ) : (
        <p className="muted">{t('until', { day: state.dueOn ? formatDay(state.dueOn, language) : '' })}</p>
      )}
      {stop && <p className="notice warn">{t('stop', { words: stop.words, basis: stop.basis })}</p>}
      {confirmation?.number && <p>{t('number', { number: confirmation.number })}</p>}
      {confirmation?.dueOn && living && (
        <p>{t('decideBy', { day: formatDay(confirmation.dueOn, language) })}</p>
      )}
      {confirmation?.decidedAt && (
        <p>
          {formatMoment(confirmation.decidedAt, language)} {confirmation.judge} {confirmation.reason}
        </p>
      )}
      {confirmation?.nextWay && <p className="notice">{t(`way.${confirmation.nextWay}`)}</p>}
      {!stop && <People caseId={caseId} state={state} handOver={can('hand-over-screen')} />}
      {can('read-application') && confirmation && confirmation.status !== 'SIGNING' && (
        <a
          className="btn"
          href={`/api/cases/${caseId}/confirmation/application.pdf`}
          target="_blank"
          rel="noreferrer"
        >
          {t('see')}
        </a>
      )}
      {confirmation?.ruling && (
        <a
          className="btn"
          href={`/api/cases/${caseId}/confirmation/ruling.pdf`}
          target="_blank"
          rel="noreferrer"
        >
          {t('seeRuling')}
        </a>
      )}
      {living && <Inquiry caseId={caseId} state={state} may={can('plan-inquiry')} />}
      {can('rule-confirmation') && living && <Ruling caseId={caseId} confirmation={confirmation} />}
    </Card>
  );
}

/** Each party: its answer while it is asked, its signature while people sign; at the station it is called by name. */
function People({ caseId, state, handOver }: { caseId: string; state: Confirmation; handOver: boolean }) {
  const t = useWords('confirmation');
  const { confirmation } = state;
  const over = confirmation !== null && confirmation.status !== 'SIGNING';
  return (
    <ul>
      {state.answers.map((a) => {
        const signer = confirmation?.signers.find((s) => s.partyId === a.partyId);
        const waits = confirmation === null ? a.choice !== 'YES' : !over && !signer?.signedAt;
        return (
          <li key={a.partyId} className="row">
            <span className="grow">
              {a.name}
              {colon()}
              {signer?.signedAt ? t('signed') : a.choice ? t(`choice.${a.choice}`) : t('choice.none')}
            </span>
            {handOver && waits && (
              <HandOverButton
                caseId={caseId}
                partyId={a.partyId}
                {...(signer?.agentId ? { agentId: signer.agentId } : {})}
                purpose="SIGN"
              />
            )}
          </li>
        );
      })}
    </ul>
  );
}

type Living = NonNullable<Confirmation['confirmation']>;

function Ruling({ caseId, confirmation }: { caseId: string; confirmation: Living }) {
  const { status, inquiry } = confirmation;
  const asking = inquiry !== null && inquiry.status !== 'ENDED';
  const t = useWords('confirmation');
  const c = useWords('common');
  const [number, setNumber] = useState('');
  const [reason, setReason] = useState('');
  const [rejecting, reject] = useState(false);
  const param = { caseId };
  const accept = useVerb(() =>
    call(api.cases[':caseId'].confirmation.accept.$post({ param, json: { number } })),
  );
  const confirm = useVerb(() =>
    call(api.cases[':caseId'].confirmation.rule.$post({ param, json: { ruling: 'CONFIRM' } })),
  );
  const refuse = useVerb(
    () => call(api.cases[':caseId'].confirmation.rule.$post({ param, json: { ruling: 'REJECT', reason } })),
    () => reject(false),
  );
  return (
    <div className="col">
      <ErrorNotice error={accept.error ?? confirm.error} />
      {status === 'APPLIED' && (
        <>
          <TextField label={t('docket')} value={number} onChange={setNumber} />
          <Button
            look="primary"
            big
            wide
            disabled={number.trim().length < 3}
            busy={accept.isPending && c('sending')}
            onClick={() => accept.mutate()}
          >
            {t('accept')}
          </Button>
        </>
      )}
      {status === 'ACCEPTED' && (
        <Button
          look={asking ? 'plain' : 'primary'}
          big
          wide
          busy={confirm.isPending && c('sending')}
          onClick={() => confirm.mutate()}
        >
          {t('confirm')}
        </Button>
      )}
      {status !== 'SIGNING' && (
        <Button look="ghost" onClick={() => reject(true)}>
          {t('reject')}
        </Button>
      )}
      {rejecting && (
        <Dialog title={t('reject')} onClose={() => reject(false)}>
          <p>{t('rejectHint')}</p>
          <TextField label={t('reason')} value={reason} onChange={setReason} rows={3} />
          <ErrorNotice error={refuse.error} />
          <Button look="seal" big disabled={!reason.trim()} onClick={() => refuse.mutate()}>
            {t('reject')}
          </Button>
        </Dialog>
      )}
    </div>
  );
}
