import type { z } from 'zod';
import type { ConsentInput, ConsentSheetView } from '../../contract/case.ts';
import { consentWordingsV1 } from '../../contract/consent-wordings.ts';
import { DomainError } from '../../domain/errors.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase } from '../authorise.ts';
import { endTalks } from '../case/end-talks.ts';
import { hasConsent } from '../case/read-case.ts';
import { transitionCase } from '../case/transition-case.ts';
import type { Ctx, Tx } from '../context.ts';
import { stopWithoutConsent } from '../recording/stop-recording.ts';
import { putOut } from '../session/seat-owner.ts';
import { transact } from '../transact.ts';

/** 《告知与同意书》 with its newest wordings and this party's answers. */
export async function readConsentSheet(
  ctx: Ctx,
  input: { caseId: string; partyId: string },
): Promise<z.infer<typeof ConsentSheetView>> {
  return transact(ctx, async (tx) => {
    await authoriseCase(tx, ctx, 'record-consent', input.caseId);
    const party = await ownParty(tx, ctx, input);
    const wordings = await newestWordings(tx);
    return consentWordingsV1.flatMap(({ item, required }) => {
      const wording = wordings.get(item);
      if (!wording) return [];
      const last = party.consents.findLast((c) => c.item === item);
      return [
        {
          item,
          required,
          zh: wording.zh,
          en: wording.en,
          version: wording.version,
          agreed: last ? last.agreed && !last.withdrawnAt : null,
        },
      ];
    });
  });
}

/**
 * Records answers box by box, with time, wording and who recorded them. A party answers for itself, or its guardian or
 * agent with special authority for it; a director records what a party at the station says. A no to mediation ends the case as refused (人民调解法 17): no repeat pressure.
 * A no after a yes withdraws it, forward only; without the yes to going online its seats' connections are cut.
 */
export async function answerConsents(
  ctx: Ctx,
  input: { caseId: string; partyId: string } & z.infer<typeof ConsentInput>,
): Promise<void> {
  await transact(ctx, async (tx) => {
    const { duty, case: theCase } = await authoriseCase(tx, ctx, 'record-consent', input.caseId);
    const party = await ownParty(tx, ctx, input);
    const wordings = await newestWordings(tx);
    const at = ctx.deps.clock.now();
    for (const { item, agreed } of input.answers) {
      const wording = wordings.get(item);
      if (!wording) throw new DomainError('BAD_REQUEST', { fields: ['answers'] });
      if (!agreed)
        await tx.consent.updateMany({
          where: { partyId: party.id, item, agreed: true, withdrawnAt: null },
          data: { withdrawnAt: at },
        });
      await tx.consent.create({
        data: {
          courtId: party.courtId,
          caseId: input.caseId,
          partyId: party.id,
          agentId: ctx.principal.kind === 'party' ? ctx.principal.agentId : null,
          wordingId: wording.id,
          item,
          agreed,
          at,
          recordedById: ctx.principal.kind === 'staff' ? ctx.principal.staffUserId : null,
        },
      });
    }
    const refused = input.answers.some((a) => a.item === 'MEDIATION' && !a.agreed);
    if (refused) {
      await endTalks(tx, ctx, theCase, {
        event: 'refuse',
        duty,
        reason: '一方不同意调解',
        also: { endCode: 'UNWILLING', endReason: '一方不同意调解', closedAt: at },
      });
    } else if (theCase.status === 'SCREENED') await transitionCase(tx, theCase, 'ask-consent');
    // A seat by video rests on this yes: the connection does not outlive it.
    if (input.answers.some((a) => a.item === 'ONLINE' && !a.agreed))
      await putOut(tx, ctx, { partyId: party.id, session: { caseId: input.caseId } });
    const running = await tx.session.findFirst({
      where: { caseId: input.caseId, status: { in: ['OPEN', 'PAUSED'] } },
      select: { id: true },
    });
    if (running) await stopWithoutConsent(tx, ctx, running.id, 'CONSENT_WITHDRAWN');
    await appendAudit(tx, ctx, {
      action: 'record-consent',
      subject: { type: 'party', id: party.id },
      caseId: input.caseId,
      duty,
      data: { answers: input.answers.map((a) => `${a.item}:${a.agreed ? 'yes' : 'no'}`), ended: refused },
      topics: [`station:${theCase.stationId}`],
    });
  });
}

/** CONSENT_MISSING unless this party agreed to every item. */
export async function requireConsents(tx: Tx, partyId: string, items: string[]): Promise<void> {
  const consents = await tx.consent.findMany({ where: { partyId }, orderBy: { at: 'asc' } });
  const missing = items.find((item) => !hasConsent({ consents }, item));
  if (missing) throw new DomainError('CONSENT_MISSING', { item: missing });
}

async function ownParty(tx: Tx, ctx: Ctx, input: { caseId: string; partyId: string }) {
  const { principal } = ctx;
  if (principal.kind === 'party' && principal.partyId !== input.partyId) throw new DomainError('FORBIDDEN');
  const party = await tx.party.findFirst({
    where: { id: input.partyId, caseId: input.caseId },
    include: { consents: { orderBy: { at: 'asc' } } },
  });
  if (!party) throw new DomainError('NOT_FOUND');
  return party;
}

async function newestWordings(tx: Tx) {
  const rows = await tx.consentWording.findMany({ orderBy: { version: 'asc' } });
  return new Map(rows.map((row) => [row.item, row]));
}
