import type { StepTrace } from '../../contract/ceremony-steps.ts';
import { networkOf } from '../../domain/network.ts';
import type { Ctx, Tx } from '../context.ts';

/** Device, browser and class of network of this request, as every step keeps them. */
export async function traceOf(tx: Tx, ctx: Ctx): Promise<StepTrace> {
  const { principal } = ctx;
  const deviceId = principal.kind === 'system' ? null : principal.deviceId;
  const device = deviceId ? await tx.device.findUnique({ where: { id: deviceId } }) : null;
  const via = { staff: 'STAFF', party: null, device: 'STAFF', system: 'SYSTEM' } as const;
  return {
    via: principal.kind === 'party' ? principal.via : via[principal.kind],
    session: sessionOf(ctx),
    device: device ? { id: device.id, name: device.name } : null,
    userAgent: ctx.userAgent ?? '',
    ...networkOf(ctx.ip),
    requestId: ctx.requestId,
  };
}

function sessionOf({ principal }: Ctx): string | null {
  if (principal.kind === 'party') return principal.partySessionId;
  return principal.kind === 'staff' ? principal.sessionId : null;
}
