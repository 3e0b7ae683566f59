import type { AgreementDocument } from '../../contract/agreement-document.ts';
import type { CorrectionStatus } from '../../contract/enums.ts';
import { type CorrectionEvent, nextCorrectionStatus } from '../../domain/correction/lifecycle.ts';
import type { CorrectableText } from '../../domain/correction/slip.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import type { Tx } from '../context.ts';

/** What was said in the talks: read by whoever may read the record. */
export const recordKinds = ['RECORD', 'UNDISPUTED_FACTS'] as const;

/** A sealed agreement in effect and a confirmed record; drafts and everything that is drawn anew need no correction. */
export const correctable = {
  OR: [
    {
      kind: { in: ['AGREEMENT', 'AGREEMENT_PAPER'] },
      version: { voidedAt: null, agreement: { status: 'EFFECTIVE' } },
    },
    { kind: { in: [...recordKinds] } },
  ],
} satisfies Prisma.DocumentWhereInput;

/** The words of one correctable document. NOT_FOUND for any other. */
export async function textOf(tx: Tx, caseId: string, documentId: string): Promise<CorrectableText> {
  const document = await tx.document.findFirst({
    where: { id: documentId, caseId, ...correctable },
    include: { version: true, records: true },
  });
  const content = document?.version?.document ?? document?.records[0]?.content;
  if (!document || !content) throw new DomainError('NOT_FOUND');
  const parties = await tx.party.findMany({ where: { caseId }, select: { name: true } });
  const agreed = document.version ? (content as unknown as AgreementDocument) : null;
  const all = stringsOf(content);
  return {
    all,
    // What was said and confirmed binds word by word: no figure of a record is beside the point.
    terms: agreed ? [...agreed.terms.map((term) => term.text), agreed.performance] : all,
    names: parties.map((party) => party.name),
  };
}

function stringsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsOf) : [];
}

/** Whether every party of the case has said yes. */
export async function isAgreedByAll(tx: Tx, correction: { id: string; caseId: string }): Promise<boolean> {
  const parties = await tx.party.count({ where: { caseId: correction.caseId } });
  return (
    (await tx.correctionWord.count({ where: { correctionId: correction.id, agreed: true } })) === parties
  );
}

/** The only writer of a correction's status, as a conditional update: of two at once one gets CONFLICT. */
export async function transitionCorrection(
  tx: Tx,
  correction: { id: string; status: CorrectionStatus },
  event: CorrectionEvent,
  also: Prisma.CorrectionUncheckedUpdateManyInput = {},
): Promise<void> {
  const status = nextCorrectionStatus(correction.status, event);
  const changed = await tx.correction.updateMany({
    where: { id: correction.id, status: correction.status },
    data: { ...also, status },
  });
  if (changed.count !== 1) throw new DomainError('CONFLICT');
}
