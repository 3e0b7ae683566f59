import { randomUUID } from 'node:crypto';
import type { CreateStaffInput, Credentials } from '../../contract/staff.ts';
import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCourt } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { locateCourt, transact } from '../transact.ts';
import { prepareCredentials, storeCredentials } from './new-credentials.ts';

/**
 * A new colleague with a first password, authenticator secret and backup codes, shown this once. Duties are assigned
 * apart. CONFLICT when the login name (of any court) or the phone number (of this one) is taken.
 */
export async function createStaff(ctx: Ctx, input: CreateStaffInput): Promise<Credentials> {
  authoriseCourt(ctx, 'manage-staff');
  const { courtId } = ctx.principal;
  const { cipher, db } = ctx.deps;
  if (await locateCourt(db, 'login', input.loginName))
    throw new DomainError('CONFLICT', { fields: ['loginName'] });
  const court = await db.court.findUniqueOrThrow({ where: { id: courtId } });
  const prepared = await prepareCredentials(court.name, input.loginName);
  const id = randomUUID();
  await transact(ctx, async (tx) => {
    const duty = authoriseCourt(ctx, 'manage-staff');
    const at = { courtId, table: 'StaffUser', rowId: id, column: 'phoneEnc' };
    const phoneIndex = input.phone ? cipher.blindIndex(courtId, 'StaffUser', 'phone', input.phone) : null;
    if (phoneIndex && (await tx.staffUser.count({ where: { phoneIndex } })) > 0)
      throw new DomainError('CONFLICT', { fields: ['phone'] });
    await tx.staffUser.create({
      data: {
        id,
        courtId,
        loginName: input.loginName,
        name: input.name,
        phoneEnc: input.phone ? Buffer.from(cipher.encrypt(at, input.phone)) : null,
        phoneIndex,
      },
    });
    await storeCredentials(tx, ctx.deps, { id, courtId }, prepared);
    await appendAudit(tx, ctx, {
      action: 'manage-staff',
      subject: { type: 'staff', id },
      duty,
      data: { step: 'created' },
      personal: { name: input.name },
      topics: ['court'],
    });
  });
  return { staffUserId: id, ...prepared.shown };
}
