import type { z } from 'zod';
import {
  type SaveWordingInput,
  WordingKey,
  type WordingList,
  type WordingVersionView,
} from '../../contract/wording.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCourt } from '../authorise.ts';
import type { Ctx, Principal } from '../context.ts';
import { transact } from '../transact.ts';
import { readWording, viewOf, wordingSha256 } from './current-wording.ts';

type Staff = Ctx<Extract<Principal, { kind: 'staff' }>>;

/** Every template and the clause library, each in the version that stands now. */
export async function listWordings(ctx: Staff): Promise<z.infer<typeof WordingList>> {
  authoriseCourt(ctx, 'manage-wordings');
  return transact(ctx, async (tx) => {
    const wordings = [];
    for (const key of WordingKey.options) {
      const { template: _, clauses: __, ...now } = await readWording(tx, key);
      wordings.push({ ...now, versions: now.number + 1 });
    }
    return { wordings };
  });
}

/** All versions of one wording, newest first; the last is what came with the program. */
export async function readWordingVersions(ctx: Staff, key: WordingKey): Promise<WordingVersionView[]> {
  authoriseCourt(ctx, 'manage-wordings');
  return transact(ctx, async (tx) => {
    const rows = await tx.wordingVersion.findMany({
      where: { key },
      orderBy: { number: 'desc' },
      include: { by: { select: { name: true } } },
    });
    return [...rows.map((row) => viewOf(key, row)), viewOf(key, null)];
  });
}

/**
 * Keeps a new version; earlier ones stay, and drafts that started from them keep naming them. CONFLICT when somebody
 * saved another meanwhile, BAD_REQUEST when blocks share an id or the body is of the other sort.
 */
export async function saveWording(
  ctx: Staff,
  input: { key: WordingKey } & z.infer<typeof SaveWordingInput>,
): Promise<{ number: number }> {
  const duty = authoriseCourt(ctx, 'manage-wordings');
  const { key } = input;
  const body = key === 'CLAUSES' ? input.clauses && { clauses: input.clauses } : input.template;
  if (!body) throw new DomainError('BAD_REQUEST', { fields: [key === 'CLAUSES' ? 'clauses' : 'template'] });
  const ids = ('clauses' in body ? body.clauses : body.terms).map((each) => each.id);
  if (new Set(ids).size !== ids.length) throw new DomainError('BAD_REQUEST', { fields: ['id'] });
  return transact(ctx, async (tx) => {
    const now = await readWording(tx, key);
    if (now.number !== input.from) throw new DomainError('CONFLICT', { number: now.number });
    const number = now.number + 1;
    const sha256 = wordingSha256(body);
    const row = await tx.wordingVersion.create({
      data: {
        courtId: ctx.principal.courtId,
        key,
        number,
        body: body as Prisma.InputJsonObject,
        sha256,
        note: input.note,
        byId: ctx.principal.staffUserId,
        at: ctx.deps.clock.now(),
      },
    });
    await appendAudit(tx, ctx, {
      action: 'manage-wordings',
      subject: { type: 'wording', id: row.id },
      duty,
      data: { key, number, sha256 },
      topics: ['court'],
    });
    return { number };
  });
}
