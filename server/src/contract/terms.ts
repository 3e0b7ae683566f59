import * as z from 'zod';

/** Money is integers in 分; dates are Shanghai calendar days. */
export const Fen = z.int().min(1).max(10_000_000_000_00);
export const Day = z.iso.date();
const text = (max: number) => z.string().max(max);
const PartyRef = z.uuid();

export const PaymentMethod = z.enum(['CASH', 'BANK', 'WECHAT', 'ALIPAY', 'OTHER']);
export const Account = z.object({ holder: text(60), bank: text(100), number: text(40) });
export const Instalment = z.object({
  id: text(40),
  /** Null: on the day of signing. */
  due: Day.nullable(),
  amountFen: Fen,
  /** Paid before everybody's eyes at signing; the payee confirms by signing. */
  received: z.boolean(),
});

const id = z.string().min(1).max(40);
export const PaymentTerm = z.object({
  id,
  kind: z.literal('payment'),
  payerId: PartyRef,
  payeeId: PartyRef,
  amountFen: Fen,
  method: PaymentMethod,
  account: Account.nullable(),
  instalments: z.array(Instalment).min(1).max(60),
  purpose: text(500),
});
export const ActTerm = z.object({
  id,
  kind: z.literal('act'),
  actorId: PartyRef,
  what: text(1000).min(1),
  deadline: Day,
  standard: text(1000).min(1),
  acceptedBy: text(200).min(1),
  costBorneBy: text(200).min(1),
  remedy: text(1000),
});
export const ApologyTerm = z.object({
  id,
  kind: z.literal('apology'),
  byId: PartyRef,
  toId: PartyRef,
  form: text(500).min(1),
  deadline: Day,
});
export const WaiverTerm = z.object({ id, kind: z.literal('waiver'), text: text(1000).min(1) });
export const DefaultTerm = z.object({
  id,
  kind: z.literal('default'),
  rule: z.enum(['ALL_DUE', 'OTHER']),
  text: text(1000),
});
export const OtherTerm = z.object({ id, kind: z.literal('other'), text: text(3000).min(1) });

/** A finished term (条款). Court costs never appear: mediation is free of charge (人民调解法 4). */
export const Term = z.discriminatedUnion('kind', [
  PaymentTerm,
  ActTerm,
  ApologyTerm,
  WaiverTerm,
  DefaultTerm,
  OtherTerm,
]);
export type Term = z.infer<typeof Term>;
export type TermKind = Term['kind'];
export const termKinds = [
  'payment',
  'act',
  'apology',
  'waiver',
  'default',
  'other',
] as const satisfies TermKind[];

const maybe = <T extends z.ZodType>(schema: T) => schema.nullable();
const DraftInstalment = z.strictObject({
  id: text(40),
  due: maybe(Day),
  amountFen: z.int().min(0).max(10_000_000_000_00),
  received: z.boolean(),
});
const draftText = text(3000);

/** A term being written: every value has its type, but may still be missing. */
export const DraftTermShape = z.discriminatedUnion('kind', [
  z.strictObject({
    id,
    kind: z.literal('payment'),
    payerId: maybe(PartyRef),
    payeeId: maybe(PartyRef),
    amountFen: z.int().min(0).max(10_000_000_000_00),
    method: PaymentMethod,
    account: maybe(Account),
    instalments: z.array(DraftInstalment).max(60),
    purpose: draftText,
  }),
  z.strictObject({
    id,
    kind: z.literal('act'),
    actorId: maybe(PartyRef),
    what: draftText,
    deadline: maybe(Day),
    standard: draftText,
    acceptedBy: text(200),
    costBorneBy: text(200),
    remedy: draftText,
  }),
  z.strictObject({
    id,
    kind: z.literal('apology'),
    byId: maybe(PartyRef),
    toId: maybe(PartyRef),
    form: draftText,
    deadline: maybe(Day),
  }),
  z.strictObject({ id, kind: z.literal('waiver'), text: draftText }),
  z.strictObject({ id, kind: z.literal('default'), rule: z.enum(['ALL_DUE', 'OTHER']), text: draftText }),
  z.strictObject({ id, kind: z.literal('other'), text: draftText }),
]);
export type DraftTermShape = z.infer<typeof DraftTermShape>;

/** An empty term of a kind, to be written. */
export function emptyTerm(kind: TermKind, termId: string): DraftTermShape {
  switch (kind) {
    case 'payment':
      return {
        id: termId,
        kind,
        payerId: null,
        payeeId: null,
        amountFen: 0,
        method: 'BANK',
        account: null,
        instalments: [],
        purpose: '',
      };
    case 'act':
      return {
        id: termId,
        kind,
        actorId: null,
        what: '',
        deadline: null,
        standard: '',
        acceptedBy: '',
        costBorneBy: '',
        remedy: '',
      };
    case 'apology':
      return { id: termId, kind, byId: null, toId: null, form: '', deadline: null };
    case 'default':
      return { id: termId, kind, rule: 'ALL_DUE', text: '' };
    case 'waiver':
    case 'other':
      return { id: termId, kind, text: '' };
  }
}
