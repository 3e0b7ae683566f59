import { useWords } from '../../i18n/index.ts';
import { Button, ErrorNotice, Tag } from '../../ui/index.tsx';
import { CannotWrite } from '../ceremony/cannot-write.tsx';
import { RegisterSeal } from '../ceremony/register-seal.tsx';
import { PhoneOf } from '../phones/index.ts';
import { Representatives } from '../representation/index.ts';
import { hasConsented } from './has-consented.ts';
import type { Case, Party } from './queries.ts';
import { useIdentity } from './use-identity.ts';

/** One party: consents, identity, who stands for it, and what can be done about each. */
export function PersonCard({
  theCase,
  party,
  onSheet,
  onInvite,
}: {
  theCase: Case;
  party: Party;
  onSheet: () => void;
  onInvite: () => void;
}) {
  const t = useWords('case');
  const can = (action: Case['can'][number]) => theCase.can.includes(action);
  const consented = hasConsented(party);
  const { compare, attest } = useIdentity(theCase.id);
  return (
    <section className="card col" aria-label={party.name} data-party={party.id}>
      <div className="row">
        <h3 className="grow">
          {party.name} <span className="muted">{t(`side.${party.side}`)}</span>
        </h3>
        <Tag kind={consented ? 'ok' : 'warn'}>{t(consented ? 'consented' : 'notConsented')}</Tag>
        <Tag
          kind={
            party.identity ? (party.identity.attestedBy || party.identity.witness ? 'ok' : 'warn') : 'warn'
          }
        >
          {t(
            party.identity
              ? party.identity.attestedBy || party.identity.witness
                ? 'identityDone'
                : 'identityHalf'
              : 'identityOpen',
          )}
        </Tag>
      </div>
      <dl className="facts">
        {party.idNumberMasked && (
          <>
            <dt>{t('idNumber')}</dt>
            <dd>{party.idNumberMasked}</dd>
          </>
        )}
        {party.maskedPhone && (
          <>
            <dt>{t('phone')}</dt>
            <dd>{party.maskedPhone}</dd>
          </>
        )}
        {party.address && (
          <>
            <dt>{t('address')}</dt>
            <dd>{party.address}</dd>
          </>
        )}
        {party.identity && (
          <>
            <dt>{t('checked')}</dt>
            <dd>
              {t(`status:identity.${party.identity.method}`)} · {party.identity.checkedBy}
              {party.identity.attestedBy ? ` · ${t('attestedBy', { name: party.identity.attestedBy })}` : ''}
            </dd>
          </>
        )}
      </dl>
      <ErrorNotice error={compare.error ?? attest.error} />
      <div className="row">
        <PhoneOf theCase={theCase} party={party} />
        <CannotWrite theCase={theCase} party={party} />
        <RegisterSeal theCase={theCase} party={party} />
        {can('record-consent') && <Button onClick={onSheet}>{t('sheet')}</Button>}
        {can('invite-party') && !party.usesStation && <Button onClick={onInvite}>{t('invite')}</Button>}
        {can('verify-identity') && !party.identity && (
          <Button onClick={() => compare.mutate({ partyId: party.id, inPerson: party.usesStation })}>
            {t(party.usesStation ? 'verifyHere' : 'verifyVideo')}
          </Button>
        )}
        {can('attest-identity') && party.identity && !party.identity.attestedBy && (
          <Button onClick={() => attest.mutate({ partyId: party.id })}>
            {t('attest', { name: party.name })}
          </Button>
        )}
      </div>
      <Representatives theCase={theCase} party={party} />
    </section>
  );
}
