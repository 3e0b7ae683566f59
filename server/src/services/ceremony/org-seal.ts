import type { z } from 'zod';
import type { OrgSealInput } from '../../contract/ceremony.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Ctx, Tx } from '../context.ts';
import type { StaffPrincipal } from '../sign-in/start-session.ts';
import { transact } from '../transact.ts';
import { authoriseAbout, type Place } from './authorise-slot.ts';
import { recordStep } from './take-step.ts';

/**
 * A person compared the seal that the organisation set now with its registered image, and finds both the same, by name.
 * Registered: kept with the case before the text was frozen, the original seen. Set now: photographed afterwards, and
 * another file. NOT_FOUND otherwise; CEREMONY_STEP_MISSING when the organisation has no registered image.
 */
export async function compareSeal(
  ctx: Ctx<StaffPrincipal>,
  place: Place,
  input: z.infer<typeof OrgSealInput>,
): Promise<void> {
  await transact(ctx, async (tx) => {
    const about = await authoriseAbout(tx, ctx, 'compare-seal', place);
    const { slot, ceremony } = about;
    if (!about.plan.some(({ kind }) => kind === 'ORG_SEAL'))
      throw new DomainError('CEREMONY_STEP_MISSING', { step: 'ORG_SEAL' });
    const image = (id: string) =>
      tx.attachment.findFirst({
        where: { id, kind: 'SEAL_IMAGE', caseId: place.caseId, partyId: slot.partyId ?? '' },
      });
    const [registered, shown] = [await image(input.registeredId), await image(input.shownId)];
    const { frozenAt } = ceremony.version;
    const fits =
      registered &&
      shown &&
      registered.originalSeen &&
      registered.createdAt < frozenAt &&
      shown.createdAt >= frozenAt &&
      registered.sha256 !== shown.sha256;
    if (!fits) throw new DomainError('NOT_FOUND');
    await recordSame(tx, ctx, about, registered, shown);
  });
}

type Image = { id: string; sha256: string };
async function recordSame(
  tx: Tx,
  ctx: Ctx<StaffPrincipal>,
  about: Awaited<ReturnType<typeof authoriseAbout>>,
  registered: Image,
  shown: Image,
): Promise<void> {
  const { staffUserId: id, name } = ctx.principal;
  await recordStep(tx, ctx, about, 'ORG_SEAL', {
    registeredId: registered.id,
    registeredSha256: registered.sha256,
    shownId: shown.id,
    shownSha256: shown.sha256,
    comparedBy: { id, name },
    duty: about.duty,
  });
}
