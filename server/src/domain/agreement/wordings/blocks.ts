import type { DraftTermShape } from '../../../contract/terms.ts';
import { standIns } from '../../../contract/wording.ts';

export const A = standIns.APPLICANT;
export const R = standIns.RESPONDENT;
type Of<K extends DraftTermShape['kind']> = Omit<Extract<DraftTermShape, { kind: K }>, 'id' | 'kind'>;

/** Blocks of the templates; amounts and dates are for the case to say. */
export const pay = (purpose: string, from: string = R, to: string = A): DraftTermShape => ({
  id: 'pay',
  kind: 'payment',
  payerId: from,
  payeeId: to,
  amountFen: 0,
  method: 'BANK',
  account: null,
  instalments: [],
  purpose,
});
export const act = (of: Partial<Of<'act'>>): DraftTermShape => ({
  id: 'act',
  kind: 'act',
  actorId: R,
  what: '',
  deadline: null,
  standard: '',
  acceptedBy: '双方到场',
  costBorneBy: '{被申请人}',
  remedy: '',
  ...of,
});
export const apology = (form: string): DraftTermShape => ({
  id: 'apology',
  kind: 'apology',
  byId: R,
  toId: A,
  form,
  deadline: null,
});
export const costs = (what: string): DraftTermShape => ({
  id: 'costs',
  kind: 'costs',
  what,
  amountFen: 0,
  sharing: 'ONE',
  bearerId: R,
  due: null,
});
export const waiver = (text: string): DraftTermShape => ({ id: 'waiver', kind: 'waiver', text });
export const other = (text: string): DraftTermShape => ({ id: 'other', kind: 'other', text });
export const allDue = (text = ''): DraftTermShape => ({
  id: 'default',
  kind: 'default',
  rule: 'ALL_DUE',
  text,
});

/** Blocks of one template get names of their own: pay, pay-2, … */
export function numbered(terms: DraftTermShape[]): DraftTermShape[] {
  const seen = new Map<string, number>();
  return terms.map((term) => {
    const n = (seen.get(term.id) ?? 0) + 1;
    seen.set(term.id, n);
    return n === 1 ? term : { ...term, id: `${term.id}-${n}` };
  });
}
