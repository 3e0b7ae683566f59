import type { z } from 'zod';
import type { PrivateCheckInput } from '../../contract/ceremony.ts';
import type { Ctx } from '../context.ts';
import type { StaffPrincipal } from '../sign-in/start-session.ts';
import { transact } from '../transact.ts';
import { authoriseAbout, type Place } from './authorise-slot.ts';
import { recordStep } from './take-step.ts';

/**
 * Mediator or judge talked alone with this very signer, because a sign of pressure, age or violence stands or a no was
 * given: by name, with the result. CLEAR lets this signer go on; a CONCERN keeps the place closed until somebody talks
 * again, or the case ends. The note stays beside the audit chain and enters no document (反家庭暴力法 13, 人民调解法 22).
 */
export async function checkSigner(
  ctx: Ctx<StaffPrincipal>,
  place: Place,
  input: z.infer<typeof PrivateCheckInput>,
): Promise<void> {
  await transact(ctx, async (tx) => {
    const about = await authoriseAbout(tx, ctx, 'check-signer', place);
    const { staffUserId: id, name } = ctx.principal;
    await recordStep(
      tx,
      ctx,
      about,
      'PRIVATE_CHECK',
      { flags: about.because, result: input.result, by: { id, name }, duty: about.duty, way: input.way },
      { note: input.note },
    );
  });
}
