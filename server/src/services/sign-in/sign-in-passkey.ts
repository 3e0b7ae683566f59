import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  verifyAuthenticationResponse,
} from '@simplewebauthn/server';
import { DomainError } from '../../domain/errors.ts';
import type { Passkey } from '../../generated/prisma/client.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { Ctx, Deps, Principal, Tx } from '../context.ts';
import { hashSecret, newSecret } from '../secrets-hash.ts';
import { inCourt, locateCourt } from '../transact.ts';
import { forgetFailures } from './count-failure.ts';
import { relyingParty, takeChallenge } from './passkey-challenge.ts';
import { asStaff, completeStaffSession, startStaffSession } from './start-session.ts';

type Request = { requestId: string; ip: string };

/**
 * A challenge for a passkey: of the session that already gave its password, else of the named person. An unknown name
 * gets an answer of the same form, which no passkey can satisfy. `token` is the pending session's cookie.
 */
export async function startPasskeySignIn(
  deps: Deps,
  principal: Principal | null,
  input: { login?: string | undefined },
) {
  const options = await generateAuthenticationOptions({
    rpID: relyingParty(deps).id,
    userVerification: 'required',
  });
  if (principal?.kind === 'staff' && !principal.secondFactor) {
    await inCourt(deps.db, principal.courtId, (tx) =>
      tx.staffSession.update({
        where: { id: principal.sessionId },
        data: { challenge: options.challenge },
      }),
    );
    return { options, token: null };
  }
  const login = input.login ?? '';
  const courtId = await locateCourt(deps.db, 'login', login);
  if (!courtId) return { options, token: newSecret() };
  const token = await inCourt(deps.db, courtId, async (tx) => {
    const user = await tx.staffUser.findUniqueOrThrow({ where: { loginName: login } });
    return startStaffSession(tx, deps, {
      courtId,
      staffUserId: user.id,
      method: 'PASSKEY',
      secondFactor: false,
      challenge: options.challenge,
    });
  });
  return { options, token };
}

/**
 * The passkey's answer is both factors (possession, and the device's own check of the person). WRONG_CREDENTIALS for
 * everything that does not hold, whoever is named: a key is not guessed, so nothing is counted and nothing told.
 * ACCOUNT_LOCKED only to the holder of the key.
 */
export async function finishPasskeySignIn(
  deps: Deps,
  request: Request,
  staffToken: string | undefined,
  input: { response: AuthenticationResponseJSON },
): Promise<{ token: string }> {
  const tokenHash = hashSecret(deps.settings.tokenKey, 'staff-session', staffToken ?? '');
  const courtId = await locateCourt(deps.db, 'staff-session', tokenHash);
  if (!courtId) throw new DomainError('WRONG_CREDENTIALS');
  const pending = await inCourt(deps.db, courtId, async (tx) => {
    const session = await tx.staffSession.findUnique({
      where: { tokenHash },
      include: { staffUser: true },
    });
    if (!session || session.revokedAt || session.expiresAt <= new Date() || session.secondFactorAt)
      return null;
    const challenge = await takeChallenge(tx, session.id);
    const passkey = await tx.passkey.findFirst({
      where: { credentialId: input.response.id, staffUserId: session.staffUserId },
    });
    return { session, challenge, passkey };
  });
  if (!pending) throw new DomainError('WRONG_CREDENTIALS');
  const { session, challenge, passkey } = pending;
  const { staffUser } = session;
  const counter = challenge && passkey ? await judge(deps, input.response, challenge, passkey) : null;
  const system: Ctx = { deps, principal: { kind: 'system', courtId }, ...request };
  const outcome = await inCourt(deps.db, courtId, async (tx) => {
    const [now] = await tx.$queryRaw<
      { locked: boolean; disabled: boolean }[]
    >`SELECT "lockedAt" IS NOT NULL AS locked, "disabledAt" IS NOT NULL AS disabled FROM "StaffUser" WHERE id = ${staffUser.id}::uuid FOR UPDATE`;
    if (!now || counter === null || !passkey || now.disabled) {
      if (passkey) await tellFailure(tx, system, staffUser.id, passkey.id);
      return 'WRONG_CREDENTIALS' as const;
    }
    if (now.locked) return 'ACCOUNT_LOCKED' as const;
    await tx.passkey.update({ where: { id: passkey.id }, data: { counter, lastUsedAt: new Date() } });
    await forgetFailures(tx, system, staffUser.id);
    const token = await completeStaffSession(tx, deps, session.id);
    await appendAudit(tx, asStaff(system, staffUser.id), {
      action: 'sign-in:second-factor',
      subject: { type: 'staff', id: staffUser.id },
      data: { factor: 'passkey', passkeyId: passkey.id },
    });
    return { token };
  });
  if (typeof outcome === 'string') throw new DomainError(outcome);
  return outcome;
}

/** A registered key that did not hold (cloned, unverified, another origin) is worth an auditor's look. */
async function tellFailure(tx: Tx, system: Ctx, staffUserId: string, passkeyId: string): Promise<void> {
  await appendAudit(tx, system, {
    action: 'sign-in:failed',
    subject: { type: 'staff', id: staffUserId },
    data: { factor: 'passkey', passkeyId },
    topics: ['court'],
  });
}

/** The passkey's new counter, or null when the answer does not hold (a counter that falls back included). */
async function judge(
  deps: Deps,
  response: AuthenticationResponseJSON,
  challenge: string,
  passkey: Passkey,
): Promise<bigint | null> {
  const { id, origin } = relyingParty(deps);
  const answer = await verifyAuthenticationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: id,
    requireUserVerification: true,
    credential: {
      id: passkey.credentialId,
      publicKey: new Uint8Array(passkey.publicKey),
      counter: Number(passkey.counter),
    },
  }).catch(() => null);
  return answer?.verified ? BigInt(answer.authenticationInfo.newCounter) : null;
}
