import { useEffect, useState } from 'react';
import { api, call } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, ErrorNotice, TextField } from '../../ui/index.tsx';
import { signInWithPasskey } from './password-sign-in.tsx';
import { passkeysWork, useStep } from './queries.ts';

/** The code of the authenticator, a backup code, or a passkey. */
export function SecondFactor({ fill }: { fill: string }) {
  const t = useWords('sign-in');
  const c = useWords('common');
  const [code, setCode] = useState('');
  const [backup, setBackup] = useState(false);
  useEffect(() => {
    if (fill) setCode(fill);
  }, [fill]);
  const give = useStep(() => call(api['sign-in'].totp.$post({ json: { code } })));
  const passkey = useStep(() => signInWithPasskey());
  const leave = useStep(() => call(api['sign-out'].$post()));
  const ready = backup ? code.trim().length >= 8 : /^\d{6}$/.test(code);
  return (
    <form
      className="col"
      onSubmit={(event) => {
        event.preventDefault();
        give.mutate(undefined);
      }}
    >
      <TextField
        label={t(backup ? 'backupCode' : 'totp')}
        hint={t(backup ? 'backupHint' : 'totpHint')}
        value={code}
        onChange={setCode}
        inputMode={backup ? 'text' : 'numeric'}
        autoComplete="one-time-code"
        maxLength={backup ? 20 : 6}
      />
      <ErrorNotice error={give.error ?? passkey.error} />
      <Button look="primary" big wide type="submit" disabled={!ready} busy={give.isPending && c('sending')}>
        {t('enter')}
      </Button>
      {passkeysWork && (
        <Button wide disabled={passkey.isPending} onClick={() => passkey.mutate(undefined)}>
          {t('withPasskey')}
        </Button>
      )}
      <div className="row">
        <Button
          look="ghost"
          onClick={() => {
            setBackup(!backup);
            setCode('');
          }}
        >
          {t(backup ? 'useTotp' : 'useBackup')}
        </Button>
        <Button look="ghost" onClick={() => leave.mutate(undefined)}>
          {t('otherPerson')}
        </Button>
      </div>
    </form>
  );
}
