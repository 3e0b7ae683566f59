import type { ChainState } from '../../contract/staff.ts';
import { authoriseCourt } from '../authorise.ts';
import type { Ctx } from '../context.ts';
import { verifyChain } from './verify-chain.ts';

/** Walks the whole chain of the auditor's court and says whether every link holds. At most 100 faults are listed. */
export async function readChainState(ctx: Ctx): Promise<ChainState> {
  authoriseCourt(ctx, 'read-audit');
  const { events, head, erased, faults } = await verifyChain(ctx.deps, ctx.principal.courtId);
  return { ok: faults.length === 0, events, head, erased, faults: faults.slice(0, 100) };
}
