import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { api, call } from '../api/client.ts';
import { useLiveState } from '../api/live.ts';
import { serverNow } from '../api/server-time.ts';
import { formatTime, setLanguage, useLanguage, useWords } from '../i18n/index.ts';
import { Button, Tag } from '../ui/index.tsx';

export const useMe = () => useQuery({ queryKey: ['me'], queryFn: () => call(api.me.$get()) });

/** Frame of every page: brand, place, live state, time, person, language and look. */
export function Frame({ title, children, narrow }: { title: string; children: ReactNode; narrow?: boolean }) {
  const t = useWords('common');
  const me = useMe();
  useLargeText(me.data?.atStation ?? false);
  useEffect(() => {
    document.title = `${title} · ${t('brand')}`;
  }, [title, t]);
  return (
    <>
      <a className="skip" href="#main">
        {t('skip')}
      </a>
      {me.data?.demo && <div className="demo-mark">{t('demoMark')}</div>}
      <header className="topbar">
        <a className="brand" href="/">
          <i aria-hidden="true">同</i>
          {t('brand')}
        </a>
        <span className="muted wide-only">{me.data?.stationName ?? me.data?.courtName ?? ''}</span>
        <span className="grow" />
        <LiveTag />
        <Clock />
        {me.data?.kind === 'staff' && (
          <a href="/admin/account" title={t('account')}>
            <Tag>
              {t(`status:duty.${me.data.duties[0] ?? 'DIRECTOR'}`)} {me.data.name}
            </Tag>
          </a>
        )}
        <Preferences />
        {me.data?.kind === 'staff' && <SignOut />}
      </header>
      <main id="main" className={narrow ? 'page narrow' : 'page'}>
        {children}
      </main>
    </>
  );
}

/** Whether updates flow. Narrow screens have no room for what is as it should be: there only trouble shows. */
export function LiveTag() {
  const t = useWords('common');
  const live = useLiveState();
  return (
    <span className={live ? 'wide-only' : ''}>
      <Tag kind={live ? 'ok' : 'warn'}>{t(live ? 'online' : 'offline')}</Tag>
    </span>
  );
}

function Clock() {
  const [now, set] = useState(() => new Date(serverNow()).toISOString());
  useEffect(() => {
    const timer = setInterval(() => set(new Date(serverNow()).toISOString()), 10_000);
    return () => clearInterval(timer);
  }, []);
  return <span className="muted wide-only">{formatTime(now)}</span>;
}

function SignOut() {
  const t = useWords('common');
  return (
    <Button
      look="ghost"
      onClick={async () => {
        await call(api['sign-out'].$post()).catch(() => undefined);
        location.href = '/';
      }}
    >
      {t('signOut')}
    </Button>
  );
}

/** Where reading is the point (parties, the station's screen) text begins one step larger, and never gets smaller. */
export function useLargeText(wanted: boolean): void {
  useEffect(() => {
    const root = document.documentElement;
    if (wanted && !root.dataset.size) root.dataset.size = 'large';
    if (wanted) root.dataset.least = 'large';
  }, [wanted]);
}

/** Language at one tap; size and dark mode beside it. */
export function Preferences() {
  const t = useWords('common');
  const language = useLanguage();
  const other = language === 'en' ? 'zh-CN' : 'en';
  const cycle = (key: 'size' | 'theme', values: (string | null)[]) => {
    const root = document.documentElement;
    const now = key === 'size' ? (root.dataset.size ?? null) : localStorage.getItem(`tongxi.${key}`);
    const next = values[(values.indexOf(now) + 1) % values.length] ?? null;
    if (next) {
      localStorage.setItem(`tongxi.${key}`, next);
      root.dataset[key] = next;
    } else {
      localStorage.removeItem(`tongxi.${key}`);
      delete root.dataset[key];
    }
  };
  const sizes = () =>
    document.documentElement.dataset.least ? ['large', 'xlarge'] : [null, 'large', 'xlarge'];
  return (
    <span className="preferences">
      <Button look="ghost" lang={other} onClick={() => void setLanguage(other)}>
        {other === 'en' ? 'English' : '中文'}
      </Button>
      <Button
        look="ghost"
        aria-label={t('textSize')}
        title={t('textSize')}
        onClick={() => cycle('size', sizes())}
      >
        {t('textSizeShort')}
      </Button>
      <Button
        look="ghost"
        aria-label={t('theme')}
        title={t('theme')}
        onClick={() => cycle('theme', [null, 'dark', 'light'])}
      >
        ◐
      </Button>
    </span>
  );
}
