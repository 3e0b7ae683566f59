import { useQuery } from '@tanstack/react-query';
import type { PartyHome } from '@tongxi/server/contract/sign-in.ts';
import { useState } from 'react';
import { api, call } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, Choice, Dialog, ErrorNotice, TextField } from '../../ui/index.tsx';
import { useVerb } from '../case/use-verb.ts';

const kinds = ['EXTENSION', 'CHANGE_MEDIATOR'] as const;

/** A party asks for more time or another mediator, in its own words. */
export function AskButton({ caseId }: { caseId: string }) {
  const t = useWords('procedure');
  const c = useWords('common');
  const [open, setOpen] = useState(false);
  const [kind, setKind] = useState<(typeof kinds)[number]>('EXTENSION');
  const [reason, setReason] = useState('');
  const ask = useVerb(
    () =>
      call(api.cases[':caseId'].requests.$post({ param: { caseId }, json: { kind, reason: reason.trim() } })),
    () => setOpen(false),
  );
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('ask')}</Button>
      {open && (
        <Dialog title={t('ask')} onClose={() => setOpen(false)}>
          {kinds.map((value) => (
            <Choice
              key={value}
              type="radio"
              name="ask-kind"
              checked={kind === value}
              onChange={() => setKind(value)}
            >
              {t(`kind.${value}`)}
            </Choice>
          ))}
          <p className="muted small">{t(`hint.${kind}`)}</p>
          <TextField label={t('reason')} value={reason} onChange={setReason} rows={3} maxLength={300} />
          <ErrorNotice error={ask.error} />
          <Button
            look="primary"
            big
            wide
            disabled={!reason.trim()}
            busy={ask.isPending && c('sending')}
            onClick={() => ask.mutate()}
          >
            {t('ask')}
          </Button>
        </Dialog>
      )}
    </>
  );
}

/** Each invited person waits for this party's own yes; nobody sits in before (人民调解法 20). */
export function InvitedPeople({ home }: { home: PartyHome }) {
  const t = useWords('procedure');
  const { caseId, partyId } = home;
  const theCase = useQuery({
    queryKey: ['case', caseId],
    queryFn: () => call(api.cases[':caseId'].$get({ param: { caseId } })),
  });
  const answer = useVerb(({ staffUserId, agreed }: { staffUserId: string; agreed: boolean }) =>
    call(
      api.cases[':caseId'].parties[':partyId'].observers[':staffUserId'].$post({
        param: { caseId, partyId, staffUserId },
        json: { agreed },
      }),
    ),
  );
  if (!theCase.data?.can.includes('record-consent')) return null;
  return theCase.data.observers.map(({ staffUserId, name, as, language, agreed }) => {
    const yes = agreed.includes(partyId);
    return (
      <section key={staffUserId} className="notice col" aria-label={name}>
        <p>
          {t(yes ? 'youAgreed' : 'mayJoin', {
            name,
            duty: [t(`as.${as ?? 'LIAISON'}`), language].filter(Boolean).join(' '),
          })}
        </p>
        <ErrorNotice error={answer.error} />
        <div className="row">
          <Button onClick={() => answer.mutate({ staffUserId, agreed: !yes })}>
            {t(yes ? 'takeBack' : 'agree')}
          </Button>
        </div>
      </section>
    );
  });
}
