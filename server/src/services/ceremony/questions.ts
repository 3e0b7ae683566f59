import type { z } from 'zod';
import type { AloudInput, QuestionsInput } from '../../contract/ceremony.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Ctx } from '../context.ts';
import type { StaffPrincipal } from '../sign-in/start-session.ts';
import { transact } from '../transact.ts';
import { authoriseAbout, type Place } from './authorise-slot.ts';
import { recordStep, takeStep } from './take-step.ts';

type Answers = z.infer<typeof QuestionsInput>;
const passed = ({ understood, free, unpressed }: Answers): boolean => understood && free && unpressed;

/**
 * The three voluntariness questions on one's own screen. A no is recorded, stops this signer and is shown to the
 * mediator; answering anew after a talk is possible. At the station the mediator asks about the agreement:
 * MEDIATOR_ASKS.
 */
export async function answerQuestions(ctx: Ctx, place: Place, input: Answers): Promise<{ stopped: boolean }> {
  await takeStep(ctx, place, 'QUESTIONS', ({ ceremony }) => {
    const atStation = ctx.principal.kind === 'party' && ctx.principal.via === 'HAND_OVER';
    if (atStation && !ceremony.application) throw new DomainError('MEDIATOR_ASKS');
    return {
      ...input,
      passed: passed(input),
      by: 'SELF',
      askedBy: null,
      way: 'SCREEN',
      othersAway: null,
      language: null,
    };
  });
  return { stopped: !passed(input) };
}

/**
 * The mediator asked the three questions aloud, while the others were away: recorded by name. Only of somebody who has
 * read the whole text (CEREMONY_STEP_MISSING), in the room, over the picture, or by telephone when that is dead.
 */
export async function askAloud(
  ctx: Ctx<StaffPrincipal>,
  place: Place,
  input: z.infer<typeof AloudInput>,
): Promise<{ stopped: boolean }> {
  const { understood, free, unpressed, way, language } = input;
  await transact(ctx, async (tx) => {
    const about = await authoriseAbout(tx, ctx, 'ask-questions', place);
    if (!about.done.has('READ')) throw new DomainError('CEREMONY_STEP_MISSING', { step: 'READ' });
    const { staffUserId: id, name } = ctx.principal;
    await recordStep(tx, ctx, about, 'QUESTIONS', {
      understood,
      free,
      unpressed,
      passed: passed(input),
      by: 'MEDIATOR',
      askedBy: { id, name },
      way,
      othersAway: true,
      language,
    });
  });
  return { stopped: !passed(input) };
}
