import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { useActing } from './api/acting.ts';
import { switchHands } from './features/hand-over/switch-hands.ts';
import { useWords } from './i18n/index.ts';
import { Frame, useMe } from './shell/frame.tsx';
import { startEntry } from './shell/providers.tsx';
import { RoomPage } from './shell/room-page.ts';
import { Waiting } from './ui/index.tsx';

const SignInPage = lazy(() => import('./features/sign-in/index.ts').then((m) => ({ default: m.SignInPage })));
const HandedOver = lazy(() => import('./roles/handed-over.tsx').then((m) => ({ default: m.HandedOver })));
const AdminPages = lazy(() =>
  import('./roles/admin/admin-pages.tsx').then((m) => ({ default: m.AdminPages })),
);
const DemoOutboxPage = lazy(() =>
  import('./features/demo/index.ts').then((m) => ({ default: m.DemoOutboxPage })),
);
const HomePage = lazy(() => import('./roles/home/home-page.tsx').then((m) => ({ default: m.HomePage })));
const IntakePage = lazy(() => import('./features/intake/index.ts').then((m) => ({ default: m.IntakePage })));
const CasePage = lazy(() => import('./features/case/case-page.tsx').then((m) => ({ default: m.CasePage })));
const RecordingsPage = lazy(() =>
  import('./features/recording/recordings-page.tsx').then((m) => ({ default: m.RecordingsPage })),
);
const CallBell = lazy(() => import('./features/judge-call/index.ts').then((m) => ({ default: m.CallBell })));

/** The staff's entry: nobody signed in sees the sign-in page, a handed-over screen only its person's task. */
function StaffApp() {
  const me = useMe();
  const t = useWords('common');
  const handedOver = useActing() === 'party';
  const queries = useQueryClient();
  const found = !handedOver && Boolean(me.data?.handedOverTo);
  // Loaded again in the middle: the screen is still the other person's.
  useEffect(() => {
    if (found) switchHands(queries, 'party');
  }, [found, queries]);
  if (handedOver) return <HandedOver />;
  if (!me.data || found) return <Waiting>{t('loading')}</Waiting>;
  const judge = me.data.duties.includes('GUIDING_JUDGE') && !me.data.secondFactorMissing;
  return (
    <>
      {judge && me.data.staffUserId && (
        <Suspense fallback={null}>
          <CallBell staffUserId={me.data.staffUserId} />
        </Suspense>
      )}
      <Switch>
        <Route path="/demo/sms" component={DemoOutboxPage} />
        <Route path="/sign-in" component={SignInPage} />
        {(me.data.kind !== 'staff' || me.data.secondFactorMissing) && (
          <Route>
            <SignInPage />
          </Route>
        )}
        <Route path="/" component={HomePage} />
        <Route path="/cases/new/:draftId?">{({ draftId }) => <IntakePage draftId={draftId} />}</Route>
        <Route path="/cases/:caseId/recordings">{({ caseId }) => <RecordingsPage caseId={caseId} />}</Route>
        <Route path="/cases/:caseId">{({ caseId }) => <CasePage caseId={caseId} />}</Route>
        <Route path="/sessions/:sessionId">{({ sessionId }) => <RoomPage sessionId={sessionId} />}</Route>
        <Route path="/admin" component={AdminPages} />
        <Route path="/admin/*" component={AdminPages} />
        <Route path="/home">
          <Redirect to="/" />
        </Route>
        <Route>
          <Frame title={t('notFound')} narrow>
            <div className="col">
              <h1>{t('notFound')}</h1>
              <p>{t('notFoundHint')}</p>
              <a className="btn primary" href="/">
                {t('toHome')}
              </a>
            </div>
          </Frame>
        </Route>
      </Switch>
    </>
  );
}

void startEntry(
  [
    'sign-in',
    'admin',
    'home',
    'judge-call',
    'seats',
    'party',
    'intake',
    'case',
    'procedure',
    'flags',
    'representation',
    'consents',
    'session',
    'record',
    'recording',
    'apart',
    'caucus',
    'exhibits',
    'devices',
    'draft',
    'wordings',
    'seals',
    'ceremony',
    'phones',
    'confirmation',
    'correction',
    'served',
    'after',
    'verify',
    'demo',
  ],
  <StaffApp />,
);
