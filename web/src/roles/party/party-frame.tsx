import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { PartyHome } from '@tongxi/server/contract/sign-in.ts';
import { type ReactNode, useEffect, useState } from 'react';
import { api, call } from '../../api/client.ts';
import { AskButton, InvitedPeople } from '../../features/procedure/index.ts';
import { useWords } from '../../i18n/index.ts';
import { LiveTag, Preferences, useLargeText, useMe } from '../../shell/frame.tsx';
import { Button, Dialog, ErrorNotice, Tag, TextField } from '../../ui/index.tsx';

/** Frame of every page of a party: who am I, is it live, and at any step a way to stop, to refuse, to ask. */
export function PartyFrame({
  title,
  home,
  children,
}: {
  title: string;
  home?: PartyHome;
  children: ReactNode;
}) {
  const t = useWords('party');
  const c = useWords('common');
  const me = useMe();
  useLargeText(true);
  useEffect(() => {
    document.title = `${title} · ${c('brand')}`;
  }, [title, c]);
  return (
    <>
      <a className="skip" href="#main">
        {c('skip')}
      </a>
      {(home?.demo ?? me.data?.demo) && <div className="demo-mark">{c('demoMark')}</div>}
      <header className="topbar">
        <span className="brand">
          <i aria-hidden="true">同</i>
          {c('brand')}
        </span>
        <span className="grow" />
        {home && <LiveTag />}
        <Preferences />
      </header>
      <main id="main" className="page narrow">
        <div className="col">
          {home && (
            <p className="muted small">
              <Tag>{home.answeredAs === 'FAMILY' ? t('nameFamily', { name: home.name }) : home.name}</Tag>{' '}
              {[home.committeeName, home.caseTitle].filter(Boolean).join(' · ')}
            </p>
          )}
          {home && lives(home) && <InvitedPeople home={home} />}
          {children}
          {home && <AlwaysThere home={home} />}
        </div>
      </main>
    </>
  );
}

/** Whether talks go on and this person has a say in them. */
const lives = ({ step }: PartyHome): boolean => step !== 'DONE' && step !== 'ENDED' && step !== 'FAMILY';

/** 联系站点, 先停一停, 我不同意: at every step. */
export function AlwaysThere({ home }: { home: PartyHome }) {
  const t = useWords('party');
  const [open, setOpen] = useState<'pause' | 'refuse' | null>(null);
  const ended = !lives(home);
  // Signing has its own pause and its own no, which leave the talks as they are.
  const signing = home.step === 'SIGN';
  return (
    <nav className="always" aria-label={t('help')}>
      <a className="btn" href={`tel:${home.stationPhone}`}>
        {t('callStation')} <span className="whole">{home.stationPhone}</span>
      </a>
      {home.via === 'LINK' && !signing && (
        <Button onClick={() => setOpen('pause')}>{t(ended ? 'leavePhone' : 'pause')}</Button>
      )}
      {lives(home) && <AskButton caseId={home.caseId} />}
      {!ended && !signing && <Button onClick={() => setOpen('refuse')}>{t('refuse')}</Button>}
      {open === 'pause' && <PauseDialog onClose={() => setOpen(null)} />}
      {open === 'refuse' && <RefuseDialog home={home} onClose={() => setOpen(null)} />}
    </nav>
  );
}

function PauseDialog({ onClose }: { onClose: () => void }) {
  const t = useWords('party');
  const c = useWords('common');
  const leave = useMutation({
    mutationFn: () => call(api['sign-out'].$post()),
    onSuccess: () => location.reload(),
  });
  return (
    <Dialog title={t('pause')} onClose={onClose}>
      <p>{t('pauseHint')}</p>
      <ErrorNotice error={leave.error} />
      <Button look="primary" big wide onClick={onClose}>
        {t('goOn')}
      </Button>
      <Button wide busy={leave.isPending && c('sending')} onClick={() => leave.mutate()}>
        {t('leavePhone')}
      </Button>
    </Dialog>
  );
}

/** Either side may end the mediation at any time (人民调解法 17); the page says what that means before. */
function RefuseDialog({ home, onClose }: { home: PartyHome; onClose: () => void }) {
  const t = useWords('party');
  const c = useWords('common');
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const end = useMutation({
    mutationFn: () =>
      call(
        api.cases[':caseId'].end.$post({
          param: { caseId: home.caseId },
          json: { code: 'UNWILLING', reason: reason.trim() || t('refuseNoReason') },
        }),
      ),
    onSuccess: async () => {
      await queries.invalidateQueries();
      onClose();
    },
  });
  return (
    <Dialog title={t('refuse')} onClose={onClose}>
      <p>{t('refuseHint')}</p>
      <Button look="primary" big wide onClick={onClose}>
        {t('goOn')}
      </Button>
      <TextField label={t('refuseReason')} value={reason} onChange={setReason} rows={3} maxLength={300} />
      <ErrorNotice error={end.error} />
      <Button look="seal" wide busy={end.isPending && c('sending')} onClick={() => end.mutate()}>
        {t('refuseConfirm')}
      </Button>
    </Dialog>
  );
}
