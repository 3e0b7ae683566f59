import { randomInt, timingSafeEqual } from 'node:crypto';
import { DomainError } from '../../domain/errors.ts';
import type { CodePurpose } from '../../generated/prisma/client.ts';
import type { SmsMessage } from '../../ports/sms.ts';
import type { Ctx, Tx } from '../context.ts';
import { hashSecret } from '../secrets-hash.ts';
import { transact } from '../transact.ts';
import { queueSms } from './queue-sms.ts';

const LIFE_MS = 5 * 60_000;
const MAX_TRIES = 5;
/** At most so many codes in ten minutes, per number and per case; the HTTP layer limits per address. */
const PER_NUMBER = 5;
const PER_CASE = 20;
const WINDOW_MS = 10 * 60_000;

type CodeSubject = { purpose: CodePurpose; subjectId: string; boundTo?: string };

/**
 * Sends a fresh code (six digits, five minutes, five tries, single use) and stores its hash; earlier codes for the
 * same purpose die. RATE_LIMITED when the number or the case got too many.
 */
export async function issueCode(
  tx: Tx,
  ctx: Ctx,
  input: CodeSubject & {
    phone: string;
    caseId?: string;
    template: SmsMessage['template'];
    values: Record<string, string>;
  },
): Promise<void> {
  const { courtId } = ctx.principal;
  const now = new Date();
  const phoneIndex = ctx.deps.cipher.blindIndex(courtId, 'SmsCode', 'phone', input.phone);
  await refuseFlood(tx, now, phoneIndex, input.caseId);
  const code = String(randomInt(0, 1_000_000)).padStart(6, '0');
  await tx.smsCode.updateMany({
    where: { subjectId: input.subjectId, purpose: input.purpose, usedAt: null, expiresAt: { gt: now } },
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
  await queueSms(tx, ctx, {
    to: input.phone,
    template: input.template,
    values: { ...input.values, code },
    ...(input.caseId ? { caseId: input.caseId } : {}),
  });
}

async function refuseFlood(tx: Tx, now: Date, phoneIndex: string, caseId: string | undefined): Promise<void> {
  const createdAt = { gt: new Date(now.getTime() - WINDOW_MS) };
  // Two requests at the same moment must not both find room: one number's requests queue up here.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${phoneIndex}, 0))`;
  const perNumber = await tx.smsCode.count({ where: { phoneIndex, createdAt } });
  const perCase = caseId ? await tx.smsCode.count({ where: { caseId, createdAt } }) : 0;
  if (perNumber >= PER_NUMBER || perCase >= PER_CASE)
    throw new DomainError('RATE_LIMITED', { seconds: WINDOW_MS / 1000 });
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
    // The try is taken before the comparison, in the row itself: parallel guesses get five tries together.
    const taken = await tx.smsCode.updateMany({
      where: { id: row.id, usedAt: null, tries: { lt: MAX_TRIES } },
      data: { tries: { increment: 1 } },
    });
    if (taken.count !== 1) {
      const now = await tx.smsCode.findUniqueOrThrow({ where: { id: row.id } });
      return now.usedAt ? ('CODE_USED' as const) : ('CODE_TRIES_EXCEEDED' as const);
    }
    if (row.expiresAt <= new Date()) return 'CODE_EXPIRED' as const;
    if (!sameHash(row.codeHash, hashCode(ctx, input, input.code))) return 'CODE_WRONG' as const;
    const used = await tx.smsCode.updateMany({
      where: { id: row.id, usedAt: null },
      data: { usedAt: new Date() },
    });
    return used.count === 1 ? null : ('CODE_USED' as const);
  });
  // Through a transaction of the court, so that the refusal is written down there even before anybody is known.
  if (outcome) await transact(ctx, () => Promise.reject(new DomainError(outcome)));
}

function hashCode(ctx: Ctx, subject: CodeSubject, code: string): string {
  const purpose = `code|${subject.purpose}|${subject.subjectId}|${subject.boundTo ?? ''}`;
  return hashSecret(ctx.deps.settings.tokenKey, purpose, code);
}

const sameHash = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
