import { DomainError } from '../../domain/errors.ts';
import { maskPhone } from '../../domain/phone.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { Ctx, Deps, Tx } from '../context.ts';
import { hashSecret, newSecret } from '../secrets-hash.ts';
import { consumeCode, issueCode } from '../sms/one-time-code.ts';
import { inCourt, locateCourt } from '../transact.ts';

export type Secret = { secret?: string | undefined; spokenCode?: string | undefined };
type Request = { requestId: string; ip: string };
/** A party's session on a phone: long enough for a session day, short enough for a borrowed phone. */
export const PARTY_SESSION_MS = 12 * 3600_000;

/**
 * What a link shows before its code: who invites, when, that it is free. Nothing about the case. Reading consumes
 * nothing. LINK_INVALID, LINK_EXPIRED, LINK_REVOKED.
 */
export async function openInvitation(deps: Deps, request: Request, secret: Secret) {
  return withInvitation(deps, request, secret, async (tx, _ctx, found) => {
    const session = await tx.session.findFirst({
      where: { caseId: found.caseId, status: { in: ['SCHEDULED', 'CHECKING', 'OPEN', 'PAUSED'] } },
      orderBy: { plannedStart: 'asc' },
    });
    const phone = phoneOf(deps, found);
    return {
      committee: found.case.committee.name,
      station: found.case.station.name,
      stationPhone: found.case.station.phone,
      startsAt: session?.plannedStart.toISOString() ?? null,
      // Only a surname: enough for a family to know whom the link is for.
      addressee: `${nameOf(found).slice(0, 1)}**`,
      maskedPhone: phone ? maskPhone(phone) : null,
    };
  });
}

/** Sends the sign-in code to the number on file. CONFLICT (no-phone) when there is none: the station checks in person. */
export async function requestPartyCode(
  deps: Deps,
  request: Request,
  secret: Secret,
): Promise<{ maskedPhone: string }> {
  return withInvitation(deps, request, secret, async (tx, ctx, found) => {
    const phone = phoneOf(deps, found);
    if (!phone) throw new DomainError('CONFLICT', { reason: 'no-phone' });
    await issueCode(tx, ctx, {
      ...subjectOf(found),
      phone,
      caseId: found.caseId,
      template: 'code',
      values: {},
    });
    return { maskedPhone: maskPhone(phone) };
  });
}

/**
 * The right code opens a session of that person alone; `answeredAs` says whether they or their family hold the phone.
 * The phone proves nothing about who it is: identity is checked in the session. CODE_*, LINK_*.
 */
export async function verifyPartyCode(
  deps: Deps,
  request: Request,
  input: Secret & { code: string; answeredAs: 'SELF' | 'FAMILY' },
): Promise<{ token: string }> {
  const { system, subject } = await withInvitation(deps, request, input, async (_tx, ctx, found) => ({
    system: ctx,
    subject: subjectOf(found),
  }));
  await consumeCode(system, { ...subject, code: input.code });
  return withInvitation(deps, request, input, async (tx, ctx, found) => {
    const token = newSecret();
    const now = new Date();
    const session = await tx.partySession.create({
      data: {
        courtId: found.courtId,
        caseId: found.caseId,
        partyId: found.partyId,
        agentId: found.agentId,
        invitationId: found.id,
        tokenHash: hashSecret(deps.settings.tokenKey, 'party-session', token),
        kind: 'LINK',
        answeredAs: input.answeredAs,
        expiresAt: new Date(Math.min(now.getTime() + PARTY_SESSION_MS, found.expiresAt.getTime())),
      },
    });
    await tx.invitation.updateMany({
      where: { id: found.id, firstUsedAt: null },
      data: { firstUsedAt: now },
    });
    await appendAudit(tx, ctx, {
      action: 'sign-in:party',
      subject: { type: found.agentId ? 'agent' : 'party', id: subject.subjectId },
      caseId: found.caseId,
      data: { session: session.id, answeredAs: input.answeredAs },
      topics: [`station:${found.case.stationId}`],
    });
    return { token };
  });
}

/** The code counts for this link only. */
const subjectOf = (found: Found) => ({
  purpose: 'PARTY_SIGN_IN' as const,
  subjectId: found.agentId ?? found.partyId ?? '',
  boundTo: found.id,
});

const include = {
  case: { include: { committee: true, station: true } },
  party: true,
  agent: true,
} as const;

async function find(tx: Tx, deps: Deps, { secret, spokenCode }: Secret) {
  const key = deps.settings.tokenKey;
  if (secret)
    return tx.invitation.findUnique({
      where: { secretHash: hashSecret(key, 'invitation', secret) },
      include,
    });
  const spokenCodeHash = hashSecret(key, 'spoken-code', spokenCode ?? '');
  return tx.invitation.findFirst({
    where: { spokenCodeHash, revokedAt: null },
    orderBy: { createdAt: 'desc' },
    include,
  });
}
type Found = NonNullable<Awaited<ReturnType<typeof find>>>;

async function courtOf(deps: Deps, { secret, spokenCode }: Secret): Promise<string> {
  const key = deps.settings.tokenKey;
  const courtId = secret
    ? await locateCourt(deps.db, 'invitation', hashSecret(key, 'invitation', secret))
    : await locateCourt(deps.db, 'spoken-code', hashSecret(key, 'spoken-code', spokenCode ?? ''));
  if (!courtId) throw new DomainError('LINK_INVALID');
  return courtId;
}

async function withInvitation<T>(
  deps: Deps,
  request: Request,
  secret: Secret,
  work: (tx: Tx, ctx: Ctx, found: Found) => Promise<T>,
): Promise<T> {
  const courtId = await courtOf(deps, secret);
  const ctx: Ctx = { deps, principal: { kind: 'system', courtId }, ...request };
  return inCourt(deps.db, courtId, async (tx) => {
    const found = await find(tx, deps, secret);
    if (!found) throw new DomainError('LINK_INVALID');
    if (found.revokedAt) throw new DomainError('LINK_REVOKED');
    if (found.expiresAt <= new Date()) throw new DomainError('LINK_EXPIRED');
    return work(tx, ctx, found);
  });
}

const nameOf = (found: Found): string => found.agent?.name ?? found.party?.name ?? '';

function phoneOf(deps: Deps, found: Found): string | null {
  const [row, table] = found.agent ? [found.agent, 'Agent'] : [found.party, 'Party'];
  if (!row?.phoneEnc) return null;
  return deps.cipher.decrypt(
    { courtId: row.courtId, table, rowId: row.id, column: 'phoneEnc' },
    row.phoneEnc,
  );
}
