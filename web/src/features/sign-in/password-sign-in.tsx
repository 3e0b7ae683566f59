import { startAuthentication } from '@simplewebauthn/browser';
import { useEffect, useState } from 'react';
import { api, call } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, ErrorNotice, TextField } from '../../ui/index.tsx';
import type { Fill } from './demo-people.tsx';
import { passkeysWork, useStep } from './queries.ts';

/** Account and password, a passkey, or the government's identity service. */
export function PasswordSignIn({
  fill,
  provider,
  plain,
}: {
  fill: Fill;
  provider: string | null;
  plain?: boolean;
}) {
  const t = useWords('sign-in');
  const c = useWords('common');
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  useEffect(() => {
    setLogin(fill.login);
    setPassword(fill.password);
  }, [fill]);
  const signIn = useStep(() => call(api['sign-in'].password.$post({ json: { login, password } })));
  const passkey = useStep(() => signInWithPasskey(login));
  return (
    <form
      className={plain ? 'col' : 'card col next'}
      onSubmit={(event) => {
        event.preventDefault();
        signIn.mutate(undefined);
      }}
    >
      <h2>{t('accountTitle')}</h2>
      {!plain && <p className="muted">{t('accountHint')}</p>}
      <TextField label={t('login')} value={login} onChange={setLogin} autoComplete="username webauthn" />
      <TextField
        label={t('password')}
        type="password"
        value={password}
        onChange={setPassword}
        autoComplete="current-password"
      />
      <Button
        look="primary"
        big
        wide
        type="submit"
        disabled={!login || !password}
        busy={signIn.isPending && c('sending')}
      >
        {t('next')}
      </Button>
      {passkeysWork && (
        <Button wide disabled={!login || passkey.isPending} onClick={() => passkey.mutate(undefined)}>
          {t('withPasskey')}
        </Button>
      )}
      {provider && (
        <a className="btn wide" href="/api/sign-in/oidc/start">
          {t('withProvider', { name: provider })}
        </a>
      )}
      <ErrorNotice error={signIn.error ?? passkey.error} />
    </form>
  );
}

/** The browser answers the server's challenge with the device's own check of the person. */
export async function signInWithPasskey(login?: string): Promise<void> {
  const options = await call(api['sign-in'].passkey.options.$post({ json: login ? { login } : {} }));
  const response = await startAuthentication({
    optionsJSON: options as unknown as Parameters<typeof startAuthentication>[0]['optionsJSON'],
  });
  type Body = Parameters<(typeof api)['sign-in']['passkey']['$post']>[0]['json'];
  await call(api['sign-in'].passkey.$post({ json: { response: response as unknown as Body['response'] } }));
}
