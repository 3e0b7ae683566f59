import { useState } from 'react';
import { api, call } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, ErrorNotice, SelectField, TextField } from '../../ui/index.tsx';
import { localNow } from './local-now.ts';
import type { Case } from './queries.ts';
import { useVerb } from './use-verb.ts';

/** Plans a session; a double booking is refused with the clashing session named. */
export function Schedule({ theCase }: { theCase: Case }) {
  const t = useWords('case');
  const c = useWords('common');
  const [at, setAt] = useState(localNow(5));
  const [minutes, setMinutes] = useState('60');
  const plan = useVerb(() =>
    call(
      api.cases[':caseId'].sessions.$post({
        param: { caseId: theCase.id },
        json: { plannedStart: new Date(`${at}:00+08:00`).toISOString(), minutes: Number(minutes) },
      }),
    ),
  );
  return (
    <div className="col">
      <TextField label={t('when')} type="datetime-local" value={at} onChange={setAt} />
      <SelectField
        label={t('howLong')}
        value={minutes}
        onChange={setMinutes}
        options={['30', '60', '90', '120'].map((value) => ({ value, label: t('minutes', { count: value }) }))}
      />
      <ErrorNotice error={plan.error} />
      <Button look="primary" big wide busy={plan.isPending && c('sending')} onClick={() => plan.mutate()}>
        {t('schedule')}
      </Button>
      <p className="muted small">{t('scheduleHint')}</p>
    </div>
  );
}
