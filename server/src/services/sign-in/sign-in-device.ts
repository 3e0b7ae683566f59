import { DomainError } from '../../domain/errors.ts';
import { maskPhone } from '../../domain/phone.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { Ctx, Principal, Tx } from '../context.ts';
import { consumeCode, issueCode } from '../sms/one-time-code.ts';
import { transact } from '../transact.ts';
import { startStaffSession } from './start-session.ts';

type DevicePrincipal = Extract<Principal, { kind: 'device' }>;

/** Duties that sign in at a station with device and code. */
const stationDuties = ['DIRECTOR', 'RECORDER', 'MEDIATOR'] as const;

/** The enrolled device's station and the people who may sign in here. */
export async function readDeviceSignIn(ctx: Ctx<DevicePrincipal>) {
  return transact(ctx, async (tx) => {
    const station = await tx.station.findUniqueOrThrow({ where: { id: ctx.principal.stationId } });
    const people = await peopleOf(tx, station.id);
    return { station: { id: station.id, name: station.name, phone: station.phone }, people };
  });
}

function peopleOf(tx: Tx, stationId: string) {
  return tx.staffUser.findMany({
    where: { disabledAt: null, duties: { some: { stationId, duty: { in: [...stationDuties] }, until: null } } },
    select: { id: true, name: true },
    orderBy: { name: 'asc' },
  });
}

/** Sends the code to the chosen person's own number. */
export async function requestDeviceCode(ctx: Ctx<DevicePrincipal>, input: { staffUserId: string }): Promise<{ maskedPhone: string }> {
  return transact(ctx, async (tx) => {
    const user = await personHere(tx, ctx, input.staffUserId);
    if (user.lockedAt) throw new DomainError('ACCOUNT_LOCKED');
    if (!user.phoneEnc) throw new DomainError('WRONG_CREDENTIALS');
    const at = { courtId: user.courtId, table: 'StaffUser', rowId: user.id, column: 'phoneEnc' };
    const phone = ctx.deps.cipher.decrypt(at, user.phoneEnc);
    await issueCode(tx, ctx, { purpose: 'STAFF_SIGN_IN', subjectId: user.id, phone, template: 'code', values: {} });
    return { maskedPhone: maskPhone(phone) };
  });
}

/** Enrolled device and code to one's own phone are the two factors. */
export async function signInAtDevice(ctx: Ctx<DevicePrincipal>, input: { staffUserId: string; code: string }): Promise<{ token: string }> {
  await consumeCode(ctx, { purpose: 'STAFF_SIGN_IN', subjectId: input.staffUserId, code: input.code });
  return transact(ctx, async (tx) => {
    const user = await personHere(tx, ctx, input.staffUserId);
    if (user.lockedAt) throw new DomainError('ACCOUNT_LOCKED');
    const { courtId, deviceId } = ctx.principal;
    const token = await startStaffSession(tx, ctx.deps, { courtId, staffUserId: user.id, method: 'DEVICE_SMS', deviceId, secondFactor: true });
    await appendAudit(tx, ctx, { action: 'sign-in:device', subject: { type: 'staff', id: user.id }, data: { deviceId } });
    return { token };
  });
}

async function personHere(tx: Tx, ctx: Ctx<DevicePrincipal>, staffUserId: string) {
  const user = await tx.staffUser.findFirst({
    where: {
      id: staffUserId,
      disabledAt: null,
      duties: { some: { stationId: ctx.principal.stationId, duty: { in: [...stationDuties] }, until: null } },
    },
  });
  if (!user) throw new DomainError('WRONG_CREDENTIALS');
  return user;
}
