import { createHash, randomBytes, randomUUID } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { AuditedAct } from '../../contract/act-words.ts';
import type { Duty } from '../../contract/enums.ts';
import type { RawTx } from '../../ports/statements.ts';
import type { Ctx, Deps, Tx } from '../context.ts';

export type Act = {
  /** A permission-matrix action or another act that has words, or a refusal by its code. */
  action: AuditedAct | `refused:${string}`;
  subject: { type: string; id: string | null };
  caseId?: string | null;
  duty?: Duty | null;
  /** Facts without personal data: ids, states, hashes, counts. They stay in the chain for ever. */
  data?: Record<string, unknown>;
  /** Personal values: stored beside the chain, encrypted; the chain holds salted commitments only. */
  personal?: Record<string, string>;
  /** Live topics that hear of it; the case's own topic is always among them. */
  topics?: string[];
};

/** What an audit row needs to know of its context. */
export type AuditCtx = Pick<Ctx, 'principal' | 'requestId'> & { deps: Pick<Deps, 'cipher'> };

/** Adds one audit row to the court's hash chain in this transaction, and tells the live topics. Call it last. */
export async function appendAudit(tx: RawTx, ctx: AuditCtx, act: Act): Promise<void> {
  const { principal } = ctx;
  const personal = Object.entries(act.personal ?? {}).map(([key, value]) => {
    const id = randomUUID();
    const salt = randomBytes(16).toString('hex');
    const sealed = ctx.deps.cipher.encrypt(
      { courtId: principal.courtId, table: 'AuditPersonal', rowId: id, column: 'valueEnc' },
      value,
    );
    const commitment = createHash('sha256').update(salt).update(value).digest('hex');
    return { id, key, salt, commitment, value: Buffer.from(sealed).toString('base64') };
  });
  const payload = canonicalize({
    courtId: principal.courtId,
    at: new Date().toISOString(),
    action: act.action,
    actorKind: principal.kind,
    actorId: actorId(ctx),
    duty: act.duty ?? null,
    caseId: act.caseId ?? null,
    subjectType: act.subject.type,
    subjectId: act.subject.id,
    data: act.data ?? {},
    commitments: Object.fromEntries(personal.map((p) => [p.key, p.commitment])),
    requestId: ctx.requestId,
  });
  if (payload === undefined) throw new Error('audit payload is not JSON');
  const topics = [...new Set([...(act.caseId ? [`case:${act.caseId}`] : []), ...(act.topics ?? [])])];
  const beside = JSON.stringify(personal.map(({ commitment: _, ...rest }) => rest));
  await tx.$queryRaw`SELECT append_audit(${payload}, ${beside}::jsonb, ${topics}::text[])`;
}

/** Tells live topics of something that needs no audit row (presence, draft updates). `data` stays under 4 kB. */
export async function emitLive(
  tx: Tx,
  topics: string[],
  kind: string,
  data: Record<string, unknown> = {},
): Promise<void> {
  await tx.$queryRaw`SELECT emit_live(${topics}::text[], ${kind}, ${JSON.stringify(data)}::jsonb)::text`;
}

function actorId(ctx: AuditCtx): string | null {
  const { principal } = ctx;
  switch (principal.kind) {
    case 'staff':
      return principal.staffUserId;
    case 'party':
      return principal.agentId ?? principal.partyId;
    case 'device':
      return principal.deviceId;
    case 'system':
      return null;
  }
}
