import type { FormFacts } from '../../domain/documents/forms.ts';
import { maskPhone } from '../../domain/phone.ts';
import { forBothSides } from '../apart/conceal.ts';
import { standing } from '../apart/second-room.ts';
import { typeNames } from '../case/type-names.ts';
import type { Ctx, Tx } from '../context.ts';

/** What the forms of a case share. Identity numbers masked, telephones too: forms lie open on a desk. */
export async function formFacts(tx: Tx, ctx: Ctx, caseId: string): Promise<FormFacts> {
  const theCase = await tx.case.findUniqueOrThrow({
    where: { id: caseId },
    include: {
      protections: { where: standing },
      committee: true,
      createdBy: true,
      parties: { orderBy: { position: 'asc' } },
      appointments: { where: { status: 'ACCEPTED' }, include: { staffUser: true } },
    },
  });
  const named = (duty: string) =>
    theCase.appointments.filter((a) => a.duty === duty).map((a) => a.staffUser.name);
  return {
    committeeName: theCase.committee.name,
    caseNumber: theCase.number ?? '',
    disputeType: typeNames[theCase.disputeType],
    source: theCase.source,
    facts: theCase.facts,
    requests: theCase.requests,
    registeredAt: theCase.registeredAt,
    mediators: named('MEDIATOR'),
    recorder: named('RECORDER')[0] ?? theCase.createdBy?.name ?? null,
    registrar: theCase.createdBy?.name ?? null,
    parties: theCase.parties.map((party) => {
      const open = (column: string, sealed: Uint8Array | null) =>
        sealed
          ? ctx.deps.cipher.decrypt(
              { courtId: party.courtId, table: 'Party', rowId: party.id, column },
              sealed,
            )
          : '';
      const number = open('phoneEnc', party.phoneEnc);
      const phone = forBothSides(theCase.protections, party.id, number && maskPhone(number));
      const address = forBothSides(theCase.protections, party.id, open('addressEnc', party.addressEnc));
      const own =
        party.kind === 'ORGANISATION'
          ? [party.creditCode, party.representative]
          : [party.sex, party.ethnicity, party.occupation, party.idNumberMasked];
      const line = [party.name, ...own, phone, address].filter(Boolean).join('，');
      return { name: party.name, line, address };
    }),
    now: ctx.deps.clock.now(),
    demo: ctx.deps.settings.demo,
    verifyUrl: `${ctx.deps.settings.publicUrl}/verify`,
  };
}
