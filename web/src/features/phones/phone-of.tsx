import { useQuery } from '@tanstack/react-query';
import type { PhoneChangeView } from '@tongxi/server/contract/phones.ts';
import { useState } from 'react';
import { api, call } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, Dialog, ErrorNotice, TextField } from '../../ui/index.tsx';
import type { Case, Party } from '../case/queries.ts';
import { useVerb } from '../case/use-verb.ts';

/** Another number for a party: one enters it, another confirms it, and it signs nothing on that day. */
export function PhoneOf({ theCase, party }: { theCase: Case; party: Party }) {
  const t = useWords('phones');
  const [changing, change] = useState(false);
  const sees = theCase.can.includes('approve-phone');
  const query = useQuery({
    queryKey: ['case', theCase.id, 'phones'],
    queryFn: () => call(api.cases[':caseId']['phone-changes'].$get({ param: { caseId: theCase.id } })),
    enabled: sees,
  });
  const waiting = (query.data ?? []).filter((p) => p.partyId === party.id && p.decidedAt === null);
  return (
    <>
      {waiting.map((one) => (
        <Waiting key={one.id} caseId={theCase.id} change={one} />
      ))}
      {theCase.can.includes('change-phone') && (
        <Button onClick={() => change(true)}>{t('change', { name: party.name })}</Button>
      )}
      {changing && <ChangePhone theCase={theCase} party={party} onClose={() => change(false)} />}
    </>
  );
}

function Waiting({ caseId, change }: { caseId: string; change: PhoneChangeView }) {
  const t = useWords('phones');
  const decide = useVerb((approve: boolean) =>
    call(
      api.cases[':caseId']['phone-changes'][':changeId'].$post({
        param: { caseId, changeId: change.id },
        json: { approve },
      }),
    ),
  );
  return (
    <div className="notice col" data-phone-change={change.mine ? 'mine' : 'theirs'}>
      <div>{t('waiting', { name: change.name, phone: change.maskedPhone, by: change.enteredBy })}</div>
      <div className="small">{change.reason}</div>
      {change.mine ? (
        <div className="small">{t('second')}</div>
      ) : (
        <div className="row">
          <Button look="primary" onClick={() => decide.mutate(true)}>
            {t('approve')}
          </Button>
          <Button onClick={() => decide.mutate(false)}>{t('refuse')}</Button>
        </div>
      )}
      <ErrorNotice error={decide.error} />
    </div>
  );
}

function ChangePhone({ theCase, party, onClose }: { theCase: Case; party: Party; onClose: () => void }) {
  const t = useWords('phones');
  const c = useWords('common');
  const [phone, setPhone] = useState('');
  const [reason, setReason] = useState('');
  const save = useVerb(
    () =>
      call(
        api.cases[':caseId'].parties[':partyId'].phone.$post({
          param: { caseId: theCase.id, partyId: party.id },
          json: { phone, reason },
        }),
      ),
    onClose,
  );
  return (
    <Dialog title={t('change', { name: party.name })} onClose={onClose}>
      <p>{t('hint')}</p>
      <TextField
        label={t('phone')}
        inputMode="tel"
        maxLength={11}
        value={phone}
        onChange={(next) => setPhone(next.replace(/\D/g, ''))}
      />
      <TextField label={t('reason')} value={reason} onChange={setReason} maxLength={200} />
      <ErrorNotice error={save.error} />
      <Button
        look="primary"
        big
        wide
        disabled={!/^1[3-9]\d{9}$/.test(phone) || !reason.trim()}
        busy={save.isPending && c('sending')}
        onClick={() => save.mutate()}
      >
        {c('save')}
      </Button>
    </Dialog>
  );
}
