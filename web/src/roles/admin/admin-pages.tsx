import { lazy, type ReactNode, Suspense } from 'react';
import { Link, Redirect, Route, Switch, useLocation } from 'wouter';
import { AccountPage, AuditPage, DevicesPage, StaffPage } from '../../features/admin/index.ts';
import { useWords } from '../../i18n/index.ts';
import { Frame, useMe } from '../../shell/frame.tsx';

// The blocks of a template bring the draft's editor with them.
const WordingsPage = lazy(() =>
  import('../../features/wordings/index.ts').then((m) => ({ default: m.WordingsPage })),
);

const DutyListPage = lazy(() =>
  import('../../features/admin/duty-list-page.tsx').then((m) => ({ default: m.DutyListPage })),
);

const SealsPage = lazy(() => import('../../features/seals/index.ts').then((m) => ({ default: m.SealsPage })));

/** Administration, the audit log, and everybody's own account: what one's duties allow. */
export function AdminPages() {
  const t = useWords('admin');
  const me = useMe();
  const duties = me.data?.duties ?? [];
  const pages = [
    ...(duties.includes('ADMINISTRATOR')
      ? [
          { path: '/admin/staff', label: t('staff'), page: <StaffPage /> },
          { path: '/admin/devices', label: t('devices'), page: <DevicesPage /> },
          {
            path: '/admin/duty-lists',
            label: t('judge-call:dutyLists'),
            page: (
              <Suspense fallback={null}>
                <DutyListPage />
              </Suspense>
            ),
          },
          {
            path: '/admin/wordings',
            label: t('wordings:title'),
            page: (
              <Suspense fallback={null}>
                <WordingsPage />
              </Suspense>
            ),
          },
        ]
      : []),
    ...(duties.includes('ADMINISTRATOR') || duties.includes('SEAL_HOLDER')
      ? [
          {
            path: '/admin/seals',
            label: t('seals:title'),
            page: (
              <Suspense fallback={null}>
                <SealsPage />
              </Suspense>
            ),
          },
        ]
      : []),
    ...(duties.includes('AUDITOR') ? [{ path: '/admin/audit', label: t('audit'), page: <AuditPage /> }] : []),
    { path: '/admin/account', label: t('account'), page: <AccountPage /> },
  ];
  return (
    <Frame title={t('title')}>
      <div className="col">
        <AdminTabs pages={pages} />
        <Switch>
          {pages.map(({ path, page }) => (
            <Route key={path} path={path}>
              {page}
            </Route>
          ))}
          <Route>
            <Redirect to={pages[0]?.path ?? '/'} />
          </Route>
        </Switch>
      </div>
    </Frame>
  );
}

function AdminTabs({ pages }: { pages: { path: string; label: string; page: ReactNode }[] }) {
  const t = useWords('admin');
  const [location] = useLocation();
  if (pages.length === 1) return null;
  return (
    <nav className="tabs" aria-label={t('title')}>
      {pages.map(({ path, label }) => (
        <Link key={path} href={path} aria-current={location === path ? 'page' : undefined}>
          {label}
        </Link>
      ))}
    </nav>
  );
}
