import type { FormKind } from '../../contract/after-effect.ts';
import type { FormContent } from '../../contract/forms.ts';
import {
  acceptanceForm,
  type FormFacts,
  followUpForm,
  oralAgreementForm,
  performanceForm,
  serviceAddressForm,
  serviceProof,
  terminationNotice,
} from '../../domain/documents/forms.ts';
import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase } from '../authorise.ts';
import type { Ctx, Tx } from '../context.ts';
import { terminationOf } from '../service/termination-notice.ts';
import { transact } from '../transact.ts';
import { documentTitles } from './document-titles.ts';
import { formFacts } from './form-facts.ts';

/**
 * One form of the case, drawn from its data now; a termination notice that was kept, as it was kept: its hash stands on
 * the proof of service. NOT_FOUND when there is nothing to put on it yet. Audited.
 */
export async function printForm(
  ctx: Ctx,
  input: { caseId: string; kind: FormKind },
): Promise<{ bytes: Uint8Array; name: string }> {
  const { contents, kept } = await transact(ctx, async (tx) => {
    const { duty } = await authoriseCase(tx, ctx, 'print', input.caseId);
    const facts = await formFacts(tx, ctx, input.caseId);
    const drawn = await formContents(tx, ctx, input, facts);
    if (drawn.length === 0) throw new DomainError('NOT_FOUND');
    await appendAudit(tx, ctx, {
      action: 'print',
      subject: { type: 'case', id: input.caseId },
      caseId: input.caseId,
      duty,
      data: { kind: input.kind },
    });
    const stored =
      input.kind === 'termination'
        ? await tx.document.findFirst({ where: { caseId: input.caseId, kind: 'TERMINATION_NOTICE' } })
        : null;
    return { contents: drawn, kept: stored };
  });
  const name = `${contents[0]?.title}.pdf`;
  if (kept) return { bytes: await ctx.deps.storage.get(kept.storageKey), name };
  const files = await Promise.all(contents.map((content) => ctx.deps.documents.drawForm(content)));
  const bytes = files.length === 1 ? files[0] : await ctx.deps.documents.joinPages(files);
  return { bytes: bytes ?? new Uint8Array(), name };
}

const ways = { VISIT: '上门', PHONE: '电话', VIDEO: '视频' } as const;
const states = { PENDING: '待履行', PERFORMED: '已履行', BREACHED: '逾期', REMINDED: '已督促' } as const;
const channels: Record<string, string> = {
  STATION: '站点当面',
  SMS_LINK: '短信链接',
  ONLINE: '本人在线查阅',
};

/** The forms of one kind; none while there is nothing to put on them. */
export async function formContents(
  tx: Tx,
  ctx: Ctx,
  { caseId, kind }: { caseId: string; kind: FormKind },
  facts: FormFacts,
): Promise<FormContent[]> {
  switch (kind) {
    case 'acceptance':
      return [acceptanceForm(facts)];
    case 'oral': {
      const oral = await tx.oralAgreement.findFirst({ where: { agreement: { caseId } } });
      return oral ? [oralAgreementForm(facts, oral)] : [];
    }
    case 'address':
      return addresses(tx, ctx, caseId, facts);
    case 'termination': {
      const theCase = await tx.case.findUniqueOrThrow({ where: { id: caseId } });
      const over = theCase.endCode !== null && theCase.endCode !== 'AGREEMENT';
      return over ? [terminationNotice(facts, terminationOf(theCase))] : [];
    }
    case 'proof': {
      const services = await tx.service.findMany({
        // The court proves by its own means that its ruling was served.
        where: { caseId, status: { not: 'PENDING' }, document: { kind: { not: 'CONFIRMATION_RULING' } } },
        orderBy: { id: 'asc' },
        include: { document: true, party: true },
      });
      const served = services.map(({ document, party, channel, ...one }) => ({
        ...one,
        title: documentTitles[document.kind],
        sha256: document.sha256,
        name: party.name,
        channel: channels[channel] ?? channel,
      }));
      return served.length > 0 ? [serviceProof(facts, served)] : [];
    }
    case 'follow-up': {
      const visits = await tx.followUp.findMany({
        where: { caseId },
        orderBy: { at: 'asc' },
        include: { by: true },
      });
      const told = visits.map((v) => ({ ...v, by: v.by.name, way: ways[v.way] }));
      return told.length > 0 ? [followUpForm(facts, told)] : [];
    }
    case 'performance': {
      const items = await tx.performance.findMany({ where: { caseId }, orderBy: { dueOn: 'asc' } });
      const listed = items.map((item) => ({
        label: item.label,
        dueOn: item.dueOn?.toISOString().slice(0, 10) ?? null,
        amountFen: item.amountFen === null ? null : Number(item.amountFen),
        status: states[item.status],
        at: item.performedAt,
        note: item.note ?? '',
      }));
      return listed.length > 0 ? [performanceForm(facts, listed)] : [];
    }
  }
}

/** Each party's newest answer. */
async function addresses(tx: Tx, ctx: Ctx, caseId: string, facts: FormFacts): Promise<FormContent[]> {
  const parties = await tx.party.findMany({
    where: { caseId },
    orderBy: { position: 'asc' },
    include: {
      serviceAddresses: { orderBy: [{ at: 'desc' }, { id: 'desc' }], take: 1, include: { recordedBy: true } },
    },
  });
  return parties.flatMap((party) =>
    party.serviceAddresses.map((given) => {
      const open = (column: string, sealed: Uint8Array | null) =>
        sealed
          ? ctx.deps.cipher.decrypt(
              { courtId: given.courtId, table: 'ServiceAddress', rowId: given.id, column },
              sealed,
            )
          : '';
      return serviceAddressForm(facts, {
        name: party.name,
        electronic: given.electronic,
        receiver: given.receiver,
        address: open('addressEnc', given.addressEnc),
        phone: open('phoneEnc', given.phoneEnc),
        email: open('emailEnc', given.emailEnc),
        at: given.at,
        how: given.recordedBy ? `由${given.recordedBy.name}在站点代为录入并由本人确认` : '由本人在线确认',
      });
    }),
  );
}
