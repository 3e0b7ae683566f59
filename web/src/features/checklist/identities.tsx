import { useState } from 'react';
import { api, call } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, Dialog, ErrorNotice, TextField } from '../../ui/index.tsx';
import { useIdentity } from '../case/use-identity.ts';
import { useVerb } from '../case/use-verb.ts';
import { type CaseOfPage, VerifyDialog } from '../representation/index.ts';
import type { Session } from '../room/use-session.ts';

type Line = Session['checklist'][number];
type Party = CaseOfPage['parties'][number];
type Agent = Party['agents'][number];

/** Compares the next person with the document: a party, somebody who acts for one, or another who is here. */
export function CheckIdentity({
  session,
  theCase,
  line,
}: {
  session: Session;
  theCase: CaseOfPage;
  line: Line;
}) {
  const t = useWords('session');
  const r = useWords('representation');
  const [asking, ask] = useState(false);
  const party = theCase.parties.find((p) => p.id === line.partyId);
  const acting = party ? undefined : actingAs(theCase, line.agentId);
  const { compare } = useIdentity(theCase.id);
  // An agent is known by name and by authority: the paper first.
  const paper = acting && !acting.agent.verified && theCase.can.includes('verify-agent');
  const may =
    party || acting ? theCase.can.includes('verify-identity') : session.can.includes('complete-check');
  if (!may && !paper) return null;
  const known = acting?.party ?? party;
  const press = () => {
    if (paper || !known) ask(true);
    else
      compare.mutate({ partyId: known.id, agentId: acting?.agent.id ?? null, inPerson: known.usesStation });
  };
  return (
    <>
      <ErrorNotice error={compare.error} />
      <Button look="primary" big wide onClick={press}>
        {paper
          ? r(acting.agent.kind === 'GUARDIAN' ? 'verifyGuardianOf' : 'verifyPaperOf', { name: line.name })
          : t('checkIdentityOf', { name: line.name })}
      </Button>
      {asking && paper && (
        <VerifyDialog
          theCase={theCase}
          partyId={acting.party.id}
          agent={acting.agent}
          onClose={() => ask(false)}
        />
      )}
      {asking && !paper && <DocumentDialog session={session} line={line} onClose={() => ask(false)} />}
    </>
  );
}

/** 人证一致 by a second person, for whoever was compared and waits for it. */
export function Attestations({ theCase }: { theCase: CaseOfPage }) {
  const t = useWords('session');
  const { attest } = useIdentity(theCase.id);
  const [next] = theCase.parties.flatMap((party) => [
    ...(party.identity && !party.identity.attestedBy && !party.identity.witness
      ? [{ name: party.name, partyId: party.id, agentId: null }]
      : []),
    ...party.agents
      .filter((agent) => agent.identity && !agent.identity.attestedBy)
      .map((agent) => ({ name: agent.name, partyId: party.id, agentId: agent.id })),
  ]);
  if (!next || !theCase.can.includes('attest-identity')) return null;
  return (
    <>
      <ErrorNotice error={attest.error} />
      <Button wide onClick={() => attest.mutate(next)}>
        {t('attest', { name: next.name })}
      </Button>
    </>
  );
}

/** Who is neither party nor staff: which document was compared is kept. */
function DocumentDialog({ session, line, onClose }: { session: Session; line: Line; onClose: () => void }) {
  const t = useWords('session');
  const [document, name] = useState('');
  const done = useVerb(
    () =>
      call(
        api.sessions[':sessionId'].checks.$post({
          param: { sessionId: session.id },
          json: { kind: 'IDENTITY', attendeeId: line.attendeeId ?? '', document },
        }),
      ),
    onClose,
  );
  return (
    <Dialog title={t('checkIdentityOf', { name: line.name })} onClose={onClose}>
      <TextField label={t('whichDocument')} value={document} onChange={name} />
      <ErrorNotice error={done.error} />
      <Button look="primary" big disabled={!document.trim()} onClick={() => done.mutate()}>
        {t('documentSeen')}
      </Button>
    </Dialog>
  );
}

function actingAs(theCase: CaseOfPage, agentId: string | null): { party: Party; agent: Agent } | undefined {
  return theCase.parties
    .flatMap((party) => party.agents.map((agent) => ({ party, agent })))
    .find(({ agent }) => agent.id === agentId);
}
