import * as z from 'zod';

/** Money is integers in 分; dates are Shanghai calendar days. */
export const Fen = z.int().min(1).max(10_000_000_000_00);
export const Day = z.iso.date();
const text = (max: number) => z.string().max(max);
const id = z.string().min(1).max(40);
const PartyRef = z.uuid();

export const PaymentMethod = z.enum(['CASH', 'BANK', 'WECHAT', 'ALIPAY', 'OTHER']);
export type PaymentMethod = z.infer<typeof PaymentMethod>;
export const Account = z.object({ holder: text(60), bank: text(100), number: text(40) });
export type Account = z.infer<typeof Account>;
/** Per cent a year in basis points: 12.5 % is 1250. Above four times LPR no court supports it (民间借贷规定 25). */
const YearlyBp = z.int().min(1).max(100_00);
export const Interest = z.object({ yearlyBp: YearlyBp, from: Day });
const timing = {
  id: text(40),
  /** Null: on the day of signing. */
  due: Day.nullable(),
  /** Paid before everybody's eyes at signing; the payee confirms by signing. */
  received: z.boolean(),
  /** Photograph of that moment, an attachment of the case. */
  receiptId: z.uuid().nullable().exactOptional(),
};
export const Instalment = z.object({ ...timing, amountFen: Fen });

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
  interest: Interest.nullable().exactOptional(),
});
/** One payer, several payees, instalments shared out among them (C3: 36 600 元 to three workers). */
export const SplitTerm = z.object({
  id,
  kind: z.literal('split'),
  payerId: PartyRef,
  payees: z
    .array(z.object({ partyId: PartyRef, amountFen: Fen, account: Account.nullable() }))
    .min(2)
    .max(20),
  method: PaymentMethod,
  instalments: z
    .array(
      z.object({ ...timing, shares: z.array(z.object({ partyId: PartyRef, amountFen: z.int().min(0) })) }),
    )
    .min(1)
    .max(60),
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
/** Who bears what was or will be spent. Never pay for the mediation itself (人民调解法 4). */
export const CostsTerm = z.object({
  id,
  kind: z.literal('costs'),
  what: text(300).min(1),
  /** 0: what it comes to, by the bill. */
  amountFen: z.int().min(0).max(10_000_000_000_00),
  sharing: z.enum(['ONE', 'EQUAL', 'EACH_OWN']),
  bearerId: PartyRef.nullable(),
  due: Day.nullable(),
});
export const OtherTerm = z.object({ id, kind: z.literal('other'), text: text(3000).min(1) });

/** A finished term (条款). */
export const Term = z.discriminatedUnion('kind', [
  PaymentTerm,
  SplitTerm,
  ActTerm,
  ApologyTerm,
  WaiverTerm,
  DefaultTerm,
  CostsTerm,
  OtherTerm,
]);
export type Term = z.infer<typeof Term>;
export const TermKind = z.enum([
  'payment',
  'split',
  'act',
  'apology',
  'waiver',
  'default',
  'costs',
  'other',
] satisfies Term['kind'][]);
export type TermKind = Term['kind'];
export const termKinds = TermKind.options;

const maybe = <T extends z.ZodType>(schema: T) => schema.nullable();
const DraftFen = z.int().min(0).max(10_000_000_000_00);
const DraftInstalment = z.strictObject({ ...timing, amountFen: DraftFen });
const DraftShared = z.strictObject({
  ...timing,
  shares: z.array(z.strictObject({ partyId: PartyRef, amountFen: DraftFen })).max(20),
});
const draftText = text(3000);

/** A term being written: every value has its type, but may still be missing. */
export const DraftTermShape = z.discriminatedUnion('kind', [
  z.strictObject({
    id,
    kind: z.literal('payment'),
    payerId: maybe(PartyRef),
    payeeId: maybe(PartyRef),
    amountFen: DraftFen,
    method: PaymentMethod,
    account: maybe(Account),
    instalments: z.array(DraftInstalment).max(60),
    purpose: draftText,
    // Not exactOptional: the API's description would call it required.
    interest: maybe(z.strictObject({ yearlyBp: z.int().min(0).max(100_00), from: maybe(Day) })).optional(),
  }),
  z.strictObject({
    id,
    kind: z.literal('split'),
    payerId: maybe(PartyRef),
    payees: z
      .array(z.strictObject({ partyId: PartyRef, amountFen: DraftFen, account: maybe(Account) }))
      .max(20),
    method: PaymentMethod,
    instalments: z.array(DraftShared).max(60),
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
  z.strictObject({
    id,
    kind: z.literal('costs'),
    what: draftText,
    amountFen: DraftFen,
    sharing: z.enum(['ONE', 'EQUAL', 'EACH_OWN']),
    bearerId: maybe(PartyRef),
    due: maybe(Day),
  }),
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
    case 'split':
      return { id: termId, kind, payerId: null, payees: [], method: 'BANK', instalments: [], purpose: '' };
    case 'costs':
      return {
        id: termId,
        kind,
        what: '',
        amountFen: 0,
        sharing: 'ONE',
        bearerId: null,
        due: null,
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
