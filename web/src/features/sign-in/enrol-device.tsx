import { useState } from 'react';
import { api, call } from '../../api/client.ts';
import { newDeviceKey } from '../../api/device-key.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, ErrorNotice, TextField } from '../../ui/index.tsx';
import { useStep } from './queries.ts';

/** Once per station: the administrator's code makes this browser the station's device. */
export function EnrolDevice() {
  const t = useWords('sign-in');
  const c = useWords('common');
  const [code, setCode] = useState('');
  const enrol = useStep(async () => {
    const key = await newDeviceKey();
    const answer = await call(api.devices.enrol.$post({ json: { code, publicKey: key.publicKey } }));
    await key.keep();
    return answer;
  });
  return (
    <details>
      <summary>{t('enrolSummary')}</summary>
      <form
        className="col"
        onSubmit={(event) => {
          event.preventDefault();
          enrol.mutate(undefined);
        }}
      >
        <TextField
          label={t('enrolCode')}
          hint={t('enrolHint')}
          value={code}
          onChange={setCode}
          autoComplete="off"
          maxLength={20}
        />
        <ErrorNotice error={enrol.error} />
        <Button type="submit" disabled={code.trim().length < 10} busy={enrol.isPending && c('sending')}>
          {t('enrol')}
        </Button>
      </form>
    </details>
  );
}
