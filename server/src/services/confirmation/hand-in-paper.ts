import type { z } from 'zod';
import type { PaperApplicationInput } from '../../contract/confirmation.ts';
import { shanghaiDay } from '../../domain/deadlines.ts';
import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase } from '../authorise.ts';
import type { Ctx, Principal } from '../context.ts';
import { transact } from '../transact.ts';
import { applied } from './finish-application.ts';
import { livingConfirmation } from './load-confirmation.ts';

/**
 * The hand-signed application, photographed page by page, is handed to the court. Only where the agreement was signed on
 * paper as well: MEDIUM_MIXED. The first photograph stands for the paper; the others are its further pages.
 */
export async function handInPaper(
  ctx: Ctx<Extract<Principal, { kind: 'staff' }>>,
  input: { caseId: string } & z.output<typeof PaperApplicationInput>,
): Promise<void> {
  await transact(ctx, async (tx) => {
    const { duty, case: theCase } = await authoriseCase(tx, ctx, 'hand-in-application', input.caseId);
    const confirmation = await livingConfirmation(tx, input.caseId);
    if (confirmation.medium !== 'PAPER') throw new DomainError('MEDIUM_MIXED');
    if (confirmation.status !== 'SIGNING')
      throw new DomainError('ILLEGAL_TRANSITION', { status: confirmation.status });
    const today = shanghaiDay(ctx.deps.clock.now());
    if (input.signedOn > today || input.signedOn < shanghaiDay(confirmation.createdAt))
      throw new DomainError('BAD_REQUEST', { fields: ['signedOn'], reason: 'not-that-day' });
    const found = await tx.attachment.findMany({
      where: { caseId: theCase.id, kind: 'PAPER_AGREEMENT', id: { in: input.attachmentIds } },
    });
    const scans = [...new Set(input.attachmentIds)].map((id) => {
      const scan = found.find((a) => a.id === id);
      if (!scan) throw new DomainError('NOT_FOUND');
      return scan;
    });
    const documents = [];
    for (const scan of scans)
      documents.push(
        await tx.document.create({
          data: {
            courtId: theCase.courtId,
            caseId: theCase.id,
            versionId: confirmation.versionId,
            kind: 'CONFIRMATION_PAPER',
            storageKey: scan.storageKey,
            sha256: scan.sha256,
            size: scan.size,
          },
        }),
      );
    const [first] = documents;
    if (!first) throw new DomainError('NOT_FOUND');
    const signing = { ...confirmation, status: 'SIGNING' as const };
    await applied(tx, ctx, signing, { documentId: first.id, sha256: first.sha256 });
    await appendAudit(tx, ctx, {
      action: 'hand-in-application',
      subject: { type: 'confirmation', id: confirmation.id },
      caseId: theCase.id,
      duty,
      data: { scans: scans.map((s) => s.sha256), signedOn: input.signedOn },
      topics: [`station:${theCase.stationId}`],
    });
  });
}
