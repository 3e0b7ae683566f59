import type { z } from 'zod';
import type { DutyListInput, DutyLists } from '../../contract/duty-list.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCourt } from '../authorise.ts';
import type { Tx } from '../context.ts';
import type { Staff } from '../session/as-host.ts';
import { transact } from '../transact.ts';

/** The town of a station: its own place where that is none of a village. */
export async function townOf(tx: Tx, stationId: string) {
  const station = await tx.station.findUniqueOrThrow({
    where: { id: stationId },
    include: { place: { include: { parent: true } } },
  });
  const { place } = station;
  return place.kind === 'VILLAGE' || place.kind === 'GRID' ? place.parent : place;
}

const guiding = {
  disabledAt: null,
  duties: { some: { duty: 'GUIDING_JUDGE', until: null } },
} satisfies Prisma.StaffUserWhereInput;

/** Every town's list with its number, and the judges who may stand on one. */
export function readDutyLists(ctx: Staff): Promise<z.infer<typeof DutyLists>> {
  return transact(ctx, async (tx) => {
    authoriseCourt(ctx, 'manage-duty-list');
    const towns = await tx.place.findMany({
      where: { kind: 'TOWN' },
      orderBy: { name: 'asc' },
      include: {
        judgeDuties: {
          where: { staffUser: guiding },
          orderBy: { position: 'asc' },
          include: { staffUser: true },
        },
      },
    });
    const judges = await tx.staffUser.findMany({ where: guiding, orderBy: { name: 'asc' } });
    return {
      towns: towns.map((town) => ({
        placeId: town.id,
        placeName: town.name,
        phone: town.dutyPhone,
        judges: town.judgeDuties.map(({ staffUser: { id, name } }) => ({ id, name })),
      })),
      judges: judges.map(({ id, name }) => ({ id, name })),
    };
  });
}

/** Replaces a town's list. NOT_FOUND for a place that is no town, BAD_REQUEST for somebody who guides no station. */
export async function setDutyList(
  ctx: Staff,
  input: { placeId: string } & z.infer<typeof DutyListInput>,
): Promise<void> {
  await transact(ctx, async (tx) => {
    const duty = authoriseCourt(ctx, 'manage-duty-list');
    const { courtId } = ctx.principal;
    const town = await tx.place.findFirst({ where: { id: input.placeId, kind: 'TOWN' } });
    if (!town) throw new DomainError('NOT_FOUND');
    const ids = [...new Set(input.judgeIds)];
    if ((await tx.staffUser.count({ where: { id: { in: ids }, ...guiding } })) !== ids.length)
      throw new DomainError('BAD_REQUEST', { fields: ['judgeIds'] });
    await tx.place.update({ where: { id: town.id }, data: { dutyPhone: input.phone } });
    await tx.judgeDuty.deleteMany({ where: { placeId: town.id } });
    await tx.judgeDuty.createMany({
      data: ids.map((staffUserId, position) => ({ courtId, placeId: town.id, staffUserId, position })),
    });
    await appendAudit(tx, ctx, {
      action: 'manage-duty-list',
      subject: { type: 'place', id: town.id },
      duty,
      data: { judgeIds: ids },
      ...(input.phone ? { personal: { phone: input.phone } } : {}),
      topics: ['court'],
    });
  });
}
