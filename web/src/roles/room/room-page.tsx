import { lazy, Suspense, useEffect } from 'react';
import { useLocation } from 'wouter';
import { CaseSummary, useCase } from '../../features/case/index.ts';
import { Checklist } from '../../features/checklist/index.ts';
import { earlierRoom, forgetEarlierRoom } from '../../features/judge-call/index.ts';
import { Room, useSession } from '../../features/room/index.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, ErrorNotice, Waiting } from '../../ui/index.tsx';

const DraftPanel = lazy(() =>
  import('../../features/draft/index.ts').then((m) => ({ default: m.DraftPanel })),
);
const SigningPanel = lazy(() =>
  import('../../features/ceremony/index.ts').then((m) => ({ default: m.SigningPanel })),
);
const RecordPanel = lazy(() =>
  import('../../features/record/index.ts').then((m) => ({ default: m.RecordPanel })),
);
const CaucusPanel = lazy(() =>
  import('../../features/caucus/index.ts').then((m) => ({ default: m.CaucusPanel })),
);
const ExhibitsPanel = lazy(() =>
  import('../../features/exhibits/index.ts').then((m) => ({ default: m.ExhibitsPanel })),
);
const MessagesPanel = lazy(() =>
  import('../../features/caucus/index.ts').then((m) => ({ default: m.MessagesPanel })),
);
const ConfirmationPanel = lazy(() =>
  import('../../features/confirmation/index.ts').then((m) => ({ default: m.ConfirmationPanel })),
);
const SealedAgreement = lazy(() =>
  import('../../features/sealed/index.ts').then((m) => ({ default: m.SealedAgreement })),
);

/** The room of station, mediator and judge: the case, the checklist, the draft and the signatures beside the picture. */
export function RoomPage({ sessionId }: { sessionId: string }) {
  const t = useWords('session');
  const c = useWords('common');
  const [, go] = useLocation();
  const session = useSession(sessionId);
  useEffect(() => {
    document.title = t('room');
  }, [t]);
  if (session.error) {
    return (
      <main className="page narrow col">
        <ErrorNotice error={session.error} />
        <Button onClick={() => go('/')}>{c('toHome')}</Button>
      </main>
    );
  }
  if (!session.data) return <Waiting>{c('loading')}</Waiting>;
  return (
    <RoomOf
      sessionId={sessionId}
      caseId={session.data.caseId}
      status={session.data.status}
      inquiry={session.data.kind === 'CONFIRMATION_INQUIRY'}
      mayShow={session.data.can.includes('show-exhibit') && session.data.mySeatId !== null}
      mayTalk={session.data.can.includes('open-caucus') && session.data.mySeatId !== null}
      onLeave={() => {
        const earlier = earlierRoom(sessionId);
        forgetEarlierRoom();
        go(earlier ? `/sessions/${earlier}` : `/cases/${session.data.caseId}`);
      }}
    />
  );
}

function RoomOf({
  sessionId,
  caseId,
  status,
  inquiry,
  mayShow,
  mayTalk,
  onLeave,
}: {
  sessionId: string;
  caseId: string;
  status: string;
  inquiry: boolean;
  mayShow: boolean;
  mayTalk: boolean;
  onLeave: () => void;
}) {
  const t = useWords('session');
  const c = useWords('common');
  const theCase = useCase(caseId);
  const agreement = theCase.data?.agreement?.status;
  const preparing = status === 'SCHEDULED' || status === 'CHECKING';
  const wait = <Waiting>{c('loading')}</Waiting>;
  const checklist = {
    key: 'checklist',
    label: t('checklistTab'),
    render: () => <Checklist sessionId={sessionId} />,
  };
  const summary = { key: 'case', label: t('caseTab'), render: () => <CaseSummary caseId={caseId} /> };
  const draft = {
    key: 'draft',
    label: t('draftTab'),
    render: () => (
      <Suspense fallback={wait}>
        <DraftPanel caseId={caseId} />
      </Suspense>
    ),
  };
  const signing = {
    key: 'signing',
    label: t('signingTab'),
    render: () => (
      <Suspense fallback={wait}>
        {agreement === 'EFFECTIVE' ? (
          <div className="col">
            <ConfirmationPanel caseId={caseId} />
            <SealedAgreement caseId={caseId} />
          </div>
        ) : (
          <SigningPanel caseId={caseId} />
        )}
      </Suspense>
    ),
  };
  const record = {
    key: 'record',
    label: t('record:tab'),
    render: () => (
      <Suspense fallback={wait}>
        <RecordPanel sessionId={sessionId} />
      </Suspense>
    ),
  };
  const caucus = {
    key: 'caucus',
    label: t('caucus:tab'),
    render: () => (
      <Suspense fallback={wait}>
        <CaucusPanel sessionId={sessionId} />
      </Suspense>
    ),
  };
  const messages = {
    key: 'messages',
    label: t('caucus:messages'),
    render: () => (
      <Suspense fallback={wait}>
        <MessagesPanel sessionId={sessionId} />
      </Suspense>
    ),
  };
  const exhibits = {
    key: 'exhibits',
    label: t('exhibits:tab'),
    render: () => (
      <Suspense fallback={wait}>
        <ExhibitsPanel sessionId={sessionId} caseId={caseId} />
      </Suspense>
    ),
  };
  const talking =
    status === 'OPEN' ? [...(mayTalk ? [caucus] : []), messages, ...(mayShow ? [exhibits] : [])] : [];
  if (inquiry) {
    const confirmation = {
      key: 'confirmation',
      label: t('confirmationTab'),
      render: () => (
        <Suspense fallback={wait}>
          <ConfirmationPanel caseId={caseId} />
        </Suspense>
      ),
    };
    const talk = status === 'OPEN' ? [messages] : [];
    const asked = preparing ? [checklist, confirmation] : [confirmation, checklist];
    return <Room sessionId={sessionId} panels={[...asked, signing, ...talk, summary]} onLeave={onLeave} />;
  }
  const frozen = agreement !== undefined && agreement !== 'DRAFTING';
  // Who translates or looks on has no part in the text.
  const text = theCase.data?.can.includes('read-draft') ? [draft] : [];
  const panels = preparing
    ? [checklist, summary]
    : frozen
      ? [signing, ...text, record, ...talking, summary, checklist]
      : [...text, record, ...talking, summary, checklist];
  return <Room sessionId={sessionId} panels={panels} onLeave={onLeave} />;
}
