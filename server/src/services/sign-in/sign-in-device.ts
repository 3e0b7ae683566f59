import { DomainError } from '../../domain/errors.ts';
import { maskPhone } from '../../domain/phone.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { Ctx, Principal, Tx } from '../context.ts';
import { type DeviceProof, newDeviceChallenge, requireDeviceProof } from '../devices/device-proof.ts';
import { consumeCode, issueCode } from '../sms/one-time-code.ts';
import { transact } from '../transact.ts';
import { countFailure, forgetFailures } from './count-failure.ts';
import { asStaff, needsOwnFactor, startStaffSession } from './start-session.ts';

type DevicePrincipal = Extract<Principal, { kind: 'device' }>;

/** Duties that sign in at a station with device and code. */
const stationDuties = ['DIRECTOR', 'RECORDER'] as const;

/** The enrolled device's station and the people who may sign in here. */
export async function readDeviceSignIn(ctx: Ctx<DevicePrincipal>) {
  return transact(ctx, async (tx) => {
    const station = await tx.station.findUniqueOrThrow({ where: { id: ctx.principal.stationId } });
    const people = await tx.staffUser.findMany({
      where: worksHere(ctx),
      select: { id: true, name: true },
      orderBy: { name: 'asc' },
    });
    const device = await thisDevice(tx, ctx);
    return {
      station: { id: station.id, name: station.name, phone: station.phone },
      people,
      challenge: newDeviceChallenge(ctx.deps, device),
    };
  });
}

/**
 * Sends the code to the chosen person's own number. WRONG_CREDENTIALS for anybody who does not work here,
 * DEVICE_NOT_ENROLLED without the device's own signature.
 */
export async function requestDeviceCode(
  ctx: Ctx<DevicePrincipal>,
  input: { staffUserId: string; proof?: DeviceProof | undefined },
): Promise<{ maskedPhone: string }> {
  return transact(ctx, async (tx) => {
    await requireDeviceProof(ctx.deps, await thisDevice(tx, ctx), input.proof);
    const user = await personHere(tx, ctx, input.staffUserId);
    if (!user.phoneEnc) throw new DomainError('WRONG_CREDENTIALS');
    const at = { courtId: user.courtId, table: 'StaffUser', rowId: user.id, column: 'phoneEnc' };
    const phone = ctx.deps.cipher.decrypt(at, user.phoneEnc);
    await issueCode(tx, ctx, { ...subjectOf(ctx, user.id), phone, template: 'code', values: {} });
    return { maskedPhone: maskPhone(phone) };
  });
}

/**
 * Enrolled device (cookie and key) and code to one's own phone are the two factors; administrators and auditors still owe TOTP or a
 * passkey. DEVICE_NOT_ENROLLED, CODE_WRONG, CODE_EXPIRED, CODE_USED, CODE_TRIES_EXCEEDED, ACCOUNT_LOCKED.
 */
export async function signInAtDevice(
  ctx: Ctx<DevicePrincipal>,
  input: { staffUserId: string; code: string; proof?: DeviceProof | undefined },
): Promise<{ token: string }> {
  await transact(ctx, async (tx) => {
    await requireDeviceProof(ctx.deps, await thisDevice(tx, ctx), input.proof);
    await personHere(tx, ctx, input.staffUserId);
  });
  try {
    await consumeCode(ctx, { ...subjectOf(ctx, input.staffUserId), code: input.code });
  } catch (refusal) {
    if (!(refusal instanceof DomainError) || refusal.code !== 'CODE_WRONG') throw refusal;
    const locked = await transact(ctx, (tx) => countFailure(tx, ctx, input.staffUserId, 'sms'));
    throw locked ? new DomainError('ACCOUNT_LOCKED') : refusal;
  }
  return transact(ctx, async (tx) => {
    const user = await personHere(tx, ctx, input.staffUserId);
    const { courtId, deviceId } = ctx.principal;
    const secondFactor = !(await needsOwnFactor(tx, user.id));
    await forgetFailures(tx, ctx, user.id);
    const token = await startStaffSession(tx, ctx.deps, {
      courtId,
      staffUserId: user.id,
      method: 'DEVICE_SMS',
      deviceId,
      secondFactor,
    });
    await appendAudit(tx, asStaff(ctx, user.id), {
      action: 'sign-in:device',
      subject: { type: 'staff', id: user.id },
      data: { deviceId, secondFactor },
    });
    return { token };
  });
}

const thisDevice = (tx: Tx, ctx: Ctx<DevicePrincipal>) =>
  tx.device.findUniqueOrThrow({
    where: { id: ctx.principal.deviceId },
    select: { id: true, publicKey: true },
  });

/** The code counts on this device only. */
const subjectOf = (ctx: Ctx<DevicePrincipal>, staffUserId: string) => ({
  purpose: 'STAFF_SIGN_IN' as const,
  subjectId: staffUserId,
  boundTo: ctx.principal.deviceId,
});

const worksHere = (ctx: Ctx<DevicePrincipal>) => ({
  disabledAt: null,
  duties: {
    some: {
      stationId: ctx.principal.stationId,
      duty: { in: [...stationDuties] },
      OR: [{ until: null }, { until: { gt: new Date() } }],
    },
  },
});

async function personHere(tx: Tx, ctx: Ctx<DevicePrincipal>, staffUserId: string) {
  const user = await tx.staffUser.findFirst({ where: { id: staffUserId, ...worksHere(ctx) } });
  if (!user) throw new DomainError('WRONG_CREDENTIALS');
  if (user.lockedAt) throw new DomainError('ACCOUNT_LOCKED');
  return user;
}
