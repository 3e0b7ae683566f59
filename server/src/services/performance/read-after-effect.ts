import type { AfterEffectView } from '../../contract/after-effect.ts';
import { shanghaiDay } from '../../domain/deadlines.ts';
import { authoriseCase } from '../authorise.ts';
import { missingForArchive } from '../case/archive-case.ts';
import type { Ctx } from '../context.ts';
import { documentTitles } from '../documents/document-titles.ts';
import { transact } from '../transact.ts';

/** Service, performance, visits and addresses of a case, for its staff. */
export async function readAfterEffect(ctx: Ctx, caseId: string): Promise<AfterEffectView> {
  return transact(ctx, async (tx) => {
    await authoriseCase(tx, ctx, 'read-timeline', caseId);
    const found = await tx.case.findUniqueOrThrow({
      where: { id: caseId },
      include: {
        services: { orderBy: { id: 'asc' }, include: { document: true, party: true } },
        performances: { orderBy: [{ dueOn: 'asc' }, { id: 'asc' }] },
        followUps: { orderBy: { at: 'asc' }, include: { by: true } },
        parties: {
          orderBy: { position: 'asc' },
          include: { serviceAddresses: { orderBy: [{ at: 'desc' }, { id: 'desc' }], take: 1 } },
        },
        confirmations: true,
      },
    });
    const today = shanghaiDay(ctx.deps.clock.now());
    const oral = await tx.oralAgreement.findFirst({ where: { agreement: { caseId } } });
    const broken = found.performances.some((p) => p.status === 'BREACHED');
    const confirmed = found.confirmations.some((c) => c.status === 'CONFIRMED');
    const rejected = found.confirmations.some((c) => c.status === 'REJECTED');
    return {
      services: found.services.map((s) => ({
        id: s.id,
        title: documentTitles[s.document.kind],
        partyId: s.partyId,
        name: s.party.name,
        channel: s.channel,
        status: s.status,
        at: (s.signedAt ?? s.readAt ?? s.arrivedAt ?? s.sentAt)?.toISOString() ?? null,
        receivedBy: s.receivedBy,
      })),
      performances: found.performances.map((p) => {
        const dueOn = p.dueOn?.toISOString().slice(0, 10) ?? null;
        return {
          id: p.id,
          label: p.label,
          dueOn,
          amountFen: p.amountFen === null ? null : Number(p.amountFen),
          status: p.status,
          performedAt: p.performedAt?.toISOString() ?? null,
          overdue: dueOn !== null && dueOn < today && p.status !== 'PERFORMED',
          note: p.note,
        };
      }),
      followUps: found.followUps.map((f) => ({
        id: f.id,
        at: f.at.toISOString(),
        by: f.by.name,
        way: f.way,
        performed: f.performed,
        text: f.text,
      })),
      addresses: found.parties.map((p) => ({
        partyId: p.id,
        name: p.name,
        electronic: p.serviceAddresses[0]?.electronic ?? null,
        at: p.serviceAddresses[0]?.at.toISOString() ?? null,
      })),
      // A confirmed agreement is enforced (民诉法 205, 250); one that is not is sued on (人民调解法 32).
      remedies: [
        ...(broken ? (['REMIND', confirmed ? 'ENFORCE' : 'SUE'] as const) : []),
        ...(rejected ? (['MEDIATE_AGAIN'] as const) : []),
      ],
      terminationNotice: found.services.some((s) => s.document.kind === 'TERMINATION_NOTICE'),
      oral: oral
        ? { content: oral.content, performed: oral.performed, agreedAt: oral.agreedAt.toISOString() }
        : null,
      missing: await missingForArchive(tx, caseId),
    };
  });
}
