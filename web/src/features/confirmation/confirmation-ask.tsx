import { useState } from 'react';
import { askingAs } from '../../api/acting.ts';
import { api, call } from '../../api/client.ts';
import { formatDay, formatMoment, listMark, useLanguage, useWords } from '../../i18n/index.ts';
import { Button, Card, Choice, ErrorNotice, Waiting } from '../../ui/index.tsx';
import { useVerb } from '../case/use-verb.ts';
import { SigningFlow } from '../ceremony/index.ts';
import { ConsentSheet } from '../consents/index.ts';
import { type Confirmation, useConfirmation } from './use-confirmation.ts';
import { WithdrawButton } from './withdraw-button.tsx';

/** A party, right after the seal: apply together now, think it over, or not; then sign in the same sitting. */
export function ConfirmationAsk({ caseId, partyId }: { caseId: string; partyId: string }) {
  const c = useWords('common');
  const query = useConfirmation(caseId);
  if (query.error) return <ErrorNotice error={query.error} />;
  if (!query.data) return <Waiting>{c('loading')}</Waiting>;
  return (
    <Card className="next col" label="confirmation">
      <Content caseId={caseId} partyId={partyId} state={query.data} />
    </Card>
  );
}

type Props = { caseId: string; partyId: string; state: Confirmation };

function Content({ caseId, partyId, state }: Props) {
  const t = useWords('confirmation');
  const language = useLanguage();
  const [signing, sign] = useState(false);
  const { confirmation } = state;
  const stop = state.stops[0];
  const mine = confirmation?.signers.find((s) => s.mine);
  if (confirmation && confirmation.status !== 'REJECTED' && confirmation.status !== 'WITHDRAWN') {
    if (confirmation.status === 'SIGNING' && confirmation.medium === 'ELECTRONIC' && mine && !mine.signedAt)
      return signing ? (
        <SigningFlow caseId={caseId} of="application" onDone={() => sign(false)} />
      ) : (
        <>
          <h2>{t('signTitle')}</h2>
          <p>{t('signHint')}</p>
          <Button look="primary" big wide onClick={() => sign(true)}>
            {t('signNow')}
          </Button>
        </>
      );
    return (
      <>
        <h2>{t('title')}</h2>
        <p className="notice ok">{t(`status:confirmation.${confirmation.status}`)}</p>
        <Waits state={state} />
        {confirmation.number && <p>{t('number', { number: confirmation.number })}</p>}
        <InquiryNotice state={state} />
        <div className="row">
          {(confirmation.status !== 'SIGNING' || confirmation.medium === 'PAPER') && (
            <a
              className="btn"
              href={`/api/cases/${caseId}/confirmation/application.pdf?as=${askingAs()}`}
              target="_blank"
              rel="noreferrer"
            >
              {t('see')}
            </a>
          )}
          {confirmation.status !== 'CONFIRMED' && <WithdrawButton caseId={caseId} />}
        </div>
      </>
    );
  }
  return (
    <>
      <h2>{t('ask')}</h2>
      {confirmation && (
        <p className="notice warn">
          {t(`status:confirmation.${confirmation.status}`)} {confirmation.reason}
        </p>
      )}
      {confirmation?.status === 'REJECTED' && <p>{t('rejectedNext')}</p>}
      <p className="notice">{t('notEnforceable')}</p>
      {stop ? (
        <p className="notice warn">{t('stop', { words: stop.words, basis: stop.basis })}</p>
      ) : state.late ? (
        <p className="notice warn">
          {t('late', { day: state.dueOn ? formatDay(state.dueOn, language) : '' })}
        </p>
      ) : (
        <Answer caseId={caseId} partyId={partyId} state={state} />
      )}
    </>
  );
}

/** When the court asks both together, and how one takes part. */
function InquiryNotice({ state }: { state: Confirmation }) {
  const t = useWords('confirmation');
  const language = useLanguage();
  const inquiry = state.confirmation?.inquiry;
  if (inquiry?.status !== 'SCHEDULED' || state.confirmation?.decidedAt) return null;
  return (
    <div className="notice col">
      <strong>{t('inquiryAt', { at: formatMoment(inquiry.plannedStart, language) })}</strong>
      <span>{t('inquiryWait')}</span>
    </div>
  );
}

function Waits({ state }: { state: Confirmation }) {
  const t = useWords('confirmation');
  const missing = state.confirmation?.signers.filter((s) => !s.signedAt).map((s) => s.name) ?? [];
  if (state.confirmation?.status !== 'SIGNING' || missing.length === 0) return null;
  return <p>{t('waitsFor', { names: missing.join(listMark()) })}</p>;
}

function Answer({ caseId, partyId, state }: Props) {
  const t = useWords('confirmation');
  const c = useWords('common');
  const language = useLanguage();
  const [discloseId, disclose] = useState(false);
  const [sheet, openSheet] = useState(false);
  const mine = state.answers.find((a) => a.mine)?.choice ?? null;
  const send = useVerb((choice: 'YES' | 'LATER' | 'NO') =>
    call(api.cases[':caseId'].confirmation.answer.$post({ param: { caseId }, json: { choice, discloseId } })),
  );
  if (sheet) return <ConsentSheet caseId={caseId} partyId={partyId} onDone={() => openSheet(false)} />;
  const waiting = state.answers.filter((a) => a.choice !== 'YES' && !a.mine).map((a) => a.name);
  return (
    <>
      <p>{t('until', { day: state.dueOn ? formatDay(state.dueOn, language) : '' })}</p>
      {mine && <p className="notice">{t(`answered.${mine}`, { names: waiting.join(listMark()) })}</p>}
      {state.courtAccessMissing && (
        <div className="notice warn col">
          <p>{t('courtAccess')}</p>
          <Button onClick={() => openSheet(true)}>{t('openSheet')}</Button>
        </div>
      )}
      {mine !== 'YES' && state.disclosure && (
        <Choice type="checkbox" checked={discloseId} onChange={() => disclose(!discloseId)}>
          {language === 'en' ? state.disclosure.en : state.disclosure.zh}
        </Choice>
      )}
      <ErrorNotice error={send.error} />
      {mine !== 'YES' && (
        <Button
          look="primary"
          big
          wide
          disabled={state.courtAccessMissing || (state.disclosure !== null && !discloseId)}
          busy={send.isPending && c('sending')}
          onClick={() => send.mutate('YES')}
        >
          {t('yes')}
        </Button>
      )}
      <div className="row">
        <Button onClick={() => send.mutate('LATER')}>{t('later')}</Button>
        <Button onClick={() => send.mutate('NO')}>{t('no')}</Button>
      </div>
    </>
  );
}
