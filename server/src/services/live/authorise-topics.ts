import type { Action } from '../../contract/actions.ts';
import type { SessionKind } from '../../contract/enums.ts';
import { DomainError } from '../../domain/errors.ts';
import { allowedOn } from '../authorise.ts';
import type { Ctx, Tx } from '../context.ts';
import { transact } from '../transact.ts';

/** What one must be allowed to read to hear of its changes. */
const readingOf: Record<string, Action> = { case: 'read', draft: 'read-draft', session: 'read-session' };

/**
 * Those of the topics that the principal may hear now. Topics: `case:<id>`, `draft:<caseId>` (carries the text),
 * `session:<id>`, `station:<id>`, `user:<staffUserId>`, `court` (administrators and auditors). Whoever may not read a
 * thing hears nothing of it either: 家属代收, a device with nobody signed in, somebody with an offer only.
 */
export async function audibleTopics(ctx: Ctx, topics: string[]): Promise<string[]> {
  return transact(ctx, async (tx) => {
    const audible: string[] = [];
    for (const topic of topics) {
      const [kind = '', id = ''] = topic.split(':');
      if (await mayHear(tx, ctx, kind, id)) audible.push(topic);
    }
    return audible;
  });
}

async function mayHear(tx: Tx, ctx: Ctx, kind: string, id: string): Promise<boolean> {
  const { principal } = ctx;
  if (kind !== 'court' && !/^[0-9a-f-]{36}$/.test(id)) return false;
  switch (kind) {
    case 'case':
    case 'draft':
      return mayRead(tx, ctx, kind, id);
    case 'session': {
      const session = await tx.session.findFirst({ where: { id }, select: { caseId: true, kind: true } });
      return session !== null && mayRead(tx, ctx, kind, session.caseId, session.kind);
    }
    case 'station':
      if (principal.kind === 'device') return principal.stationId === id;
      return principal.kind === 'staff' && principal.duties.some((d) => d.stationId === id);
    case 'user':
      return principal.kind === 'staff' && principal.staffUserId === id;
    case 'court':
      return (
        principal.kind === 'staff' &&
        principal.duties.some((d) => d.duty === 'ADMINISTRATOR' || d.duty === 'AUDITOR')
      );
    default:
      return false;
  }
}

async function mayRead(
  tx: Tx,
  ctx: Ctx,
  kind: string,
  caseId: string,
  session: SessionKind | null = null,
): Promise<boolean> {
  const action = readingOf[kind];
  const allowed = await allowedOn(tx, ctx, caseId, session).catch((refusal: unknown) => {
    if (refusal instanceof DomainError) return null;
    throw refusal;
  });
  return action !== undefined && (allowed?.can.includes(action) ?? false);
}
