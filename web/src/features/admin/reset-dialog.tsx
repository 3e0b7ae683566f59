import type { Credentials } from '@tongxi/server/contract/staff.ts';
import { useState } from 'react';
import { api, call } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, Dialog, ErrorNotice, TextField } from '../../ui/index.tsx';
import { type StaffMember, useChange } from './queries.ts';

type Props = { person: StaffMember; onClose: () => void; onDone: (fresh: Credentials) => void };

/** Nobody resets a colleague alone: the person reads a code from their own phone, or a second administrator asks too. */
export function ResetDialog({ person, onClose, onDone }: Props) {
  const t = useWords('admin');
  const c = useWords('common');
  const [sentTo, setSentTo] = useState<string | null>(null);
  const [asked, setAsked] = useState(false);
  const [code, setCode] = useState('');
  const reset = useChange((json: { code?: string; byAdministrators?: boolean }) =>
    call(api.staff[':staffUserId'].credentials.$post({ param: { staffUserId: person.id }, json })),
  );
  const run = async (json: { code?: string; byAdministrators?: boolean }) => {
    const answer = await reset.mutateAsync(json).catch(() => null);
    if (answer?.state === 'CODE_SENT') setSentTo(answer.maskedPhone);
    if (answer?.state === 'ASKED') setAsked(true);
    if (answer?.state === 'DONE') onDone(answer.credentials);
  };
  const busy = reset.isPending && c('sending');
  return (
    <Dialog title={t('reset')} onClose={onClose}>
      <p className="notice warn">{t('confirm.reset', { name: person.name })}</p>
      <ErrorNotice error={reset.error} />
      {asked ? (
        <p role="status">{t('resetAsked')}</p>
      ) : sentTo ? (
        <form
          className="col"
          onSubmit={(event) => {
            event.preventDefault();
            void run({ code });
          }}
        >
          <p>{t('resetCodeSent', { name: person.name, phone: sentTo })}</p>
          <TextField
            label={t('resetCode')}
            inputMode="numeric"
            autoComplete="off"
            maxLength={6}
            value={code}
            onChange={(next) => setCode(next.replace(/\D/g, ''))}
          />
          <Button look="seal" big type="submit" disabled={code.length !== 6} busy={busy}>
            {t('reset')}
          </Button>
        </form>
      ) : (
        <>
          <p>{t(person.maskedPhone ? 'resetByPhone' : 'resetNoPhone', { name: person.name })}</p>
          {person.maskedPhone && (
            <Button look="primary" big busy={busy} onClick={() => void run({})}>
              {t('resetSend', { phone: person.maskedPhone })}
            </Button>
          )}
          <Button busy={busy} onClick={() => void run({ byAdministrators: true })}>
            {t('resetByTwo')}
          </Button>
        </>
      )}
    </Dialog>
  );
}
