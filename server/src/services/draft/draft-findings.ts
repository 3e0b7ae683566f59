import type { DisputeType } from '../../contract/enums.ts';
import { type CheckedDraft, checkDraft, type TermFinding } from '../../domain/agreement/check-draft.ts';
import type { NamedParty } from '../../domain/agreement/term-text.ts';
import { shanghaiDay } from '../../domain/deadlines.ts';
import type { Ctx } from '../context.ts';

/** What stands against freezing this draft today, a character that no document could show first. */
export function draftFindings(
  ctx: Pick<Ctx, 'deps'>,
  draft: CheckedDraft & { disputed: string },
  parties: readonly NamedParty[],
  disputeType: DisputeType,
): TermFinding[] {
  const today = shanghaiDay(ctx.deps.clock.now());
  return [...undrawableIn(ctx, draft), ...checkDraft(draft, parties, today, disputeType)];
}

/** Edits come as Yjs updates, which the door cannot read: nobody's words are taken back, the text is not frozen. */
function undrawableIn(
  { deps }: Pick<Ctx, 'deps'>,
  draft: CheckedDraft & { disputed: string },
): TermFinding[] {
  const { facts, disputed, performance, terms } = draft;
  const texts: [termId: string | null, text: string][] = [
    [null, `${facts}${disputed}${performance}`],
    ...terms.map((term): [string, string] => [term.id, JSON.stringify(term)]),
  ];
  return texts.flatMap(([termId, text]) => {
    const lacking = deps.documents.undrawable(text);
    if (!lacking) return [];
    const detail = `“${lacking.character}”（${lacking.code}）`;
    return [{ level: 'stop', code: 'NOT_DRAWABLE', termId, basis: '本平台规程', detail }];
  });
}
