import type { ConsentItem } from '../../contract/enums.ts';
import { DomainError } from '../../domain/errors.ts';
import { hasConsent } from '../case/read-case.ts';
import type { Tx } from '../context.ts';
import { asHost, refreshGrantsSoon, type Staff } from './as-host.ts';
import { guardsOf, isInquiry, loadSession } from './read-session.ts';
import { transitionSession } from './transition-session.ts';

/** Opens the session when everything is done by name; CHECKLIST_INCOMPLETE names the first thing that is not. */
export function openSession(ctx: Staff, sessionId: string): Promise<void> {
  return asHost(ctx, 'open-session', sessionId, async (tx, { session }) => {
    await requireChecks(tx, sessionId, isInquiry(session) ? ['ONLINE'] : ['MEDIATION', 'ONLINE']);
    await transitionSession(tx, session, 'open', { openedAt: ctx.deps.clock.now(), checkingSeatId: null });
    await refreshGrantsSoon(tx, ctx, session);
    return { answer: undefined };
  });
}

/**
 * Every guard of the checklist, and the consents of every party, also of those who sit at the station's screen and
 * need no token of their own (CONSENT_MISSING with name and item).
 */
export async function requireChecks(tx: Tx, sessionId: string, consents: ConsentItem[]): Promise<void> {
  const session = await loadSession(tx, sessionId);
  const missing = guardsOf(session).find((guard) => !guard.done);
  if (missing) {
    const { kind, name, basis } = missing;
    throw new DomainError('CHECKLIST_INCOMPLETE', { kind, name, basis });
  }
  const parties = await tx.party.findMany({
    where: { caseId: session.caseId },
    include: { consents: { orderBy: { at: 'asc' } } },
  });
  for (const party of parties) {
    const item = consents.find((each) => !hasConsent(party, each));
    if (item) throw new DomainError('CONSENT_MISSING', { name: party.name, item });
  }
}
