import type { z } from 'zod';
import type { OpenInput, ReadInput } from '../../contract/ceremony.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Ctx } from '../context.ts';
import type { Place } from './authorise-slot.ts';
import { takeStep } from './take-step.ts';

/** First step: the signer has the agreement before them. */
export function openSigning(ctx: Ctx, place: Place, input: z.infer<typeof OpenInput>): Promise<void> {
  return takeStep(ctx, place, 'OPENED', ({ ceremony }) => ({
    screen: input.screen ?? null,
    baseSha256: ceremony.version.baseSha256,
  }));
}

/**
 * The whole text was read, by oneself or aloud; who (or which voice) read it and in which language is kept.
 * VERSION_CHANGED when the browser's own hash is not that of the frozen text.
 */
export function recordReading(ctx: Ctx, place: Place, input: z.infer<typeof ReadInput>): Promise<void> {
  return takeStep(ctx, place, 'READ', ({ ceremony }) => {
    if (input.textSha256 !== ceremony.version.canonicalSha256) throw new DomainError('VERSION_CHANGED');
    return {
      textSha256: input.textSha256,
      how: input.how,
      language: input.language ?? null,
      reader: input.how === 'READ_ALOUD_BY_PERSON' ? (input.reader ?? null) : null,
      voice: input.how === 'READ_ALOUD_BY_BROWSER' ? (input.voice ?? null) : null,
      seconds: input.seconds ?? null,
    };
  });
}
