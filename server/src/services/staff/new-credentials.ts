import { randomInt } from 'node:crypto';
import { generateSecret, generateURI } from 'otplib';
import QRCode from 'qrcode';
import type { Credentials } from '../../contract/staff.ts';
import type { Deps, Tx } from '../context.ts';
import { hashBackupCode } from '../sign-in/give-totp.ts';
import { hashPassword } from '../sign-in/password.ts';

/** No 0 and O, 1, I and L: these are copied by hand. */
const LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
const BACKUP_CODES = 8;

const letters = (count: number): string =>
  Array.from({ length: count }, () => LETTERS[randomInt(0, LETTERS.length)]).join('');

export type PreparedCredentials = { shown: Omit<Credentials, 'staffUserId'>; passwordHash: string };

/** A fresh password (79 bits), TOTP secret and backup codes. Deriving takes time: call it outside a transaction. */
export async function prepareCredentials(courtName: string, loginName: string): Promise<PreparedCredentials> {
  const password = Array.from({ length: 4 }, () => letters(4))
    .join('-')
    .toLowerCase();
  const totpSecret = generateSecret();
  const totpUri = generateURI({
    strategy: 'totp',
    issuer: `同席 ${courtName}`,
    label: loginName,
    secret: totpSecret,
  });
  const totpQr = await QRCode.toString(totpUri, { type: 'svg', margin: 2 });
  const backupCodes = newBackupCodes();
  return {
    shown: { password, totpUri, totpSecret, totpQr, backupCodes },
    passwordHash: await hashPassword(password),
  };
}

export const newBackupCodes = (): string[] =>
  Array.from({ length: BACKUP_CODES }, () => `${letters(5)}-${letters(5)}`);

/** Stores them; earlier backup codes die. */
export async function storeCredentials(
  tx: Tx,
  deps: Deps,
  user: { id: string; courtId: string },
  prepared: PreparedCredentials,
): Promise<void> {
  const at = { courtId: user.courtId, table: 'StaffUser', rowId: user.id, column: 'totpSecretEnc' };
  await tx.staffUser.update({
    where: { id: user.id },
    data: {
      passwordHash: prepared.passwordHash,
      totpSecretEnc: Buffer.from(deps.cipher.encrypt(at, prepared.shown.totpSecret)),
      totpLastStep: null,
    },
  });
  await replaceBackupCodes(tx, deps, user, prepared.shown.backupCodes);
}

export async function replaceBackupCodes(
  tx: Tx,
  deps: Deps,
  user: { id: string; courtId: string },
  codes: string[],
): Promise<void> {
  await tx.backupCode.deleteMany({ where: { staffUserId: user.id } });
  await tx.backupCode.createMany({
    data: codes.map((code) => ({
      courtId: user.courtId,
      staffUserId: user.id,
      codeHash: hashBackupCode(deps, user.id, code),
    })),
  });
}
