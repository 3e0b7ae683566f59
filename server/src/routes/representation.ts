import { createRoute, z } from '@hono/zod-openapi';
import { IdentityInput } from '../contract/case.ts';
import {
  AgentInput,
  AuthorityInput,
  CapacityInput,
  GuardianConsentInput,
} from '../contract/representation.ts';
import { ctxOf, resource } from '../http/app-env.ts';
import { answers, body, Done, done, Id } from '../http/responses.ts';
import { attestIdentity, verifyIdentity } from '../services/identity/verify-identity.ts';
import { addAgent } from '../services/representation/add-agent.ts';
import { answerGuardianConsent, doubtCapacity } from '../services/representation/capacity.ts';
import { verifyAuthority } from '../services/representation/verify-authority.ts';

const partyParam = z.object({ caseId: Id, partyId: Id });
const agentParam = z.object({ caseId: Id, partyId: Id, agentId: Id });
const ofParty = '/cases/{caseId}/parties/{partyId}' as const;
const ofAgent = `${ofParty}/agents/{agentId}` as const;

const add = createRoute({
  method: 'post',
  path: `${ofParty}/agents`,
  summary: 'Names an agent of a party, or the guardian of a minor',
  request: { params: partyParam, body: body(AgentInput) },
  responses: answers(z.object({ id: Id }), 'The agent'),
});
const verify = createRoute({
  method: 'post',
  path: `${ofAgent}/authority`,
  summary: 'Somebody else reads the power of attorney: powers one by one, period, the paper itself',
  request: { params: agentParam, body: body(AuthorityInput) },
  responses: answers(Done, 'Verified'),
});
const identity = createRoute({
  method: 'post',
  path: `${ofAgent}/identity`,
  summary: 'The agent’s document and person were compared, by name',
  request: { params: agentParam, body: body(IdentityInput) },
  responses: answers(z.object({ id: Id }), 'Recorded'),
});
const attest = createRoute({
  method: 'post',
  path: `${ofAgent}/identity/attest`,
  summary: 'A second person, not at that station, attests 人证一致',
  request: { params: agentParam },
  responses: answers(Done, 'Attested'),
});
const consent = createRoute({
  method: 'post',
  path: `${ofAgent}/consent`,
  summary: 'The guardian consents to what a person of 8 to 17 does itself, or takes that back',
  request: { params: agentParam, body: body(GuardianConsentInput) },
  responses: answers(Done, 'Recorded'),
});
const capacity = createRoute({
  method: 'post',
  path: `${ofParty}/capacity`,
  summary: 'An adult’s capacity is in doubt, or the doubt is cleared up',
  request: { params: partyParam, body: body(CapacityInput) },
  responses: answers(Done, 'Recorded'),
});

/** Those who act for a party, and whether it can act itself. */
export function representationRoutes() {
  return resource()
    .openapi(add, async (c) =>
      c.json(await addAgent(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') }), 200),
    )
    .openapi(verify, async (c) => {
      await verifyAuthority(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    })
    .openapi(identity, async (c) =>
      c.json(
        await verifyIdentity(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') }),
        200,
      ),
    )
    .openapi(attest, async (c) => {
      await attestIdentity(ctxOf(c, 'staff'), c.req.valid('param'));
      return c.json(done, 200);
    })
    .openapi(consent, async (c) => {
      const input = { ...c.req.valid('param'), ...c.req.valid('json') };
      await answerGuardianConsent(ctxOf(c, 'staff', 'party'), input);
      return c.json(done, 200);
    })
    .openapi(capacity, async (c) => {
      await doubtCapacity(ctxOf(c, 'staff'), { ...c.req.valid('param'), ...c.req.valid('json') });
      return c.json(done, 200);
    });
}
