import type { OfferList, OfferView } from '../../contract/offer.ts';
import { Term } from '../../contract/terms.ts';
import { concernedBy } from '../../domain/agreement/concerned.ts';
import { type NamedParty, termText } from '../../domain/agreement/term-text.ts';
import { allowedActions } from '../../domain/permissions.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import { findAgreement } from '../agreement/open-agreement.ts';
import { authoriseCase } from '../authorise.ts';
import { runningCaucus } from '../caucus/running-caucus.ts';
import { transact } from '../transact.ts';
import { type Speaker, sideOf } from './open-offer.ts';

const include = { answers: { select: { partyId: true } }, staffAuthor: { select: { name: true } } } as const;
type Row = Prisma.OfferGetPayload<{ include: typeof include }>;

/** Offers of the running talks, newest first, for the sides and the mediator; none once the talks are over. */
export async function readOffers(ctx: Speaker, caseId: string): Promise<OfferList> {
  return transact(ctx, async (tx) => {
    const { duties, facts, case: theCase } = await authoriseCase(tx, ctx, 'read-offers', caseId);
    const agreement = await findAgreement(tx, caseId);
    const talks = theCase.status === 'MEDIATING' || theCase.status === 'AGREED';
    const drafting = talks && (agreement?.status ?? 'DRAFTING') === 'DRAFTING';
    if (!drafting) return { offers: [], canOffer: false, canRecommend: false };
    const can = allowedActions(duties, facts);
    const running = (await runningCaucus(tx, { caseId })) === null;
    const side = await sideOf(tx, ctx);
    const parties = await tx.party.findMany({ where: { caseId }, orderBy: { position: 'asc' } });
    const rows = agreement
      ? await tx.offer.findMany({
          where: { agreementId: agreement.id },
          orderBy: { number: 'desc' },
          take: 100,
          include,
        })
      : [];
    const numbers = new Map(rows.map((row) => [row.id, row.number]));
    return {
      offers: rows.map((row) => {
        const open = row.state === 'OPEN' && running;
        return {
          ...viewOf(row, parties),
          counters: row.countersId ? (numbers.get(row.countersId) ?? null) : null,
          mine: mineOf(row, parties, side, {
            answer: open && can.includes('answer-offer'),
            counter: open && can.includes('make-offer'),
            withdraw: open && can.includes('withdraw-offer'),
          }),
        };
      }),
      canOffer: running && can.includes('make-offer'),
      canRecommend: running && can.includes('recommend'),
    };
  });
}

function viewOf(row: Row, parties: readonly NamedParty[]): Omit<OfferView, 'mine' | 'counters'> {
  const term = Term.parse(row.body);
  const name = (id: string) => parties.find((p) => p.id === id)?.name ?? '';
  const concerned = row.blind ? [] : concernedBy(term, parties, row.partyId);
  const yes = new Set(row.answers.map((a) => a.partyId));
  return {
    id: row.id,
    number: row.number,
    partyId: row.partyId,
    by: row.partyId ? name(row.partyId) : (row.staffAuthor?.name ?? ''),
    blind: row.blind,
    term,
    text: termText(term, parties),
    note: row.note,
    replaces: row.termId,
    state: row.state,
    at: row.at.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
    accepted: concerned.filter((id) => yes.has(id)).map(name),
    waitsFor: row.state === 'OPEN' ? concerned.filter((id) => !yes.has(id)).map(name) : [],
  };
}

function mineOf(
  row: Row,
  parties: readonly NamedParty[],
  side: string | null,
  may: { answer: boolean; counter: boolean; withdraw: boolean },
): OfferView['mine'] {
  const own = row.partyId === side;
  const answered = row.answers.some((a) => a.partyId === side);
  const asked = row.blind || concernedBy(Term.parse(row.body), parties, row.partyId).includes(side ?? '');
  return {
    canAnswer: may.answer && side !== null && asked && !answered,
    canCounter: may.counter && !row.blind && !own,
    canWithdraw: may.withdraw && own,
    answered,
  };
}
