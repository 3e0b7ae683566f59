import * as Y from 'yjs';
import type { DraftState } from '../../contract/draft.ts';
import { DraftTermShape } from '../../contract/terms.ts';
import { termText } from '../../domain/agreement/term-text.ts';
import { DomainError } from '../../domain/errors.ts';
import { allowedActions } from '../../domain/permissions.ts';
import { findAgreement } from '../agreement/open-agreement.ts';
import { authoriseCase } from '../authorise.ts';
import { runningCaucus } from '../caucus/running-caucus.ts';
import type { Ctx } from '../context.ts';
import { transact } from '../transact.ts';
import { contentSha256, openDraft, validContent } from './draft-document.ts';
import { draftFindings } from './draft-findings.ts';

const empty = Buffer.from(Y.encodeStateAsUpdate(new Y.Doc())).toString('base64');

/** The live draft: merged state, who agreed to exactly this text, what stands against freezing it. */
export async function readDraftState(ctx: Ctx, caseId: string): Promise<DraftState> {
  return transact(ctx, async (tx) => {
    const { duties, facts, case: theCase } = await authoriseCase(tx, ctx, 'read-draft', caseId);
    const can = allowedActions(duties, facts);
    const agreement = await findAgreement(tx, caseId);
    const parties = await tx.party.findMany({ where: { caseId }, select: { id: true, name: true } });
    const doc = openDraft(agreement?.draftState ?? null);
    const content = validContent(doc);
    const hash = contentSha256(content);
    const terms = content.terms.map((t) => DraftTermShape.parse(t));
    const approvals = agreement
      ? await tx.textApproval.findMany({
          where: { agreementId: agreement.id, withdrawnAt: null },
          include: { party: true },
        })
      : [];
    const signed = agreement?.currentVersionId
      ? await tx.signature.findMany({
          where: { versionId: agreement.currentVersionId, signedAt: { not: null } },
        })
      : [];
    return {
      agreementId: agreement?.id ?? '00000000-0000-0000-0000-000000000000',
      status: agreement?.status ?? 'DRAFTING',
      seq: agreement?.draftSeq ?? 0,
      state: agreement?.draftState ? Buffer.from(agreement.draftState).toString('base64') : empty,
      contentSha256: hash,
      approvals: approvals.flatMap((a) =>
        a.party
          ? [
              {
                partyId: a.party.id,
                name: a.party.name,
                at: a.at.toISOString(),
                current: a.draftSha256 === hash,
                mine: ctx.principal.kind === 'party' && ctx.principal.partyId === a.party.id,
                seq: a.draftSeq,
              },
            ]
          : [],
      ),
      findings: draftFindings(ctx, { ...content, terms }, parties, theCase.disputeType),
      wording: terms.map((term) => ({ termId: term.id, text: termText(term, parties) })),
      template:
        agreement?.templateKey != null
          ? { key: agreement.templateKey, number: agreement.templateNumber ?? 0 }
          : null,
      canEdit:
        can.includes('edit-draft') &&
        !['SEALING', 'EFFECTIVE'].includes(agreement?.status ?? '') &&
        (await runningCaucus(tx, { caseId })) === null,
      signaturesAtStake: signed.map((s) => s.signerName),
    };
  });
}

/** Updates after `since`, for a reader whose live event did not carry them. At most 500; beyond, read the whole. */
export async function readDraftUpdates(ctx: Ctx, input: { caseId: string; since: number }) {
  return transact(ctx, async (tx) => {
    await authoriseCase(tx, ctx, 'read-draft', input.caseId);
    const agreement = await findAgreement(tx, input.caseId);
    if (!agreement) throw new DomainError('NOT_FOUND');
    const rows = await tx.draftUpdate.findMany({
      where: { agreementId: agreement.id, seq: { gt: input.since } },
      orderBy: { seq: 'asc' },
      take: 500,
    });
    return { seq: agreement.draftSeq, updates: rows.map((row) => Buffer.from(row.bytes).toString('base64')) };
  });
}
