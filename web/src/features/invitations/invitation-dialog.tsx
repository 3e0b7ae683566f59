import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, call } from '../../api/client.ts';
import { formatMoment, useLanguage, useWords } from '../../i18n/index.ts';
import { Button, Dialog, ErrorNotice, Tag, Waiting } from '../../ui/index.tsx';

type Props = { caseId: string; partyId: string; agentId?: string; onClose: () => void };

/** One person's way in: QR code to scan here, eight digits to read out, or a text message; revocable. */
export function InvitationDialog({ caseId, partyId, agentId, onClose }: Props) {
  const t = useWords('sign-in');
  const c = useWords('common');
  const language = useLanguage();
  const queries = useQueryClient();
  const list = useQuery({
    queryKey: ['invitations', caseId],
    queryFn: () => call(api.cases[':caseId'].invitations.$get({ param: { caseId } })),
    staleTime: 0,
  });
  const person = list.data?.find((p) => p.partyId === partyId && p.agentId === (agentId ?? null));
  const input = { param: { caseId, partyId }, query: agentId ? { agentId } : {} };
  const refresh = () =>
    Promise.all(['invitations', 'case'].map((key) => queries.invalidateQueries({ queryKey: [key] })));
  const path = api.cases[':caseId'].parties[':partyId'].invitation;
  const send = useMutation({ mutationFn: () => call(path.$post(input)), onSuccess: refresh });
  const revoke = useMutation({ mutationFn: () => call(path.$delete(input)), onSuccess: refresh });
  const invitation = person?.invitation ?? null;
  const living = invitation?.link != null;
  const name = person?.name ?? '';
  return (
    <Dialog title={t('inviteTitle', { name })} onClose={onClose}>
      {list.isPending && <Waiting>{c('loading')}</Waiting>}
      <ErrorNotice error={list.error ?? send.error ?? revoke.error} />
      {invitation && (
        <p className="row">
          <Tag kind={invitation.state === 'USED' ? 'ok' : living ? 'info' : 'warn'}>
            {t(`inviteState.${invitation.state}`)}
          </Tag>
          <span className="muted small">
            {t('inviteUntil', { at: formatMoment(invitation.expiresAt, language) })}
          </span>
        </p>
      )}
      {invitation && living && (
        <>
          <p>{t('inviteScan', { name })}</p>
          <img
            alt={t('inviteQr', { name })}
            width={240}
            height={240}
            src={`/api/cases/${caseId}/invitations/${invitation.id}/qr`}
          />
          <p>
            {t('inviteSpoken')}{' '}
            <strong className="time">{invitation.spokenCode?.replace(/(\d{4})/, '$1 ')}</strong>
          </p>
          <p className="notice small">{invitation.link}</p>
        </>
      )}
      {send.isSuccess && (
        <p className="notice ok" role="status">
          {t(person?.maskedPhone ? 'inviteSent' : 'inviteMade', { phone: person?.maskedPhone })}
        </p>
      )}
      {person && (
        <div className="row">
          {(!living || person.maskedPhone) && (
            <Button
              look={living ? 'plain' : 'primary'}
              busy={send.isPending && c('sending')}
              onClick={() => send.mutate()}
            >
              {t(living ? 'inviteAgain' : person.maskedPhone ? 'inviteSend' : 'inviteMake')}
            </Button>
          )}
          {living && (
            <Button disabled={revoke.isPending} onClick={() => revoke.mutate()}>
              {t('inviteRevoke')}
            </Button>
          )}
        </div>
      )}
    </Dialog>
  );
}
