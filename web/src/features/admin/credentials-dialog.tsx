import type { Credentials } from '@tongxi/server/contract/staff.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, Dialog } from '../../ui/index.tsx';

export type { Credentials };

/** Shown this once, to be printed or copied by hand: nobody can read it again. */
export function CredentialsDialog({
  credentials,
  onClose,
}: {
  credentials: Credentials;
  onClose: () => void;
}) {
  const t = useWords('admin');
  const c = useWords('common');
  return (
    <Dialog title={t('credentials')} onClose={onClose}>
      <p className="notice warn">{t('credentialsOnce')}</p>
      <dl className="facts">
        <dt>{t('firstPassword')}</dt>
        <dd>
          <code>{credentials.password}</code>
        </dd>
        <dt>{t('authenticator')}</dt>
        <dd>
          <img
            alt={t('authenticatorQr')}
            width={180}
            height={180}
            src={`data:image/svg+xml,${encodeURIComponent(credentials.totpQr)}`}
          />
          <code>{credentials.totpSecret}</code>
        </dd>
        <dt>{t('backupCodes')}</dt>
        <dd>
          <ul>
            {credentials.backupCodes.map((code) => (
              <li key={code}>
                <code>{code}</code>
              </li>
            ))}
          </ul>
        </dd>
      </dl>
      <div className="row">
        <Button onClick={() => window.print()}>{t('print')}</Button>
        <Button look="primary" onClick={onClose}>
          {c('close')}
        </Button>
      </div>
    </Dialog>
  );
}
