import { useState } from 'react';
import { api, call } from '../../api/client.ts';
import { colon, useWords } from '../../i18n/index.ts';
import { Button, Choice, Dialog, ErrorNotice, TextField } from '../../ui/index.tsx';
import { useVerb } from '../case/use-verb.ts';
import type { After } from './use-after.ts';

type Party = { id: string; name: string; address: string | null };

/** 送达地址确认书: where each party wants its papers. */
export function Addresses({
  caseId,
  after,
  parties,
  edit,
}: {
  caseId: string;
  after: After;
  parties: Party[];
  edit: boolean;
}) {
  const t = useWords('after');
  const [of, open] = useState<Party | null>(null);
  return (
    <section className="col" aria-label={t('addresses')}>
      <h3>{t('addresses')}</h3>
      {after.addresses.map((a) => (
        <div key={a.partyId} className="row">
          <span className="grow">
            {a.name}
            {colon()}
            {a.electronic === null ? t('addressMissing') : t(a.electronic ? 'electronic' : 'byPost')}
          </span>
          {edit && (
            <Button onClick={() => open(parties.find((p) => p.id === a.partyId) ?? null)}>
              {t('confirmAddress')}
            </Button>
          )}
        </div>
      ))}
      {of && <AddressDialog caseId={caseId} party={of} onClose={() => open(null)} />}
    </section>
  );
}

function AddressDialog({ caseId, party, onClose }: { caseId: string; party: Party; onClose: () => void }) {
  const t = useWords('after');
  const [electronic, setElectronic] = useState(true);
  const [receiver, setReceiver] = useState(party.name);
  const [address, setAddress] = useState(party.address ?? '');
  const [phone, setPhone] = useState('');
  const send = useVerb(
    () =>
      call(
        api.cases[':caseId'].parties[':partyId']['service-address'].$post({
          param: { caseId, partyId: party.id },
          json: { electronic, receiver, address, ...(phone.trim() ? { phone: phone.trim() } : {}) },
        }),
      ),
    onClose,
  );
  return (
    <Dialog title={t('confirmAddress') + colon() + party.name} onClose={onClose}>
      <p className="muted">{t('addressHint')}</p>
      <Choice type="checkbox" checked={electronic} onChange={() => setElectronic(!electronic)}>
        {t('agreeElectronic')}
      </Choice>
      <TextField label={t('phone')} inputMode="tel" value={phone} onChange={setPhone} />
      <TextField label={t('address')} value={address} onChange={setAddress} />
      <TextField label={t('receiver')} value={receiver} onChange={setReceiver} />
      <ErrorNotice error={send.error} />
      <Button look="primary" big disabled={!address.trim() || !receiver.trim()} onClick={() => send.mutate()}>
        {t('save')}
      </Button>
    </Dialog>
  );
}
