import { DomainError } from '../../domain/errors.ts';
import { visibleCases } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { transact } from '../transact.ts';

/**
 * Refuses (FORBIDDEN) a stream on a topic that the principal may not hear. Topics: `case:<id>`, `session:<id>`,
 * `station:<id>`, `user:<staffUserId>`, `court` (administrators and auditors).
 */
export async function authoriseTopics(ctx: Ctx, topics: string[]): Promise<void> {
  const { principal } = ctx;
  await transact(ctx, async (tx) => {
    for (const topic of topics) {
      const [kind, id = ''] = topic.split(':');
      if (!(await mayHear(kind ?? '', id))) throw new DomainError('FORBIDDEN', { topic });
    }

    async function mayHear(kind: string, id: string): Promise<boolean> {
      if (kind !== 'court' && !/^[0-9a-f-]{36}$/.test(id)) return false;
      switch (kind) {
        case 'case':
          return (await tx.case.count({ where: { AND: [{ id }, visibleCases(ctx)] } })) === 1;
        case 'session':
          return (await tx.session.count({ where: { id, case: visibleCases(ctx) } })) === 1;
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
  });
}
