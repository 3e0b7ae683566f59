import type { EndCode } from '../../contract/enums.ts';
import { type Termination, terminationNotice } from '../../domain/documents/forms.ts';
import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase } from '../authorise.ts';
import { lockCase } from '../case/lock-case.ts';
import type { Ctx, Principal } from '../context.ts';
import { formFacts } from '../documents/form-facts.ts';
import { storeFile } from '../storage/store-file.ts';
import { transact } from '../transact.ts';
import { serveDocument } from './serve-document.ts';

const reasons: Record<EndCode, Omit<Termination, 'at'> | null> = {
  AGREEMENT: null,
  SETTLED_WITHDRAWN: { reason: '当事人自行和解并撤回申请', basis: '《中华人民共和国人民调解法》第二十三条' },
  UNREACHABLE: { reason: '无法与一方当事人取得联系', basis: '《中华人民共和国人民调解法》第十七条' },
  UNWILLING: { reason: '一方当事人不愿意调解', basis: '《中华人民共和国人民调解法》第十七条' },
  DIVERGENCE: { reason: '各方分歧较大，调解不成', basis: '《中华人民共和国人民调解法》第二十六条' },
  EXPIRED: { reason: '调解期限届满，各方没有同意延长', basis: '《宁波市人民调解条例》第二十七条' },
  REFUSED_TO_SIGN: { reason: '一方当事人拒绝签署协议', basis: '《中华人民共和国人民调解法》第二十六条' },
  OTHER: { reason: '出现不能继续调解的情形', basis: '《中华人民共和国人民调解法》第二十六条' },
};

/** Why talks ended, as the notice says it. ILLEGAL_TRANSITION while they go on, or when they ended in an agreement. */
export function terminationOf(theCase: {
  status: string;
  endCode: EndCode | null;
  closedAt: Date | null;
}): Termination {
  const ended = theCase.endCode && reasons[theCase.endCode];
  if (!ended || !theCase.closedAt) throw new DomainError('ILLEGAL_TRANSITION', { status: theCase.status });
  return { ...ended, at: theCase.closedAt };
}

/**
 * Draws the 终止调解通知书, keeps it and serves it: every party reads it on its own page or gets it at the station and
 * signs for it. Nothing is sent to a telephone. Once a case: CONFLICT. The reason is the end code's own wording, never what somebody said in the talks.
 */
export async function serveTermination(
  ctx: Ctx<Extract<Principal, { kind: 'staff' }>>,
  input: { caseId: string },
): Promise<void> {
  const content = await transact(ctx, async (tx) => {
    const { case: theCase } = await authoriseCase(tx, ctx, 'record-receipt', input.caseId);
    const end = terminationOf(theCase);
    await refuseSecond(tx, theCase.id);
    return terminationNotice(await formFacts(tx, ctx, theCase.id), end);
  });
  const pdf = await ctx.deps.documents.drawForm(content);
  const storageKey = await storeFile(ctx, 'notice', pdf, '.pdf');
  await transact(ctx, async (tx) => {
    const { duty, case: theCase } = await authoriseCase(tx, ctx, 'record-receipt', input.caseId);
    await lockCase(tx, theCase.id);
    await refuseSecond(tx, theCase.id);
    const document = await serveDocument(tx, theCase, { kind: 'TERMINATION_NOTICE', pdf, storageKey });
    await appendAudit(tx, ctx, {
      action: 'print',
      subject: { type: 'document', id: document.id },
      caseId: theCase.id,
      duty,
      data: { kind: 'TERMINATION_NOTICE', sha256: document.sha256 },
      topics: [`station:${theCase.stationId}`],
    });
  });
}

async function refuseSecond(
  tx: { document: { count(input: object): Promise<number> } },
  caseId: string,
): Promise<void> {
  if ((await tx.document.count({ where: { caseId, kind: 'TERMINATION_NOTICE' } })) > 0)
    throw new DomainError('CONFLICT', { reason: 'served' });
}
