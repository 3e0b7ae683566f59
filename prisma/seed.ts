import type { Deps } from '../server/src/services/context.ts';
import { createCourt, type SeededCourt } from '../tests/factories/court.ts';

/** The demo court of an empty database, from the factories that the tests use. */
export function seedDemo(deps: Pick<Deps, 'db' | 'cipher' | 'settings' | 'clock'>): Promise<SeededCourt> {
  return createCourt(deps);
}
