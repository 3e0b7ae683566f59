import type { Term } from '../../contract/terms.ts';
import type { NamedParty } from '../agreement/term-text.ts';

/** One thing to perform, by its day. Money in 分; null days are the day of signing. */
export type PerformanceItem = {
  label: string;
  due: string | null;
  amountFen: number | null;
  /** Paid before everybody's eyes at signing. */
  received: boolean;
};

/** What an agreement asks of whom and when: one short line each, as the list and the 履行情况登记表 name it. */
export function performanceItems(
  terms: readonly { block: Term; text: string }[],
  parties: readonly NamedParty[],
): PerformanceItem[] {
  const nameOf = (id: string) => parties.find((p) => p.id === id)?.name ?? '';
  return terms.flatMap(({ block, text }) => itemsOf(block, text, nameOf));
}

function itemsOf(block: Term, text: string, nameOf: (id: string) => string): PerformanceItem[] {
  switch (block.kind) {
    case 'payment':
      return block.instalments.map((part, i) => ({
        label: named(
          `${nameOf(block.payerId)}付${nameOf(block.payeeId)}`,
          block.purpose,
          i,
          block.instalments.length,
        ),
        due: part.due,
        amountFen: part.amountFen,
        received: part.due === null && part.received,
      }));
    case 'split':
      return block.instalments.flatMap((part, i) =>
        part.shares
          .filter((share) => share.amountFen > 0)
          .map((share) => ({
            label: named(
              `${nameOf(block.payerId)}付${nameOf(share.partyId)}`,
              block.purpose,
              i,
              block.instalments.length,
            ),
            due: part.due,
            amountFen: share.amountFen,
            received: part.due === null && part.received,
          })),
      );
    case 'costs':
      return block.due ? [plain(text, block.due, block.amountFen || null)] : [];
    case 'act':
      return [plain(`${nameOf(block.actorId)}${block.what}`, block.deadline, null)];
    case 'apology':
      return [plain(text, block.deadline, null)];
    default:
      return [];
  }
}

/** 周建波付陈阿根（赔偿损失），第1期 */
function named(who: string, purpose: string, index: number, count: number): string {
  const what = purpose.trim() === '' ? '' : `（${purpose.trim()}）`;
  return cut(`${who}${what}${count > 1 ? `，第${index + 1}期` : ''}`);
}

const plain = (label: string, due: string, amountFen: number | null): PerformanceItem => ({
  label: cut(label),
  due,
  amountFen,
  received: false,
});

const LONGEST = 200;
const cut = (label: string): string => [...label].slice(0, LONGEST).join('');
