import { useState } from 'react';
import { ApiError, api, call } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, Dialog, ErrorNotice, TextField } from '../../ui/index.tsx';
import type { Credentials } from './credentials-dialog.tsx';
import { useChange } from './queries.ts';

/** Name, account, phone: duties come after. */
export function CreateStaffDialog({
  onClose,
  onCreated,
}: {
  onClose: () => void;
  onCreated: (fresh: Credentials) => void;
}) {
  const t = useWords('admin');
  const c = useWords('common');
  const [name, setName] = useState('');
  const [loginName, setLoginName] = useState('');
  const [phone, setPhone] = useState('');
  const create = useChange(() =>
    call(api.staff.$post({ json: { name: name.trim(), loginName, ...(phone ? { phone } : {}) } })),
  );
  const taken =
    create.error instanceof ApiError && create.error.code === 'CONFLICT' ? create.error.details.fields : [];
  const isTaken = (field: string) => (Array.isArray(taken) && taken.includes(field) ? t('taken') : undefined);
  const ready =
    name.trim() !== '' && /^[a-z0-9][a-z0-9._-]{2,39}$/.test(loginName) && /^(1[3-9]\d{9})?$/.test(phone);
  return (
    <Dialog title={t('newPerson')} onClose={onClose}>
      <form
        className="col"
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate(undefined, { onSuccess: onCreated });
        }}
      >
        <TextField label={t('name')} value={name} onChange={setName} maxLength={60} autoComplete="off" />
        <TextField
          label={t('loginName')}
          hint={t('loginHint')}
          value={loginName}
          onChange={(value) => setLoginName(value.toLowerCase())}
          problem={isTaken('loginName')}
          maxLength={40}
          autoComplete="off"
        />
        <TextField
          label={t('phone')}
          hint={t('phoneHint')}
          value={phone}
          onChange={(value) => setPhone(value.replace(/\D/g, ''))}
          problem={isTaken('phone')}
          inputMode="tel"
          maxLength={11}
          autoComplete="off"
        />
        <ErrorNotice error={create.error} />
        <Button look="primary" big type="submit" disabled={!ready} busy={create.isPending && c('sending')}>
          {t('create')}
        </Button>
      </form>
    </Dialog>
  );
}
