import { useState } from 'react';
import { api, call } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, Dialog, ErrorNotice, Tag, TextField } from '../../ui/index.tsx';
import type { useCase } from '../case/queries.ts';
import { useIdentity } from '../case/use-identity.ts';
import { useVerb } from '../case/use-verb.ts';
import { InvitationDialog } from '../invitations/index.ts';
import { AddAgentDialog } from './add-agent-dialog.tsx';
import { VerifyDialog } from './verify-dialog.tsx';

export type CaseOfPage = NonNullable<ReturnType<typeof useCase>['data']>;
type Party = CaseOfPage['parties'][number];
export type Agent = Party['agents'][number];

/** Who acts for this party and with what authority; whether the party can act itself. */
export function Representatives({ theCase, party }: { theCase: CaseOfPage; party: Party }) {
  const t = useWords('representation');
  const [adding, add] = useState(false);
  const [doubting, doubt] = useState(false);
  const can = (action: CaseOfPage['can'][number]) => theCase.can.includes(action);
  const guarded = party.agents.some((a) => a.kind === 'GUARDIAN' && a.verified);
  return (
    <div className="col">
      {party.capacity !== 'FULL' && (
        <p className={guarded ? 'notice' : 'notice warn'}>
          {t(`minor.${party.capacity}`, { name: party.name })}
        </p>
      )}
      {party.capacityDoubt && (
        <p className="notice seal">{t('doubted', { name: party.name, reason: party.capacityDoubt })}</p>
      )}
      {party.agents.map((agent) => (
        <AgentCard key={agent.id} theCase={theCase} party={party} agent={agent} />
      ))}
      <div className="row">
        {can('add-agent') && <Button onClick={() => add(true)}>{t('addAgent')}</Button>}
        {can('doubt-capacity') && party.kind === 'PERSON' && (
          <Button look="ghost" onClick={() => doubt(true)}>
            {t(party.capacityDoubt ? 'clearDoubt' : 'doubt')}
          </Button>
        )}
      </div>
      {adding && (
        <AddAgentDialog
          caseId={theCase.id}
          partyId={party.id}
          partyName={party.name}
          minor={party.capacity !== 'FULL'}
          onClose={() => add(false)}
        />
      )}
      {doubting && <DoubtDialog caseId={theCase.id} party={party} onClose={() => doubt(false)} />}
    </div>
  );
}

function AgentCard({ theCase, party, agent }: { theCase: CaseOfPage; party: Party; agent: Agent }) {
  const t = useWords('representation');
  const [verifying, open] = useState(false);
  const [inviting, invite] = useState(false);
  const param = { caseId: theCase.id, partyId: party.id, agentId: agent.id };
  const path = api.cases[':caseId'].parties[':partyId'].agents[':agentId'];
  const can = (action: CaseOfPage['can'][number]) => theCase.can.includes(action);
  const { compare, attest } = useIdentity(theCase.id);
  const consent = useVerb((agreed: boolean) => call(path.consent.$post({ param, json: { agreed } })));
  const guardian = agent.kind === 'GUARDIAN';
  const settled = agent.identity?.attestedBy;
  return (
    <section className="card col" aria-label={agent.name} data-agent={agent.id}>
      <strong>
        {agent.name}{' '}
        <span className="muted">
          {t(`kind.${agent.kind}`)}
          {agent.relation ? ` · ${agent.relation}` : ''}
        </span>
      </strong>
      <div className="row">
        <Tag kind={agent.verified ? 'ok' : 'warn'}>{t(agent.verified ? 'verified' : 'unverified')}</Tag>
        <Tag kind={settled ? 'ok' : 'warn'}>
          {t(settled ? 'identityDone' : agent.identity ? 'identityHalf' : 'identityOpen')}
        </Tag>
      </div>
      <p className="small">
        {!guardian &&
          (agent.special
            ? t('specialWith', { powers: agent.powers.map((p) => t(`power.${p}`)).join(t('comma')) })
            : t('general'))}{' '}
        {(agent.validFrom || agent.validTo) &&
          t('period', { from: agent.validFrom ?? '…', to: agent.validTo ?? '…' })}{' '}
        {agent.verifiedBy && <span className="muted">{t('verifiedBy', { name: agent.verifiedBy })}</span>}{' '}
        <span className="muted">
          {[agent.idNumberMasked, agent.maskedPhone].filter((value) => value !== null).join(' · ')}
        </span>
      </p>
      {guardian && party.capacity === 'LIMITED' && (
        <p className="small">{t(agent.consented ? 'consented' : 'notConsented', { name: party.name })}</p>
      )}
      <ErrorNotice error={compare.error ?? attest.error ?? consent.error} />
      <div className="row">
        {can('verify-agent') && !agent.verified && !agent.mine && (
          <Button look="primary" onClick={() => open(true)}>
            {t(guardian ? 'verifyGuardian' : 'verifyPaper')}
          </Button>
        )}
        {!agent.verified && agent.mine && <span className="muted small">{t('otherVerifies')}</span>}
        {can('verify-identity') && !agent.identity && (
          <Button
            onClick={() =>
              compare.mutate({ partyId: party.id, agentId: agent.id, inPerson: party.usesStation })
            }
          >
            {t('compare', { name: agent.name })}
          </Button>
        )}
        {can('attest-identity') && agent.identity && !agent.identity.attestedBy && (
          <Button onClick={() => attest.mutate({ partyId: party.id, agentId: agent.id })}>
            {t('attest', { name: agent.name })}
          </Button>
        )}
        {can('guardian-consent') && guardian && agent.verified && party.capacity === 'LIMITED' && (
          <Button onClick={() => consent.mutate(!agent.consented)}>
            {t(agent.consented ? 'takeConsentBack' : 'recordConsent')}
          </Button>
        )}
        {can('invite-party') && <Button onClick={() => invite(true)}>{t('invite')}</Button>}
      </div>
      {verifying && (
        <VerifyDialog theCase={theCase} partyId={party.id} agent={agent} onClose={() => open(false)} />
      )}
      {inviting && (
        <InvitationDialog
          caseId={theCase.id}
          partyId={party.id}
          agentId={agent.id}
          onClose={() => invite(false)}
        />
      )}
    </section>
  );
}

function DoubtDialog({ caseId, party, onClose }: { caseId: string; party: Party; onClose: () => void }) {
  const t = useWords('representation');
  const [reason, setReason] = useState('');
  const doubted = party.capacityDoubt === null;
  const save = useVerb(
    () =>
      call(
        api.cases[':caseId'].parties[':partyId'].capacity.$post({
          param: { caseId, partyId: party.id },
          json: { doubted, reason: reason.trim() },
        }),
      ),
    onClose,
  );
  return (
    <Dialog title={t(doubted ? 'doubt' : 'clearDoubt')} onClose={onClose}>
      <p>{t(doubted ? 'doubtHint' : 'clearHint', { name: party.name })}</p>
      <TextField label={t('reason')} value={reason} onChange={setReason} rows={3} maxLength={500} />
      <ErrorNotice error={save.error} />
      <Button look="primary" big disabled={!reason.trim()} onClick={() => save.mutate()}>
        {t(doubted ? 'doubt' : 'clearDoubt')}
      </Button>
    </Dialog>
  );
}
