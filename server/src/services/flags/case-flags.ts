import type { FlagView } from '../../contract/flags.ts';
import { ageAt } from '../../domain/age.ts';
import { shanghaiDay } from '../../domain/deadlines.ts';
import { DomainError } from '../../domain/errors.ts';
import { flagsOf } from '../../domain/flags/flags.ts';
import { findAgreement } from '../agreement/open-agreement.ts';
import type { Ctx, Tx } from '../context.ts';
import { openDraft, validContent } from '../draft/draft-document.ts';

/** A sign of false mediation is somebody's history of a year, not of a life. */
const YEAR_MS = 365 * 86_400_000;

/** The case's soft flags as they stand, each with the newest look at exactly that. For mediator and judge. */
export async function caseFlags(tx: Tx, ctx: Ctx, caseId: string): Promise<FlagView[]> {
  const looks = await tx.flagLook.findMany({
    where: { caseId },
    orderBy: { at: 'asc' },
    include: { lookedBy: true },
  });
  return (await currentFlags(tx, ctx, caseId)).map((flag) => {
    const look = looks.findLast((l) => l.flag === flag.flag && l.subject === flag.subject);
    return {
      ...flag,
      look: look
        ? {
            by: look.lookedBy.name,
            duty: look.duty,
            result: look.result,
            note: look.note,
            at: look.at.toISOString(),
          }
        : null,
    };
  });
}

/** FLAGS_OPEN while nobody found nothing behind one of them: then no text is made ready for signing. */
export async function requireLooks(tx: Tx, ctx: Ctx, caseId: string): Promise<void> {
  const open = (await caseFlags(tx, ctx, caseId)).filter((flag) => flag.look?.result !== 'CLEAR');
  if (open.length > 0)
    throw new DomainError('FLAGS_OPEN', { flags: open.map((f) => f.subject), basis: open[0]?.basis });
}

/** What the rules find in the case now; nothing is stored of it. */
export async function currentFlags(tx: Tx, ctx: Ctx, caseId: string) {
  const now = ctx.deps.clock.now();
  const theCase = await tx.case.findUniqueOrThrow({
    where: { id: caseId },
    include: {
      parties: { orderBy: { position: 'asc' }, include: { agents: true } },
      sessions: { where: { openedAt: { not: null } }, orderBy: { openedAt: 'asc' }, take: 1 },
      _count: { select: { attachments: { where: { kind: 'EVIDENCE' } } } },
    },
  });
  const agreement = await findAgreement(tx, caseId);
  const content = agreement?.draftState ? validContent(openDraft(agreement.draftState)) : null;
  const terms = content?.terms ?? [];
  const opened = theCase.sessions[0]?.openedAt ?? null;
  const agreed = agreement
    ? await tx.textApproval.findFirst({
        where: { agreementId: agreement.id, withdrawnAt: null },
        orderBy: { at: 'desc' },
      })
    : null;
  const parties = [];
  for (const { id, name, birthDate, idNumberIndex } of theCase.parties) {
    const otherCases = idNumberIndex
      ? await tx.case.count({
          where: {
            id: { not: caseId },
            disputeType: { in: ['LOAN', 'WAGES'] },
            registeredAt: { gt: new Date(now.getTime() - YEAR_MS) },
            parties: { some: { idNumberIndex } },
          },
        })
      : 0;
    parties.push({ id, name, age: birthDate ? ageAt(birthDate, now) : null, otherCases });
  }
  return flagsOf({
    disputeType: theCase.disputeType,
    text: [theCase.facts, theCase.requests, content?.facts, content?.performance, JSON.stringify(terms)].join(
      '\n',
    ),
    amountFen: theCase.amountFen === null ? null : Number(theCase.amountFen),
    evidence: theCase._count.attachments,
    parties,
    sharedAgents: sharedAgents(theCase.parties),
    burdened: terms
      .map((term) => term.payerId ?? term.actorId ?? term.bearerId)
      .filter((id) => typeof id === 'string'),
    waives: terms.some((term) => term.kind === 'waiver'),
    minutesToText: opened && agreed ? (agreed.at.getTime() - opened.getTime()) / 60_000 : null,
    today: shanghaiDay(now),
  });
}

type Side = {
  side: string;
  agents: { name: string; idNumberIndex: string | null; phoneIndex: string | null }[];
};

/** People who act for both sides: one identity number, or one telephone, with both. */
function sharedAgents(parties: Side[]): string[] {
  const ofSide = (side: string) => parties.filter((p) => p.side === side).flatMap((p) => p.agents);
  const others = ofSide('RESPONDENT');
  const shared = ofSide('APPLICANT').filter((a) =>
    others.some(
      (b) =>
        (a.idNumberIndex !== null && a.idNumberIndex === b.idNumberIndex) ||
        (a.phoneIndex !== null && a.phoneIndex === b.phoneIndex),
    ),
  );
  return [...new Set(shared.map((a) => a.name))];
}
