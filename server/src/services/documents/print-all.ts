import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase } from '../authorise.ts';
import { downloadApplication } from '../confirmation/read-application.ts';
import type { Ctx, Principal } from '../context.ts';
import { transact } from '../transact.ts';
import { formContents } from './draw-form.ts';
import { formFacts } from './form-facts.ts';
import { printDocument } from './read-documents.ts';

/**
 * Everything that people at the station take home, in one file for one tap: rights notice, agreement, receipt, and the
 * application for confirmation where there is one. The paper medium has the same, without places for ink. Both sides get
 * it, so nobody's 送达地址确认书 is in it: where one may be reached is not the other side's to know.
 */
export async function printAll(
  ctx: Ctx<Extract<Principal, { kind: 'staff' }>>,
  caseId: string,
): Promise<{ bytes: Uint8Array; name: string }> {
  const { documents, storage } = ctx.deps;
  const found = await transact(ctx, async (tx) => {
    const { duty, duties } = await authoriseCase(tx, ctx, 'print', caseId);
    const facts = await formFacts(tx, ctx, caseId);
    const agreement = await tx.document.findFirst({
      where: { caseId, kind: 'AGREEMENT', version: { voidedAt: null, agreement: { status: 'EFFECTIVE' } } },
      orderBy: { createdAt: 'desc' },
    });
    const paper = await tx.agreement.count({
      where: { caseId, medium: 'PAPER', status: { in: ['FROZEN', 'EFFECTIVE'] } },
    });
    const application = await tx.confirmation.findFirst({
      where: { caseId, status: { notIn: ['WITHDRAWN', 'REJECTED'] } },
      orderBy: { createdAt: 'desc' },
    });
    await appendAudit(tx, ctx, {
      action: 'print',
      subject: { type: 'case', id: caseId },
      caseId,
      duty,
      data: { kind: 'all' },
    });
    return {
      facts,
      agreement,
      paper: paper > 0,
      forms: await formContents(tx, ctx, { caseId, kind: 'oral' }, facts),
      // The application shows full numbers: only a director prints it along.
      application:
        duties.includes('DIRECTOR') &&
        application !== null &&
        (application.status !== 'SIGNING' || application.medium === 'PAPER'),
    };
  });
  const files = [(await printDocument(ctx, { caseId, kind: 'notice' })).bytes];
  if (found.agreement) files.push(await storage.get(found.agreement.storageKey));
  else if (found.paper) files.push((await printDocument(ctx, { caseId, kind: 'paper' })).bytes);
  for (const content of found.forms) files.push(await documents.drawForm(content));
  files.push((await printDocument(ctx, { caseId, kind: 'receipt' })).bytes);
  if (found.application) files.push((await downloadApplication(ctx, caseId)).bytes);
  return { bytes: await documents.joinPages(files), name: `全部文书${found.facts.caseNumber}.pdf` };
}
