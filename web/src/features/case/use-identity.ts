import { api, call } from '../../api/client.ts';
import { useVerb } from './use-verb.ts';

/** Whose identity: a party's, or with `agentId` that of somebody who acts for it. */
export type Whose = { partyId: string; agentId?: string | null };

/** Comparing a person with the document, and the second person's 人证一致. */
export function useIdentity(caseId: string) {
  const parties = api.cases[':caseId'].parties[':partyId'];
  const compare = useVerb(({ partyId, agentId, inPerson }: Whose & { inPerson: boolean }) => {
    const param = { caseId, partyId };
    const method = inPerson ? ('DOCUMENT_IN_PERSON' as const) : ('DOCUMENT_BY_VIDEO' as const);
    const json = { method, samePerson: true as const };
    return agentId
      ? call(parties.agents[':agentId'].identity.$post({ param: { ...param, agentId }, json }))
      : call(parties.identity.$post({ param, json }));
  });
  const attest = useVerb(({ partyId, agentId }: Whose) => {
    const param = { caseId, partyId };
    return agentId
      ? call(parties.agents[':agentId'].identity.attest.$post({ param: { ...param, agentId } }))
      : call(parties.identity.attest.$post({ param }));
  });
  return { compare, attest };
}
