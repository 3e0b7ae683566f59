import { startRegistration } from '@simplewebauthn/browser';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, call } from '../../api/client.ts';
import { formatMoment, useLanguage, useWords } from '../../i18n/index.ts';
import { Button, Card, ErrorNotice, Tag, TextField, Waiting } from '../../ui/index.tsx';
import { ChoosePin } from '../hand-over/index.ts';
import { passkeysWork } from '../sign-in/queries.ts';
import { useChange } from './queries.ts';

/** One's own ways of signing in, and where one is signed in now. */
export function AccountPage() {
  const t = useWords('admin');
  const c = useWords('common');
  const account = useQuery({ queryKey: ['account'], queryFn: () => call(api.account.$get()) });
  if (account.error) return <ErrorNotice error={account.error} />;
  if (!account.data) return <Waiting>{c('loading')}</Waiting>;
  const { name, loginName, hasPin, passkeys, sessions, backupCodesLeft } = account.data;
  return (
    <div className="col">
      <h1>{t('accountOf', { name })}</h1>
      <p className="muted">{loginName}</p>
      <Sessions sessions={sessions} />
      {passkeysWork && <Passkeys passkeys={passkeys} />}
      <Pin hasPin={hasPin} />
      <Password />
      <BackupCodes left={backupCodesLeft} />
    </div>
  );
}

type AccountData = Awaited<ReturnType<typeof readAccount>>;
const readAccount = () => call(api.account.$get());

function Sessions({ sessions }: { sessions: AccountData['sessions'] }) {
  const t = useWords('admin');
  const language = useLanguage();
  const revoke = useChange((sessionId: string) =>
    call(api.account.sessions[':sessionId'].$delete({ param: { sessionId } })),
  );
  return (
    <Card className="col">
      <h2>{t('sessions')}</h2>
      {sessions.map((session) => (
        <div key={session.id} className="row">
          <div className="grow">
            {t(`method.${session.method}`)} {session.device ?? ''}
            <div className="muted small">
              {t('lastSeen', { at: formatMoment(session.lastSeenAt, language) })}
            </div>
          </div>
          {session.current ? (
            <Tag kind="ok">{t('thisOne')}</Tag>
          ) : (
            <Button disabled={revoke.isPending} onClick={() => revoke.mutate(session.id)}>
              {t('endSession')}
            </Button>
          )}
        </div>
      ))}
      <ErrorNotice error={revoke.error} />
    </Card>
  );
}

function Passkeys({ passkeys }: { passkeys: AccountData['passkeys'] }) {
  const t = useWords('admin');
  const c = useWords('common');
  const language = useLanguage();
  const [name, setName] = useState('');
  const add = useChange(async () => {
    const options = await call(api.account.passkeys.options.$post());
    const response = await startRegistration({
      optionsJSON: options as unknown as Parameters<typeof startRegistration>[0]['optionsJSON'],
    });
    type Body = Parameters<typeof api.account.passkeys.$post>[0]['json'];
    await call(
      api.account.passkeys.$post({
        json: { name: name.trim(), response: response as unknown as Body['response'] },
      }),
    );
    setName('');
  });
  const remove = useChange((passkeyId: string) =>
    call(api.account.passkeys[':passkeyId'].$delete({ param: { passkeyId } })),
  );
  return (
    <Card className="col">
      <h2>{t('passkeys')}</h2>
      <p className="muted">{t('passkeysHint')}</p>
      {passkeys.map((passkey) => (
        <div key={passkey.id} className="row">
          <div className="grow">
            {passkey.name}
            <div className="muted small">{formatMoment(passkey.createdAt, language)}</div>
          </div>
          <Button disabled={remove.isPending} onClick={() => remove.mutate(passkey.id)}>
            {t('remove')}
          </Button>
        </div>
      ))}
      <form
        className="col"
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate(undefined);
        }}
      >
        <TextField label={t('passkeyName')} value={name} onChange={setName} maxLength={60} />
        <ErrorNotice error={add.error ?? remove.error} />
        <Button type="submit" disabled={!name.trim()} busy={add.isPending && c('sending')}>
          {t('passkeyAdd')}
        </Button>
      </form>
    </Card>
  );
}

function Pin({ hasPin }: { hasPin: boolean }) {
  const t = useWords('admin');
  const [changing, change] = useState(false);
  return (
    <Card className="col">
      <h2>{t('pin')}</h2>
      <p className="muted">{t(hasPin ? 'pinSet' : 'pinMissing')}</p>
      {changing ? (
        <ChoosePin onDone={() => change(false)} />
      ) : (
        <Button onClick={() => change(true)}>{t(hasPin ? 'pinChange' : 'pinChoose')}</Button>
      )}
    </Card>
  );
}

function Password() {
  const t = useWords('admin');
  const c = useWords('common');
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const change = useChange(async () => {
    await call(api.account.password.$post({ json: { current, next } }));
    setCurrent('');
    setNext('');
  });
  return (
    <Card>
      <form
        className="col"
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate(undefined);
        }}
      >
        <h2>{t('password')}</h2>
        <TextField
          label={t('passwordNow')}
          type="password"
          autoComplete="current-password"
          value={current}
          onChange={setCurrent}
        />
        <TextField
          label={t('passwordNext')}
          hint={t('passwordHint')}
          type="password"
          autoComplete="new-password"
          value={next}
          onChange={setNext}
        />
        <ErrorNotice error={change.error} />
        {change.isSuccess && (
          <p className="notice ok" role="status">
            {t('passwordChanged')}
          </p>
        )}
        <Button type="submit" disabled={!current || next.length < 10} busy={change.isPending && c('sending')}>
          {t('passwordChange')}
        </Button>
      </form>
    </Card>
  );
}

function BackupCodes({ left }: { left: number }) {
  const t = useWords('admin');
  const c = useWords('common');
  const renew = useChange(() => call(api.account['backup-codes'].$post()));
  return (
    <Card className="col">
      <h2>{t('backupCodes')}</h2>
      <p className="muted">{t('backupLeft', { count: left })}</p>
      {renew.data && (
        <ul className="notice ok">
          {renew.data.backupCodes.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ul>
      )}
      <ErrorNotice error={renew.error} />
      <Button busy={renew.isPending && c('sending')} onClick={() => renew.mutate(undefined)}>
        {t('backupRenew')}
      </Button>
    </Card>
  );
}
