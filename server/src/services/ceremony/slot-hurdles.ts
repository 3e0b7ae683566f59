import { ageAt } from '../../domain/age.ts';
import { type Hurdle, signingHurdles } from '../../domain/agreement/signing-hurdles.ts';
import { shanghaiDay } from '../../domain/deadlines.ts';
import { DomainError } from '../../domain/errors.ts';
import { actsItself, mayFor } from '../../domain/representation.ts';
import type { Ctx, Tx } from '../context.ts';
import type { Slot } from './load-ceremony.ts';
import { phoneFacts } from './phone-of-signer.ts';

/**
 * Whether this very person sat at a seat of the station in a session of the case today (Shanghai): called by name there,
 * seen by everybody. Whoever takes part from home is not signed for at the station's screen.
 */
async function satAtStation(tx: Tx, ctx: Ctx, slot: Slot, caseId: string): Promise<boolean> {
  const who = slot.agentId ? { agentId: slot.agentId } : { partyId: slot.partyId, agentId: null };
  const today = new Date(`${shanghaiDay(ctx.deps.clock.now())}T00:00:00+08:00`);
  const sat = await tx.attendee.count({
    where: {
      ...who,
      seat: { kind: 'STATION', session: { caseId } },
      OR: [{ leftAt: null }, { leftAt: { gte: today } }],
    },
  });
  return sat > 0;
}

/** What stands against this party's or agent's electronic signature now; nothing for anybody else. */
export async function hurdlesOf(tx: Tx, ctx: Ctx, slot: Slot): Promise<Hurdle[]> {
  if (slot.role !== 'party' && slot.role !== 'agent') return [];
  if (!slot.partyId) throw new DomainError('NOT_FOUND');
  const party = await tx.party.findUniqueOrThrow({ where: { id: slot.partyId }, include: { agents: true } });
  const agent = party.agents.find((a) => a.id === slot.agentId) ?? null;
  if (slot.agentId && !agent) throw new DomainError('NOT_FOUND');
  const subject = agent ? { agentId: agent.id } : { partyId: party.id, agentId: null };
  const check = await tx.identityCheck.findFirst({ where: subject, orderBy: { checkedAt: 'desc' } });
  const consent = await tx.consent.findFirst({
    where: { partyId: party.id, item: 'E_SIGNATURE' },
    orderBy: { at: 'desc' },
  });
  const now = ctx.deps.clock.now();
  const phone = await phoneFacts(tx, ctx, slot);
  return signingHurdles({
    role: agent ? 'agent' : 'party',
    remote: ctx.principal.kind === 'party' && ctx.principal.via === 'LINK',
    identityChecked: check?.samePerson === true,
    identityAttested: check?.attestedAt != null,
    satAtStation: check?.method !== 'DOCUMENT_BY_VIDEO' && (await satAtStation(tx, ctx, slot, party.caseId)),
    eSignatureConsent: consent?.agreed === true && consent.withdrawnAt === null,
    specialAuthority: agent !== null && mayFor(agent, 'SETTLE', now) && mayFor(agent, 'SIGN', now),
    sharesPhone: phone.shared,
    // At intake the director typed it: whoever answered there was compared by a second person who is elsewhere.
    phoneApproved: !phone.waits && check?.attestedAt != null,
    phoneNew: phone.isNew,
    actsItself: actsItself(party.birthDate && ageAt(party.birthDate, now), party.agents, now),
    represented: party.kind === 'PERSON' || Boolean(party.representative?.trim()),
  });
}
