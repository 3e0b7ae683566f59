import { randomInt } from 'node:crypto';
import { DomainError } from '../../domain/errors.ts';
import type { CodePurpose } from '../../generated/prisma/client.ts';
import type { SmsMessage } from '../../ports/sms.ts';
import type { Ctx, Tx } from '../context.ts';
import { hashSecret } from '../secrets-hash.ts';
import { transact } from '../transact.ts';
import { queueSms } from './queue-sms.ts';

const LIFE_MS = 5 * 60_000;
const MAX_TRIES = 5;
/** At most so many codes per number in ten minutes. */
const PER_NUMBER = 5;
const WINDOW_MS = 10 * 60_000;

type CodeSubject = { purpose: CodePurpose; subjectId: string; boundTo?: string };

/**
 * Sends a fresh code (six digits, five minutes, five tries, single use) and stores its hash; earlier codes for the
 * same purpose die. RATE_LIMITED when the number got too many.
 */
export async function issueCode(
  tx: Tx,
  ctx: Ctx,
  input: CodeSubject & { phone: string; caseId?: string; template: SmsMessage['template']; values: Record<string, string> },
): Promise<void> {
  const { courtId } = ctx.principal;
  const now = new Date();
  const phoneIndex = ctx.deps.cipher.blindIndex(courtId, 'SmsCode', 'phone', input.phone);
  const recent = await tx.smsCode.count({ where: { phoneIndex, createdAt: { gt: new Date(now.getTime() - WINDOW_MS) } } });
  if (recent >= PER_NUMBER) throw new DomainError('RATE_LIMITED', { seconds: WINDOW_MS / 1000 });
  const code = String(randomInt(0, 1_000_000)).padStart(6, '0');
  await tx.smsCode.updateMany({
    where: { subjectId: input.subjectId, purpose: input.purpose, usedAt: null },
    data: { expiresAt: now },
  });
  await tx.smsCode.create({
    data: {
      courtId,
      caseId: input.caseId ?? null,
      purpose: input.purpose,
      subjectId: input.subjectId,
      phoneIndex,
      codeHash: hashCode(ctx, input, code),
      boundTo: input.boundTo ?? null,
      expiresAt: new Date(now.getTime() + LIFE_MS),
    },
  });
  const values = { ...input.values, code };
  await queueSms(tx, ctx, { to: input.phone, template: input.template, values, ...(input.caseId ? { caseId: input.caseId } : {}) });
}

/**
 * Gives a code back. CODE_WRONG counts a try even though the caller's transaction is refused; CODE_EXPIRED, CODE_USED,
 * CODE_TRIES_EXCEEDED. Call it outside a transaction: counting must survive the refusal.
 */
export async function consumeCode(ctx: Ctx, input: CodeSubject & { code: string }): Promise<void> {
  const outcome = await transact(ctx, async (tx) => {
    const row = await tx.smsCode.findFirst({
      where: { subjectId: input.subjectId, purpose: input.purpose, boundTo: input.boundTo ?? null },
      orderBy: { createdAt: 'desc' },
    });
    if (!row) return 'CODE_EXPIRED' as const;
    if (row.usedAt) return 'CODE_USED' as const;
    if (row.tries >= MAX_TRIES) return 'CODE_TRIES_EXCEEDED' as const;
    if (row.expiresAt <= new Date()) return 'CODE_EXPIRED' as const;
    if (row.codeHash !== hashCode(ctx, input, input.code)) {
      await tx.smsCode.update({ where: { id: row.id }, data: { tries: { increment: 1 } } });
      return 'CODE_WRONG' as const;
    }
    const used = await tx.smsCode.updateMany({ where: { id: row.id, usedAt: null }, data: { usedAt: new Date() } });
    return used.count === 1 ? null : ('CODE_USED' as const);
  });
  if (outcome) throw new DomainError(outcome);
}

const hashCode = (ctx: Ctx, subject: CodeSubject, code: string): string =>
  hashSecret(ctx.deps.settings.tokenKey, `code|${subject.purpose}|${subject.subjectId}|${subject.boundTo ?? ''}`, code);
