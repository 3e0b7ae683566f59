import canonicalize from 'canonicalize';
import { DomainError } from '../../domain/errors.ts';
import type { Ctx } from '../context.ts';
import { downloadAgreement } from '../documents/read-documents.ts';
import { transact } from '../transact.ts';

/**
 * The SM2/SM3 evidence of the sealed agreement: a statement that names the file by both hashes, signed by the court's
 * key. For everybody who may download the file. NOT_FOUND where national algorithms are switched off or nothing is in
 * effect.
 */
export async function readSm2Evidence(ctx: Ctx, caseId: string): Promise<{ text: string; name: string }> {
  const { sm2, demo } = ctx.deps.signing;
  if (sm2 === null) throw new DomainError('NOT_FOUND');
  const { bytes, sha256 } = await downloadAgreement(ctx, caseId);
  const { courtId } = ctx.principal;
  const { agreement, court } = await transact(ctx, async (tx) => ({
    agreement: await tx.agreement.findFirstOrThrow({
      where: { caseId, status: 'EFFECTIVE' },
      include: { case: { select: { number: true } } },
    }),
    court: await tx.court.findUniqueOrThrow({ where: { id: courtId } }),
  }));
  const statement = canonicalize({
    format: 1,
    demo,
    courtId,
    courtName: court.name,
    caseNumber: agreement.case.number,
    versionId: agreement.currentVersionId,
    documentSha256: sha256,
    documentSm3: sm2.sm3(bytes),
    effectiveAt: agreement.effectiveAt?.toISOString() ?? null,
  });
  if (statement === undefined) throw new Error('statement is not JSON');
  const evidence = await sm2.sign({ courtId, courtName: court.name }, statement);
  return {
    text: `${JSON.stringify(evidence, null, 2)}\n`,
    name: `${agreement.case.number ?? caseId}.sm2.json`,
  };
}
