import {
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { Ctx } from '../context.ts';
import { relyingParty, takeChallenge } from '../sign-in/passkey-challenge.ts';
import type { StaffPrincipal } from '../sign-in/start-session.ts';
import { transact } from '../transact.ts';

/** What the browser needs to make a passkey for oneself; its challenge waits, single use, in the own session. */
export async function startPasskey(ctx: Ctx<StaffPrincipal>) {
  const { staffUserId, sessionId } = ctx.principal;
  const { id: rpID } = relyingParty(ctx.deps);
  const user = await transact(ctx, (tx) =>
    tx.staffUser.findUniqueOrThrow({ where: { id: staffUserId }, include: { passkeys: true } }),
  );
  const options = await generateRegistrationOptions({
    rpName: '同席 Tongxi',
    rpID,
    userName: user.loginName,
    userDisplayName: user.name,
    userID: new TextEncoder().encode(user.id),
    attestationType: 'none',
    excludeCredentials: user.passkeys.map((p) => ({ id: p.credentialId, transports: p.transports })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
  await transact(ctx, (tx) =>
    tx.staffSession.update({ where: { id: sessionId }, data: { challenge: options.challenge } }),
  );
  return options;
}

/** Keeps the public half of what the browser made. CODE_WRONG when it does not answer this session's challenge. */
export async function finishPasskey(
  ctx: Ctx<StaffPrincipal>,
  input: { name: string; response: RegistrationResponseJSON },
): Promise<{ id: string }> {
  const { staffUserId, sessionId, courtId } = ctx.principal;
  const challenge = await transact(ctx, (tx) => takeChallenge(tx, sessionId));
  if (!challenge) throw new DomainError('CODE_EXPIRED');
  const { id: rpID, origin } = relyingParty(ctx.deps);
  const answer = await verifyRegistrationResponse({
    response: input.response,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: rpID,
    requireUserVerification: true,
  }).catch(() => null);
  if (!answer?.verified) throw new DomainError('CODE_WRONG');
  const { credential } = answer.registrationInfo;
  return transact(ctx, async (tx) => {
    const passkey = await tx.passkey.create({
      data: {
        courtId,
        staffUserId,
        credentialId: credential.id,
        publicKey: Buffer.from(credential.publicKey),
        counter: BigInt(credential.counter),
        transports: credential.transports ?? [],
        name: input.name,
      },
    });
    await appendAudit(tx, ctx, {
      action: 'sign-in:passkey-added',
      subject: { type: 'passkey', id: passkey.id },
    });
    return { id: passkey.id };
  });
}

/** Forgets one of one's own passkeys. NOT_FOUND. */
export async function removePasskey(ctx: Ctx<StaffPrincipal>, input: { passkeyId: string }): Promise<void> {
  await transact(ctx, async (tx) => {
    const removed = await tx.passkey.deleteMany({
      where: { id: input.passkeyId, staffUserId: ctx.principal.staffUserId },
    });
    if (removed.count !== 1) throw new DomainError('NOT_FOUND');
    await appendAudit(tx, ctx, {
      action: 'sign-in:passkey-removed',
      subject: { type: 'passkey', id: input.passkeyId },
    });
  });
}
