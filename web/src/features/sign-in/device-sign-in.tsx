import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api, call } from '../../api/client.ts';
import { proveDevice } from '../../api/device-key.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, Card, Choice, ErrorNotice, TextField, Waiting } from '../../ui/index.tsx';
import { useDeviceSignIn, useStep } from './queries.ts';

/** A fresh challenge, signed by this device's key. */
async function proofOfDevice() {
  const { challenge } = await call(api['sign-in'].device.$get());
  const proof = await proveDevice(challenge);
  return proof ? { proof } : {};
}

/** The station's name is on the screen; the director needs nothing but the code on their phone. */
export function DeviceSignIn({ station }: { station: string }) {
  const t = useWords('sign-in');
  const c = useWords('common');
  const device = useDeviceSignIn(true);
  const [chosen, choose] = useState('');
  const [code, setCode] = useState('');
  const people = device.data?.people ?? [];
  const staffUserId = chosen || (people.length === 1 ? (people[0]?.id ?? '') : '');
  const send = useMutation({
    mutationFn: async () =>
      call(api['sign-in'].device.code.$post({ json: { staffUserId, ...(await proofOfDevice()) } })),
    onSuccess: () => setCode(''),
  });
  const verify = useStep(async () =>
    call(api['sign-in'].device.verify.$post({ json: { staffUserId, code, ...(await proofOfDevice()) } })),
  );
  useEffect(() => {
    if (send.data) document.getElementById('station-code')?.querySelector('input')?.focus();
  }, [send.data]);
  return (
    <Card className="col next">
      <h2>{station}</h2>
      <p className="muted">{t('deviceHint')}</p>
      {device.error && <ErrorNotice error={device.error} />}
      {!device.data && !device.error && <Waiting>{c('loading')}</Waiting>}
      {device.data && people.length === 0 && <p className="notice warn">{t('nobodyHere')}</p>}
      {people.map((person) => (
        <Choice
          key={person.id}
          type="radio"
          name="person"
          checked={staffUserId === person.id}
          onChange={() => {
            choose(person.id);
            send.reset();
          }}
        >
          <strong>{person.name}</strong>
        </Choice>
      ))}
      {!send.data ? (
        <Button
          look="primary"
          big
          wide
          disabled={!staffUserId}
          busy={send.isPending && c('sending')}
          onClick={() => send.mutate()}
        >
          {t('getCode')}
        </Button>
      ) : (
        <form
          id="station-code"
          className="col"
          onSubmit={(event) => {
            event.preventDefault();
            verify.mutate(undefined);
          }}
        >
          <p role="status">{t('codeSent', { phone: send.data.maskedPhone })}</p>
          <TextField
            label={t('smsCode')}
            value={code}
            onChange={(value) => setCode(value.replace(/\D/g, ''))}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={6}
          />
          <Button
            look="primary"
            big
            wide
            type="submit"
            disabled={code.length !== 6}
            busy={verify.isPending && c('sending')}
          >
            {t('enter')}
          </Button>
          <Button look="ghost" disabled={send.isPending} onClick={() => send.mutate()}>
            {t('again')}
          </Button>
        </form>
      )}
      <ErrorNotice error={verify.error ?? send.error} />
    </Card>
  );
}
