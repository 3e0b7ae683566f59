import type { Action } from '../../contract/actions.ts';
import type { CeremonyStepKind } from '../../contract/enums.ts';
import { ageAt } from '../../domain/age.ts';
import { signingHurdles } from '../../domain/agreement/signing-hurdles.ts';
import { DomainError } from '../../domain/errors.ts';
import { actsItself, mayFor } from '../../domain/representation.ts';
import { authoriseCase } from '../authorise.ts';
import type { Ctx, Tx } from '../context.ts';
import {
  isMine,
  isSignable,
  isTurn,
  loadCeremony,
  neededSteps,
  type Slot,
  slotOf,
  stepsOf,
} from './load-ceremony.ts';

const actionOf: Record<string, Action> = {
  party: 'sign-as-party',
  agent: 'sign-as-agent',
  mediator: 'sign-as-mediator',
  recorder: 'sign-as-recorder',
};

/**
 * The one gate of every ceremony verb: permission, own place, right turn, electronic medium, no hurdle, and the
 * earlier steps done. Refusals: FORBIDDEN, NOT_FOUND, NOT_YOUR_TURN, ALREADY_SIGNED, MEDIUM_MIXED, PAPER_ONLY,
 * CEREMONY_STEP_MISSING and those of signing-hurdles.
 */
export async function authoriseSlot(
  tx: Tx,
  ctx: Ctx,
  input: { caseId: string; fieldName: string },
  step: CeremonyStepKind,
) {
  const ceremony = await loadCeremony(tx, input.caseId, input.fieldName);
  const slot = slotOf(ceremony, input.fieldName);
  const action = actionOf[slot.role];
  if (!action) throw new DomainError('FORBIDDEN');
  const { duty, case: theCase } = await authoriseCase(tx, ctx, action, input.caseId);
  if (!isMine(ctx.principal, slot)) throw new DomainError('FORBIDDEN', { reason: 'not-your-place' });
  const { agreement } = ceremony;
  if ((ceremony.application ?? agreement).medium !== 'ELECTRONIC') throw new DomainError('MEDIUM_MIXED');
  if (slot.signedAt) throw new DomainError('ALREADY_SIGNED');
  if (!isSignable(ceremony))
    throw new DomainError('ILLEGAL_TRANSITION', { status: (ceremony.application ?? agreement).status });
  if (!isTurn(ceremony, slot)) throw new DomainError('NOT_YOUR_TURN');
  if (slot.role === 'party' || slot.role === 'agent') await refuseHurdles(tx, ctx, slot);
  const needed = neededSteps(slot.role);
  const position = needed.indexOf(step);
  const before = position < 0 ? needed : needed.slice(0, position);
  const done = stepsOf(ceremony, slot.fieldName);
  const missing = before.find((kind) => !done.has(kind));
  if (missing) throw new DomainError('CEREMONY_STEP_MISSING', { step: missing });
  return { duty, case: theCase, ceremony, slot };
}

async function refuseHurdles(tx: Tx, ctx: Ctx, slot: Slot): Promise<void> {
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
  const sharing = party.phoneIndex
    ? await tx.party.count({
        where: { caseId: party.caseId, side: { not: party.side }, phoneIndex: party.phoneIndex },
      })
    : 0;
  const now = ctx.deps.clock.now();
  const hurdle = signingHurdles({
    role: agent ? 'agent' : 'party',
    remote: ctx.principal.kind === 'party' && ctx.principal.via === 'LINK',
    identityChecked: check?.samePerson === true,
    identityAttested: Boolean(check && (check.attestedAt || check.witnessName)),
    eSignatureConsent: consent?.agreed === true && consent.withdrawnAt === null,
    specialAuthority: agent !== null && mayFor(agent, 'SETTLE', now) && mayFor(agent, 'SIGN', now),
    sharesPhoneWithOpponent: sharing > 0,
    actsItself: actsItself(party.birthDate && ageAt(party.birthDate, now), party.agents, now),
  })[0];
  if (hurdle) throw new DomainError(hurdle.code, { basis: hurdle.basis });
}
