import { APPLICATION_FIELD } from '../../contract/confirmation.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Principal, Tx } from '../context.ts';

/** Agreement states in which a frozen version exists that people sign or have signed. */
const livingStates = ['FROZEN', 'SIGNING', 'SEALING', 'EFFECTIVE'] as const;

/**
 * The case's living agreement with its frozen version, places and steps; for a place of the joint application for
 * confirmation, that application's. NOT_FOUND when nothing is frozen.
 */
export async function loadCeremony(tx: Tx, caseId: string, fieldName = '') {
  const agreement = await tx.agreement.findFirst({ where: { caseId, status: { in: [...livingStates] } } });
  if (!agreement?.currentVersionId) throw new DomainError('NOT_FOUND');
  const application = fieldName.startsWith(APPLICATION_FIELD) ? await openApplicationOf(tx, caseId) : null;
  const version = await tx.draftVersion.findUniqueOrThrow({
    where: { id: application?.versionId ?? agreement.currentVersionId },
    include: {
      signatures: { orderBy: { position: 'asc' }, include: { certificate: true } },
      ceremonySteps: { orderBy: [{ at: 'asc' }, { id: 'asc' }] },
    },
  });
  return { agreement, version, application };
}

/** The newest application that was frozen for signing. NOT_FOUND when there is none. */
async function openApplicationOf(tx: Tx, caseId: string) {
  const found = await tx.confirmation.findFirst({
    where: { caseId, versionId: { not: null } },
    orderBy: { createdAt: 'desc' },
  });
  if (!found?.versionId) throw new DomainError('NOT_FOUND');
  return { ...found, versionId: found.versionId };
}

/** Whether people may sign what is frozen now. */
export function isSignable({ agreement, application }: Ceremony): boolean {
  if (application) return application.status === 'SIGNING';
  return agreement.status === 'FROZEN' || agreement.status === 'SIGNING';
}

export type Ceremony = Awaited<ReturnType<typeof loadCeremony>>;
export type Slot = Ceremony['version']['signatures'][number];

/** The named place. NOT_FOUND when the version has none of that name. */
export function slotOf(ceremony: Ceremony, fieldName: string): Slot {
  const slot = ceremony.version.signatures.find((s) => s.fieldName === fieldName);
  if (!slot) throw new DomainError('NOT_FOUND');
  return slot;
}

/** Whether the place belongs to the asking person. The committee's is nobody's own: `seal` decides. */
export function isMine(
  principal: Principal,
  slot: Pick<Slot, 'agentId' | 'partyId' | 'staffUserId'>,
): boolean {
  switch (principal.kind) {
    case 'party':
      return slot.agentId
        ? slot.agentId === principal.agentId
        : slot.partyId !== null && slot.partyId === principal.partyId && !principal.agentId;
    case 'staff':
      return slot.staffUserId !== null && slot.staffUserId === principal.staffUserId;
    default:
      return false;
  }
}

/** Parties and agents in any order; mediator and recorder when all of them have signed; the committee last. */
export function isTurn(ceremony: Ceremony, slot: Slot): boolean {
  if (slot.signedAt || slot.declinedAt) return false;
  const rank = (role: string) =>
    role === 'committee' ? 2 : role === 'mediator' || role === 'recorder' ? 1 : 0;
  return ceremony.version.signatures.every(
    (other) => rank(other.role) >= rank(slot.role) || other.signedAt !== null,
  );
}

/** The persisted steps of one place, in time. */
export function stepsOf(ceremony: Ceremony, fieldName: string): Ceremony['version']['ceremonySteps'] {
  return ceremony.version.ceremonySteps.filter((step) => step.fieldName === fieldName);
}
