import type { ResetAnswer, ResetInput } from '../../contract/staff.ts';
import { DomainError } from '../../domain/errors.ts';
import { maskPhone } from '../../domain/phone.ts';
import type { StaffUser } from '../../generated/prisma/client.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCourt } from '../authorise.ts';
import type { Ctx, Principal, Tx } from '../context.ts';
import { consumeCode, issueCode } from '../sms/one-time-code.ts';
import { transact } from '../transact.ts';
import { lockStaffChanges } from './keep-administrator.ts';
import { type PreparedCredentials, prepareCredentials, storeCredentials } from './new-credentials.ts';

type StaffCtx = Ctx<Extract<Principal, { kind: 'staff' }>>;
type Asked = { staffUserId: string } & ResetInput;

/** A colleague's word counts for so long. */
const ASKED_MS = 24 * 3600_000;

/**
 * For somebody who lost phone or password: fresh credentials, shown once; passkeys, sessions and the lockout end. No
 * administrator becomes a colleague alone: either the person says a code that came to their own phone (first call: sent,
 * second call: given), or, where there is no phone any more, two administrators ask within a day. NOT_FOUND, CODE_*.
 */
export async function resetCredentials(ctx: StaffCtx, input: Asked): Promise<ResetAnswer> {
  authoriseCourt(ctx, 'manage-staff');
  const id = input.staffUserId;
  const court = await ctx.deps.db.court.findUniqueOrThrow({ where: { id: ctx.principal.courtId } });
  const user = await transact(ctx, (tx) => tx.staffUser.findUnique({ where: { id } }));
  if (!user) throw new DomainError('NOT_FOUND');
  const byAdministrators = input.byAdministrators || !user.phoneEnc;
  if (!byAdministrators && input.code === undefined) return sendCode(ctx, user);
  if (!byAdministrators) await consumeCode(ctx, { ...subjectOf(ctx, id), code: input.code ?? '' });
  const prepared = await prepareCredentials(court.name, user.loginName);
  return transact<ResetAnswer>(ctx, async (tx) => {
    await lockStaffChanges(tx, ctx);
    if (byAdministrators && !(await isSecond(tx, ctx, user))) {
      await audit(tx, ctx, id, 'credentials-asked');
      return { state: 'ASKED' };
    }
    await give(tx, ctx, user, prepared);
    await audit(tx, ctx, id, byAdministrators ? 'credentials-reset-by-two' : 'credentials-reset');
    return { state: 'DONE', credentials: { staffUserId: id, ...prepared.shown } };
  });
}

async function sendCode(ctx: StaffCtx, user: StaffUser): Promise<ResetAnswer> {
  const at = { courtId: user.courtId, table: 'StaffUser', rowId: user.id, column: 'phoneEnc' };
  const phone = ctx.deps.cipher.decrypt(at, user.phoneEnc ?? Buffer.of());
  await transact(ctx, async (tx) => {
    await issueCode(tx, ctx, { ...subjectOf(ctx, user.id), phone, template: 'code', values: {} });
    await audit(tx, ctx, user.id, 'credentials-code-sent');
  });
  return { state: 'CODE_SENT', maskedPhone: maskPhone(phone) };
}

/** The code counts for the administrator who asked for it. */
const subjectOf = (ctx: StaffCtx, staffUserId: string) => ({
  purpose: 'STAFF_RESET' as const,
  subjectId: staffUserId,
  boundTo: ctx.principal.staffUserId,
});

/** Whether another administrator, not the person, asked before; uses that word up, or leaves this one's. */
async function isSecond(tx: Tx, ctx: StaffCtx, user: StaffUser): Promise<boolean> {
  const now = new Date();
  const me = ctx.principal.staffUserId;
  const open = { staffUserId: user.id, usedAt: null, at: { gt: new Date(now.getTime() - ASKED_MS) } };
  const used = await tx.credentialReset.updateMany({
    where: { ...open, askedById: { notIn: [me, user.id] } },
    data: { usedAt: now },
  });
  if (used.count > 0 && me !== user.id) return true;
  const { courtId } = ctx.principal;
  await tx.credentialReset.create({ data: { courtId, staffUserId: user.id, askedById: me, at: now } });
  return false;
}

async function give(tx: Tx, ctx: Ctx, user: StaffUser, prepared: PreparedCredentials): Promise<void> {
  const { id } = user;
  await storeCredentials(tx, ctx.deps, user, prepared);
  await tx.staffUser.update({ where: { id }, data: { lockedAt: null, failedSignIns: 0, pinHash: null } });
  await tx.signInFailure.deleteMany({ where: { staffUserId: id } });
  await tx.passkey.deleteMany({ where: { staffUserId: id } });
  await tx.staffSession.updateMany({
    where: { staffUserId: id, revokedAt: null },
    data: { revokedAt: new Date() },
  });
}

async function audit(tx: Tx, ctx: Ctx, id: string, step: string): Promise<void> {
  await appendAudit(tx, ctx, {
    action: 'manage-staff',
    subject: { type: 'staff', id },
    duty: authoriseCourt(ctx, 'manage-staff'),
    data: { step },
    topics: ['court'],
  });
}
