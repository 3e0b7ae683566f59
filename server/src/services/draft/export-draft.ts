import type { AgreementDocument } from '../../contract/agreement-document.ts';
import type { FormContent } from '../../contract/forms.ts';
import { DraftTermShape } from '../../contract/terms.ts';
import { ordinal, termText } from '../../domain/agreement/term-text.ts';
import { DomainError } from '../../domain/errors.ts';
import { buildAgreementDocument } from '../agreement/build-document.ts';
import { findAgreement } from '../agreement/open-agreement.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase } from '../authorise.ts';
import type { Ctx, Principal } from '../context.ts';
import { transact } from '../transact.ts';
import { openDraft, validContent } from './draft-document.ts';

/**
 * The text being written as a Word file, marked as a draft: for reading over on paper, with a line to write on where
 * something is still missing. DRAFT_EMPTY when nothing is written, CONFLICT once anybody signed.
 */
export async function exportDraft(
  ctx: Ctx<Extract<Principal, { kind: 'staff' }>>,
  caseId: string,
): Promise<{ bytes: Uint8Array; name: string }> {
  const document = await transact(ctx, async (tx) => {
    const { duty } = await authoriseCase(tx, ctx, 'export-draft', caseId);
    const agreement = await findAgreement(tx, caseId);
    if (!agreement?.draftState) throw new DomainError('DRAFT_EMPTY');
    if (agreement.status !== 'DRAFTING' && agreement.status !== 'FROZEN')
      throw new DomainError('CONFLICT', { status: agreement.status });
    const content = validContent(openDraft(agreement.draftState));
    const built = await buildAgreementDocument(tx, ctx, {
      caseId,
      versionId: agreement.id,
      versionNumber: 0,
      // Its terms are finished ones; these need not be.
      content: { ...content, terms: [] },
      medium: 'PAPER',
    });
    const terms = content.terms.map((term) => termText(DraftTermShape.parse(term), built.parties));
    await appendAudit(tx, ctx, {
      action: 'export-draft',
      subject: { type: 'agreement', id: agreement.id },
      caseId,
      duty,
    });
    return { ...built, terms };
  });
  const bytes = await ctx.deps.documents.draftAsWord(draftForm(document));
  return { bytes, name: `人民调解协议书草稿${document.caseNumber}.docx` };
}

/** The agreement's own order and wording, without places for signing. */
function draftForm(document: Omit<AgreementDocument, 'terms'> & { terms: string[] }): FormContent {
  const flush = true as const;
  return {
    title: '人民调解协议书（草稿）',
    number: document.caseNumber,
    date: document.date,
    demo: document.demo,
    footer: '草稿，未经签署，不具有效力',
    qr: null,
    blocks: [
      ...document.parties.map((p) => ({
        kind: 'paragraph' as const,
        flush,
        text: ['当事人', p.name, p.sex, p.ethnicity, p.idNumberMasked ?? p.creditCode, p.phone, p.address]
          .filter(Boolean)
          .join('　'),
      })),
      { kind: 'heading', text: '纠纷主要事实、争议事项：' },
      { kind: 'paragraph', text: [document.facts, document.disputed].filter(Boolean).join('\n') },
      { kind: 'heading', text: '经调解，自愿达成如下协议：' },
      ...document.terms.map((term, i) => ({
        kind: 'paragraph' as const,
        text: `${ordinal(i + 1)}、${term}`,
      })),
      { kind: 'heading', text: '履行方式、时限：' },
      { kind: 'paragraph', text: document.performance },
      { kind: 'end', lines: [document.committeeName] },
    ],
  };
}
