import { randomUUID } from 'node:crypto';
import type * as Y from 'yjs';
import { addTerm, type DraftTerm, draftProse, editText, type ProseField } from '../../contract/draft.ts';
import { DisputeType } from '../../contract/enums.ts';
import { type CaseWordings, nameMarks, standIns, type TemplateBody } from '../../contract/wording.ts';
import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase } from '../authorise.ts';
import { refuseDuringCaucus } from '../caucus/running-caucus.ts';
import type { Ctx, Principal } from '../context.ts';
import { transact } from '../transact.ts';
import { readTemplate, readWording } from '../wordings/current-wording.ts';
import { openDraft, validContent } from './draft-document.ts';
import { changeDraft, lockDraft } from './write-draft.ts';

type Staff = Ctx<Extract<Principal, { kind: 'staff' }>>;
type Sides = { APPLICANT: { id: string; name: string }; RESPONDENT: { id: string; name: string } };

/** Templates and clauses that this court uses now, the case's own kind first. */
export async function readCaseWordings(ctx: Staff, caseId: string): Promise<CaseWordings> {
  return transact(ctx, async (tx) => {
    const { case: theCase } = await authoriseCase(tx, ctx, 'edit-draft', caseId);
    const keys = [theCase.disputeType, ...DisputeType.options.filter((k) => k !== theCase.disputeType)];
    const templates = [];
    for (const key of keys) {
      const { number, template } = await readTemplate(tx, key);
      templates.push({ key, number, terms: template.terms.length, own: key === theCase.disputeType });
    }
    return { templates, clauses: (await readWording(tx, 'CLAUSES')).clauses ?? [] };
  });
}

/**
 * Starts an empty draft from a template: its blocks with the case's first applicant and respondent, and the facts as
 * they were registered. The draft remembers which version it was. CONFLICT when it already has terms.
 */
export async function startFromTemplate(
  ctx: Staff,
  input: { caseId: string; key: DisputeType },
): Promise<{ seq: number }> {
  return transact(ctx, async (tx) => {
    const { duty, case: theCase } = await authoriseCase(tx, ctx, 'edit-draft', input.caseId);
    await refuseDuringCaucus(tx, input.caseId);
    const agreement = await lockDraft(tx, ctx.principal.courtId, input.caseId);
    const content = validContent(openDraft(agreement.draftState));
    if (content.terms.length > 0) throw new DomainError('CONFLICT', { reason: 'has-terms' });
    const parties = await tx.party.findMany({
      where: { caseId: input.caseId },
      orderBy: { position: 'asc' },
    });
    const first = (side: string) => parties.find((p) => p.side === side);
    const [applicant, respondent] = [first('APPLICANT'), first('RESPONDENT')];
    if (!applicant || !respondent) throw new DomainError('CONFLICT', { reason: 'sides' });
    const sides = { APPLICANT: applicant, RESPONDENT: respondent };
    const wording = await readTemplate(tx, input.key);
    const author = {
      source: 'TEMPLATE' as const,
      staffAuthorId: ctx.principal.staffUserId,
      partyAuthorId: null,
    };
    const { seq } = await changeDraft(tx, ctx, agreement, author, (doc) =>
      writeTemplate(doc, wording.template, sides, theCase.facts),
    );
    await tx.agreement.update({
      where: { id: agreement.id },
      data: {
        templateKey: input.key,
        templateNumber: wording.number,
        templateSha256: wording.sha256,
      },
    });
    await appendAudit(tx, ctx, {
      action: 'edit-draft',
      subject: { type: 'agreement', id: agreement.id },
      caseId: input.caseId,
      duty,
      data: { template: input.key, number: wording.number, sha256: wording.sha256 },
    });
    return { seq };
  });
}

function writeTemplate(doc: Y.Doc, template: TemplateBody, sides: Sides, facts: string): void {
  const fill = (field: ProseField, text: string) => {
    const prose = draftProse(doc, field);
    if (prose.length === 0) editText(prose, text);
  };
  fill('facts', facts);
  fill('disputed', withNames(template.disputed, sides));
  fill('performance', withNames(template.performance, sides));
  for (const term of template.terms) addTerm(doc, withPeople(term, sides));
}

const withNames = (text: string, sides: Sides): string =>
  text
    .replaceAll(nameMarks.APPLICANT, sides.APPLICANT.name)
    .replaceAll(nameMarks.RESPONDENT, sides.RESPONDENT.name);

/** A template's block with a name of its own, people and names of the case in place of the stand-ins. */
function withPeople(term: TemplateBody['terms'][number], sides: Sides): DraftTerm {
  const people = new Map<string, string>([
    [standIns.APPLICANT, sides.APPLICANT.id],
    [standIns.RESPONDENT, sides.RESPONDENT.id],
  ]);
  const json = JSON.stringify(term, (_key, value: unknown) =>
    typeof value === 'string' ? (people.get(value) ?? withNames(value, sides)) : value,
  );
  return { ...(JSON.parse(json) as DraftTerm), id: randomUUID() };
}
