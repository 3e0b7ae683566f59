import { useQueryClient } from '@tanstack/react-query';
import type { PartyHome } from '@tongxi/server/contract/sign-in.ts';
import { Suspense, useCallback, useEffect, useState } from 'react';
import { colon, formatMoment, useLanguage, useWords } from '../../i18n/index.ts';
import { Card, Waiting } from '../../ui/index.tsx';
import { HandBackBar } from './hand-back-bar.tsx';
import {
  ConfirmationAsk,
  ConsentSheet,
  CorrectionAsk,
  DeviceCheck,
  DraftReader,
  FallenVersions,
  Lobby,
  MessagesPanel,
  Outside,
  RecordLinks,
  RecordPage,
  RecordPanel,
  Room,
  SealedAgreement,
  ServedDocuments,
  SigningFlow,
} from './parts.ts';
import { AlwaysThere, PartyFrame } from './party-frame.tsx';

/** One step, one page. The room fills the screen; every other step stands in the party's frame. */
export function PartyStepPage({ home }: { home: PartyHome }) {
  const t = useWords('party');
  const c = useWords('common');
  const queries = useQueryClient();
  const language = useLanguage();
  const { caseId, partyId, sessionId, via } = home;
  const [tested, setTested] = useState(false);
  const [outside, setOutside] = useState(false);
  // A record that waits comes to the front and stays there: who has confirmed sees that it is done.
  const [recordFirst, bringRecord] = useState(false);
  if (home.recordWaits && !recordFirst) bringRecord(true);
  const onDone = useCallback(() => void queries.invalidateQueries({ queryKey: ['party-home'] }), [queries]);
  const waiting = <Waiting>{c('loading')}</Waiting>;
  // The device was found good, and the server has not heard of it yet.
  const step = home.step === 'DEVICE_CHECK' && tested ? 'LOBBY' : home.step;

  // What fails to load is loaded again, and said, when it is needed.
  useEffect(() => {
    if (step === 'LOBBY') void Room.prepare().catch(() => undefined);
  }, [step]);

  const draft = { key: 'draft', label: t('agreement'), render: () => <DraftReader caseId={caseId} /> };
  const help = { key: 'help', label: t('help'), render: () => <AlwaysThere home={home} /> };
  const messages = {
    key: 'messages',
    label: t('caucus:messages'),
    render: () => (
      <Suspense fallback={waiting}>{sessionId && <MessagesPanel sessionId={sessionId} />}</Suspense>
    ),
  };
  const record = {
    key: 'record',
    label: t('record:tab'),
    render: () => (
      <Suspense fallback={waiting}>{sessionId && <RecordPanel sessionId={sessionId} />}</Suspense>
    ),
  };

  const confirmation = {
    key: 'confirmation',
    label: t('session:confirmationTab'),
    render: () => (
      <Suspense fallback={waiting}>
        <ConfirmationAsk caseId={caseId} partyId={partyId} />
      </Suspense>
    ),
  };

  if (step === 'ROOM' && sessionId && !outside)
    return (
      <Suspense fallback={waiting}>
        <Room
          sessionId={sessionId}
          onLeave={() => setOutside(true)}
          panels={
            home.inquiry
              ? [confirmation, messages, help]
              : recordFirst
                ? [record, draft, messages, help]
                : [draft, record, messages, help]
          }
        />
      </Suspense>
    );
  return (
    <PartyFrame title={t(`step.${step}`)} home={home}>
      {via === 'HAND_OVER' && <HandBackBar name={home.name} caseId={caseId} step={step} />}
      {step !== 'LOBBY' && step !== 'SIGN' && <h1>{t(`step.${step}`)}</h1>}
      <Suspense fallback={waiting}>{content()}</Suspense>
    </PartyFrame>
  );

  function content() {
    switch (step) {
      case 'FAMILY':
        return (
          <Card className="col">
            <p>{t('familyHint', { name: home.name })}</p>
            {home.startsAt && (
              <p>
                {t('when')}
                {colon()}
                <strong>{formatMoment(home.startsAt, language)}</strong>
              </p>
            )}
            <p>{home.stationName}</p>
            <p className="muted">{t('familyNext', { name: home.name })}</p>
          </Card>
        );
      case 'CONSENT':
        return <ConsentSheet caseId={caseId} partyId={partyId} onDone={onDone} />;
      case 'DEVICE_CHECK':
        return sessionId ? (
          <DeviceCheck
            sessionId={sessionId}
            onDone={() => {
              setTested(true);
              onDone();
            }}
          />
        ) : null;
      case 'LOBBY':
        return sessionId ? <Lobby sessionId={sessionId} name={home.name} onAdmitted={onDone} /> : null;
      case 'ROOM':
        return sessionId ? <Outside sessionId={sessionId} onEnter={() => setOutside(false)} /> : null;
      case 'READ_DRAFT':
        return (
          <>
            <FallenVersions caseId={caseId} />
            <DraftReader caseId={caseId} />
          </>
        );
      case 'CONFIRM_RECORD':
        return home.recordWaits ? <RecordPage {...home.recordWaits} /> : null;
      case 'SIGN':
        return <SigningFlow caseId={caseId} onDone={onDone} />;
      case 'DONE':
        return (
          <>
            <CorrectionAsk caseId={caseId}>
              <ConfirmationAsk caseId={caseId} partyId={partyId} />
            </CorrectionAsk>
            <SealedAgreement caseId={caseId} />
            <ServedDocuments caseId={caseId} />
            <RecordLinks caseId={caseId} />
          </>
        );
      case 'ENDED':
        return (
          <>
            <Card className="col">
              <p>{t('endedHint', { committee: home.committeeName })}</p>
              <p className="muted">{t('otherWays')}</p>
            </Card>
            <CorrectionAsk caseId={caseId} />
            <ServedDocuments caseId={caseId} />
            <RecordLinks caseId={caseId} />
          </>
        );
      default:
        return (
          <Card className="col">
            <p>{t(waitHint())}</p>
            {home.startsAt && via === 'LINK' && home.place !== 'SIGNED' && (
              <p>
                {t('when')}
                {colon()}
                <strong>{formatMoment(home.startsAt, language)}</strong>
              </p>
            )}
          </Card>
        );
    }
  }

  function waitHint(): string {
    if (via === 'HAND_OVER') return 'wait.handBack';
    if (home.place === 'SIGNED') return 'wait.signed';
    if (home.place === 'DECLINED') return 'wait.declined';
    if (home.medium === 'PAPER' && home.place === 'OPEN') return 'wait.paper';
    return home.sessionId ? 'wait.session' : 'wait.plan';
  }
}
