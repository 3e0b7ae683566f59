import { api, call } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, Dialog, ErrorNotice } from '../../ui/index.tsx';
import { useVerb } from '../case/use-verb.ts';

/** The host stops it; what there is gets sealed. */
export function StopRecording({ sessionId, onClose }: { sessionId: string; onClose: () => void }) {
  const t = useWords('recording');
  const stop = useVerb(
    () => call(api.sessions[':sessionId'].recording.stop.$post({ param: { sessionId } })),
    onClose,
  );
  return (
    <Dialog title={t('stopTitle')} onClose={onClose}>
      <p>{t('stopHint')}</p>
      <p className="muted">{t('staffHint')}</p>
      <ErrorNotice error={stop.error} />
      <div className="row">
        <Button onClick={onClose}>{t('keep')}</Button>
        <Button look="primary" big onClick={() => stop.mutate()}>
          {t('stopButton')}
        </Button>
      </div>
    </Dialog>
  );
}
