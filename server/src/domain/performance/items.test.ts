import { expect, test } from 'vitest';
import { Term } from '../../contract/terms.ts';
import { performanceItems } from './items.ts';

const [chen, zhou, luo] = [1, 2, 3].map((n) => `00000000-0000-4000-8000-00000000000${n}`) as [
  string,
  string,
  string,
];
const parties = [
  { id: chen, name: '陈阿根' },
  { id: zhou, name: '周建波' },
  { id: luo, name: '罗大军' },
];
const of = (shape: object, text = '') => performanceItems([{ block: Term.parse(shape), text }], parties);
const part = { due: null, received: true };

test('an act, and each instalment of a payment, in one short line', () => {
  const act = {
    id: 'a',
    kind: 'act',
    actorId: zhou,
    what: '修复二楼卫生间防水',
    deadline: '2025-03-17',
    standard: '经48小时闭水试验楼下无渗漏',
    acceptedBy: '双方到场',
    costBorneBy: '周建波',
    remedy: '',
  };
  const payment = {
    id: 'p',
    kind: 'payment',
    payerId: zhou,
    payeeId: chen,
    amountFen: 480_000,
    method: 'CASH',
    account: null,
    instalments: [
      { ...part, id: 'i', amountFen: 200_000 },
      { id: 'j', due: '2025-03-31', received: false, amountFen: 280_000 },
    ],
    purpose: '赔偿损失',
  };
  expect(of(act)).toEqual([
    { label: '周建波修复二楼卫生间防水', due: '2025-03-17', amountFen: null, received: false },
  ]);
  expect(of(payment).map(({ label, received }) => [label, received])).toEqual([
    ['周建波付陈阿根（赔偿损失），第1期', true],
    ['周建波付陈阿根（赔偿损失），第2期', false],
  ]);
});

test('each payee of a shared payment has a line; nobody has one without money', () => {
  const split = {
    id: 's',
    kind: 'split',
    payerId: zhou,
    payees: [
      { partyId: chen, amountFen: 100, account: null },
      { partyId: luo, amountFen: 100, account: null },
    ],
    method: 'CASH',
    instalments: [
      {
        id: 'i',
        due: '2025-06-30',
        received: false,
        shares: [
          { partyId: chen, amountFen: 100 },
          { partyId: luo, amountFen: 0 },
        ],
      },
    ],
    purpose: '',
  };
  expect(of(split)).toEqual([
    { label: '周建波付陈阿根', due: '2025-06-30', amountFen: 100, received: false },
  ]);
});

test('words alone ask nobody to do anything; a long apology is cut at a whole character', () => {
  expect(of({ id: 'w', kind: 'waiver', text: '其余互不追究' }, '其余互不追究')).toEqual([]);
  const apology = { id: 'x', kind: 'apology', byId: zhou, toId: chen, form: '当面', deadline: '2025-03-17' };
  const [item] = of(apology, '𠮷'.repeat(300));
  expect([...(item?.label ?? '')]).toHaveLength(200);
  expect(item?.label.isWellFormed()).toBe(true);
});
