import { useState } from 'react';
import { api, call } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, Dialog, ErrorNotice, SelectField, TextField } from '../../ui/index.tsx';
import type { Case } from './queries.ts';
import { useVerb } from './use-verb.ts';

const endCodes = [
  'SETTLED_WITHDRAWN',
  'UNREACHABLE',
  'UNWILLING',
  'DIVERGENCE',
  'EXPIRED',
  'REFUSED_TO_SIGN',
  'OTHER',
] as const;

/** Ends the case without an agreement; cannot be undone, so it stands last and asks for the reason. */
export function EndCase({ theCase }: { theCase: Case }) {
  const t = useWords('case');
  const [open, setOpen] = useState(false);
  const [code, setCode] = useState<(typeof endCodes)[number]>('DIVERGENCE');
  const [reason, setReason] = useState('');
  const end = useVerb(
    () => call(api.cases[':caseId'].end.$post({ param: { caseId: theCase.id }, json: { code, reason } })),
    () => setOpen(false),
  );
  const over = [
    'REFUSED',
    'UNREACHABLE',
    'NO_AGREEMENT',
    'CLOSED',
    'ARCHIVED',
    'PERFORMING',
    'RETURNED',
    'TRANSFERRED',
    'BREACHED',
    'SUSPENDED',
  ].includes(theCase.status);
  if (!theCase.can.includes('terminate') || over) return null;
  return (
    <>
      <Button look="ghost" onClick={() => setOpen(true)}>
        {t('end')}
      </Button>
      {open && (
        <Dialog title={t('end')} onClose={() => setOpen(false)}>
          <p>{t('endHint')}</p>
          <SelectField
            label={t('endCode')}
            value={code}
            onChange={(v) => setCode(v as typeof code)}
            options={endCodes.map((value) => ({ value, label: t(`endCodes.${value}`) }))}
          />
          <TextField label={t('reason')} value={reason} onChange={setReason} rows={2} />
          <ErrorNotice error={end.error} />
          <Button look="seal" big disabled={!reason.trim()} onClick={() => end.mutate()}>
            {t('end')}
          </Button>
        </Dialog>
      )}
    </>
  );
}
