import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, call } from '../../api/client.ts';
import { listMark, useWords } from '../../i18n/index.ts';
import { Button, Card, Choice, Dialog, ErrorNotice, TextField } from '../../ui/index.tsx';

export function useOffers(enabled = true) {
  return useQuery({ queryKey: ['offers'], queryFn: () => call(api.offers.$get()), enabled });
}

/** Offers to the mediator: accept with disclosure, or decline with a reason. */
export function Offers() {
  const t = useWords('home');
  const offers = useOffers();
  const [answering, answer] = useState<string | null>(null);
  const offer = offers.data?.find((o) => o.appointmentId === answering);
  if (!offers.data || offers.data.length === 0) return null;
  return (
    <>
      <h1>{t('offers', { count: offers.data.length })}</h1>
      {offers.data.map((one) => (
        <Card key={one.appointmentId} className="session-card next">
          <span />
          <div>
            <h2>{one.title}</h2>
            <p className="muted">{t('offerParties', { names: one.parties.join(listMark()) })}</p>
          </div>
          <Button look="primary" big onClick={() => answer(one.appointmentId)}>
            {t('status:step.ANSWER_OFFER')}
          </Button>
        </Card>
      ))}
      {offer && <AnswerOffer offer={offer} onClose={() => answer(null)} />}
    </>
  );
}

function AnswerOffer({
  offer,
  onClose,
}: {
  offer: { appointmentId: string; parties: string[]; title: string };
  onClose: () => void;
}) {
  const t = useWords('home');
  const c = useWords('common');
  const queries = useQueryClient();
  const [tied, setTied] = useState<boolean | null>(null);
  const [statement, setStatement] = useState('');
  const [reason, setReason] = useState('');
  const send = useMutation({
    mutationFn: (accept: boolean) =>
      call(
        api.offers[':appointmentId'].$post({
          param: { appointmentId: offer.appointmentId },
          json: accept
            ? { accept: true, ties: tied ? [statement] : [], statement: tied ? statement : t('noTies') }
            : { accept: false, reason },
        }),
      ),
    onSuccess: async () => {
      await queries.invalidateQueries();
      onClose();
    },
  });
  return (
    <Dialog title={offer.title} onClose={onClose}>
      <p>{t('discloseLead', { names: offer.parties.join(listMark()) })}</p>
      <Choice type="radio" name="ties" checked={tied === false} onChange={() => setTied(false)}>
        {t('noTies')}
      </Choice>
      <Choice type="radio" name="ties" checked={tied === true} onChange={() => setTied(true)}>
        {t('someTies')}
      </Choice>
      {tied && <TextField label={t('tiesWhat')} value={statement} onChange={setStatement} rows={2} />}
      <ErrorNotice error={send.error} />
      <Button
        look="primary"
        big
        disabled={tied === null || (tied && statement.trim() === '')}
        busy={send.isPending && c('sending')}
        onClick={() => send.mutate(true)}
      >
        {t('accept')}
      </Button>
      <details>
        <summary>{t('decline')}</summary>
        <div className="col">
          <TextField label={t('declineReason')} value={reason} onChange={setReason} rows={2} />
          <Button disabled={reason.trim() === ''} onClick={() => send.mutate(false)}>
            {t('decline')}
          </Button>
        </div>
      </details>
    </Dialog>
  );
}
