import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import {
  InvitationAnswer,
  InvitationView,
  InvitedPerson,
  LinkCodeInput,
  LinkInput,
  MaskedPhone,
  PartyHome,
} from '../contract/sign-in.ts';
import { type AppEnv, ctxOf, requestOf, resource } from '../http/app-env.ts';
import { giveCookie } from '../http/cookies.ts';
import { rateLimit } from '../http/guards.ts';
import { answers, body, Done, done, Id } from '../http/responses.ts';
import { inviteParty, revokeInvitation } from '../services/invitations/create-invitation.ts';
import { drawEntrance, drawInvitation, listInvitations } from '../services/invitations/list-invitations.ts';
import {
  openInvitation,
  PARTY_SESSION_MS,
  requestPartyCode,
  verifyPartyCode,
} from '../services/invitations/open-invitation.ts';
import { readPartyHome } from '../services/party/read-party-home.ts';
import { hashSecret } from '../services/secrets-hash.ts';

const openLink = createRoute({
  method: 'post',
  path: '/invitations/open',
  summary: 'Who invites, when, free of charge; nothing about the case, and nothing is consumed',
  request: { body: body(LinkInput) },
  responses: answers(InvitationView, 'The invitation'),
});
const linkCode = createRoute({
  method: 'post',
  path: '/invitations/code',
  summary: 'Sends the sign-in code to the number on file',
  request: { body: body(LinkInput) },
  responses: answers(MaskedPhone, 'Where it went'),
});
const linkVerify = createRoute({
  method: 'post',
  path: '/invitations/verify',
  summary: 'Opens a session of that person alone',
  request: { body: body(LinkCodeInput) },
  responses: answers(Done, 'Signed in'),
});
const partyHome = createRoute({
  method: 'get',
  path: '/party/home',
  summary: 'Where the party stands and what comes next',
  responses: answers(PartyHome, 'The step'),
});

const partyParams = z.object({ caseId: Id, partyId: Id });
const agentQuery = z.object({ agentId: Id.optional() });
const list = createRoute({
  method: 'get',
  path: '/cases/{caseId}/invitations',
  summary: 'Everybody who can be invited, with their newest link',
  request: { params: z.object({ caseId: Id }) },
  responses: answers(z.array(InvitedPerson), 'People'),
});
const qr = createRoute({
  method: 'get',
  path: '/cases/{caseId}/invitations/{invitationId}/qr',
  summary: 'The link as QR code, for the station’s screen',
  request: { params: z.object({ caseId: Id, invitationId: Id }) },
  responses: { 200: { description: 'SVG', content: { 'image/svg+xml': { schema: z.string() } } } },
});
const entrance = createRoute({
  method: 'get',
  path: '/entrance-qr',
  summary: 'The address of the parties’ page as QR code, for another phone or browser',
  responses: { 200: { description: 'SVG', content: { 'image/svg+xml': { schema: z.string() } } } },
});
const invite = createRoute({
  method: 'post',
  path: '/cases/{caseId}/parties/{partyId}/invitation',
  summary: 'Invites a party or an agent by link, QR and spoken code; again sends the same link',
  request: { params: partyParams, query: agentQuery },
  responses: answers(InvitationAnswer, 'The link'),
});
const revoke = createRoute({
  method: 'delete',
  path: '/cases/{caseId}/parties/{partyId}/invitation',
  summary: 'Revokes the link and its sessions',
  request: { params: partyParams, query: agentQuery },
  responses: answers(Done, 'Revoked'),
});

/** Spoken codes are limited per address; of links each by itself (codes have limits per number, case and link). */
async function guessed(c: Context<AppEnv>): Promise<string> {
  const input: unknown = await c.req.json().catch(() => null);
  const secret = typeof input === 'object' && input !== null && 'secret' in input ? input.secret : null;
  return typeof secret === 'string'
    ? `${c.var.ip}|${hashSecret(c.var.deps.settings.tokenKey, 'limit', secret)}`
    : c.var.ip;
}

export function invitationRoutes() {
  const app = resource();
  // Eight spoken digits must not be guessed, text messages not be sent in floods.
  // A link's secret cannot be guessed: whoever sends made-up ones from the same address shuts nobody out.
  app.use('/invitations/open', rateLimit(30, 60, guessed));
  app.use('/invitations/code', rateLimit(30, 600, guessed));
  app.use('/invitations/verify', rateLimit(30, 60, guessed));
  return app
    .openapi(openLink, async (c) =>
      c.json(await openInvitation(c.var.deps, requestOf(c), c.req.valid('json')), 200),
    )
    .openapi(linkCode, async (c) =>
      c.json(await requestPartyCode(c.var.deps, requestOf(c), c.req.valid('json')), 200),
    )
    .openapi(linkVerify, async (c) => {
      const { token } = await verifyPartyCode(c.var.deps, requestOf(c), c.req.valid('json'));
      giveCookie(c, 'party', token, PARTY_SESSION_MS / 1000);
      return c.json(done, 200);
    })
    .openapi(partyHome, async (c) => c.json(await readPartyHome(ctxOf(c, 'party')), 200))
    .openapi(list, async (c) => c.json(await listInvitations(ctxOf(c, 'staff'), c.req.valid('param')), 200))
    .openapi(qr, async (c) =>
      c.body(await drawInvitation(ctxOf(c, 'staff'), c.req.valid('param')), 200, {
        'content-type': 'image/svg+xml',
        'cache-control': 'no-store',
      }),
    )
    .openapi(entrance, async (c) =>
      c.body(await drawEntrance(ctxOf(c, 'staff', 'party')), 200, { 'content-type': 'image/svg+xml' }),
    )
    .openapi(invite, async (c) => {
      const input = { ...c.req.valid('param'), ...c.req.valid('query') };
      const { expiresAt, ...rest } = await inviteParty(ctxOf(c, 'staff'), input);
      return c.json({ ...rest, expiresAt: expiresAt.toISOString() }, 200);
    })
    .openapi(revoke, async (c) => {
      const input = { ...c.req.valid('param'), ...c.req.valid('query') };
      await revokeInvitation(ctxOf(c, 'staff'), input);
      return c.json(done, 200);
    });
}
