import { useState } from 'react';
import { api, call } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, Dialog, ErrorNotice, TextField } from '../../ui/index.tsx';
import { useVerb } from '../case/use-verb.ts';
import type { Session } from './use-session.ts';

/** Holds the session: nobody is heard or seen meanwhile, and the reason is kept. */
export function Pause({ session, onClose }: { session: Session; onClose: () => void }) {
  const t = useWords('session');
  const [reason, setReason] = useState('');
  const pause = useVerb(
    () =>
      call(api.sessions[':sessionId'].pause.$post({ param: { sessionId: session.id }, json: { reason } })),
    onClose,
  );
  return (
    <Dialog title={t('pause')} onClose={onClose}>
      <p>{t('pauseHint')}</p>
      <TextField label={t('reason')} value={reason} onChange={setReason} />
      <ErrorNotice error={pause.error} />
      <Button look="primary" big disabled={!reason.trim()} onClick={() => pause.mutate()}>
        {t('pause')}
      </Button>
    </Dialog>
  );
}

/** Ends the session with what came of it. */
export function End({ session, onClose }: { session: Session; onClose: () => void }) {
  const t = useWords('session');
  const end = useVerb(
    (result: 'AGREED' | 'NO_AGREEMENT' | 'TO_CONTINUE') =>
      call(
        api.sessions[':sessionId'].end.$post({
          param: { sessionId: session.id },
          json: { result, reason: '' },
        }),
      ),
    onClose,
  );
  if (session.kind === 'CONFIRMATION_INQUIRY')
    return (
      <Dialog title={t('end')} onClose={onClose}>
        <p>{t('endInquiryHint')}</p>
        <ErrorNotice error={end.error} />
        <Button big look="primary" onClick={() => end.mutate('TO_CONTINUE')}>
          {t('endInquiry')}
        </Button>
      </Dialog>
    );
  return (
    <Dialog title={t('end')} onClose={onClose}>
      <p>{t('endHint')}</p>
      <ErrorNotice error={end.error} />
      {(['AGREED', 'TO_CONTINUE', 'NO_AGREEMENT'] as const).map((result) => (
        <Button
          key={result}
          big
          look={result === 'AGREED' ? 'primary' : 'plain'}
          onClick={() => end.mutate(result)}
        >
          {t(`result.${result}`)}
        </Button>
      ))}
    </Dialog>
  );
}
