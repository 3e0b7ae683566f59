import { createHash, randomUUID } from 'node:crypto';
import { consentWordingsV1 } from '../../server/src/contract/consent-wordings.ts';
import type { Duty } from '../../server/src/contract/enums.ts';
import type { Deps, Tx } from '../../server/src/services/context.ts';
import { hashSecret, newSecret } from '../../server/src/services/secrets-hash.ts';
import { hashPassword } from '../../server/src/services/sign-in/password.ts';
import { inCourt } from '../../server/src/services/transact.ts';

export type StaffSeed = {
  login: string;
  name: string;
  phone: string;
  duties: { duty: Duty; where: 'station' | 'committee' | 'court' }[];
};

/** The demo's people (all fictional; 明州区、云桥法庭、禾岸村均虚构). */
export const demoStaff = [
  {
    login: 'fanghui',
    name: '方慧',
    phone: '13900000001',
    duties: [
      { duty: 'DIRECTOR', where: 'station' },
      { duty: 'RECORDER', where: 'station' },
      { duty: 'MEDIATOR', where: 'committee' },
    ],
  },
  {
    login: 'zhaosuqin',
    name: '赵素琴',
    phone: '13900000002',
    duties: [{ duty: 'MEDIATOR', where: 'committee' }],
  },
  {
    login: 'linyiming',
    name: '林一鸣',
    phone: '13900000003',
    duties: [{ duty: 'GUIDING_JUDGE', where: 'court' }],
  },
  {
    login: 'chenjing',
    name: '陈静',
    phone: '13900000004',
    duties: [{ duty: 'CONFIRMING_JUDGE', where: 'court' }],
  },
  {
    login: 'shenguoqiang',
    name: '沈国强',
    phone: '13900000005',
    duties: [{ duty: 'SEAL_HOLDER', where: 'committee' }],
  },
  {
    login: 'linxiao',
    name: '林晓',
    phone: '13900000006',
    duties: [{ duty: 'GRID_WORKER', where: 'station' }],
  },
  {
    login: 'wangmin',
    name: '王敏',
    phone: '13900000007',
    duties: [{ duty: 'ADMINISTRATOR', where: 'court' }],
  },
  { login: 'zhouzheng', name: '周正', phone: '13900000008', duties: [{ duty: 'AUDITOR', where: 'court' }] },
] as const satisfies StaffSeed[];

export type DemoLogin = (typeof demoStaff)[number]['login'];

/** Password of every seeded person: only databases seeded as demo or by tests have it. */
export const demoPassword = 'tongxi-demo-2026';
/** PIN that takes a handed-over station screen back. */
export const demoPin = '246810';
/** Base32 TOTP secret of every seeded person. */
export const demoTotpSecret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

export type SeededCourt = {
  courtId: string;
  stationId: string;
  committeeId: string;
  staff: Record<DemoLogin, string>;
  deviceId: string;
  /** Cookie value of the enrolled station device. */
  deviceToken: string;
};

/**
 * A court with one town, one village station with its enrolled device, its committee and people.
 * `suffix` keeps login names apart when several courts live in one database.
 */
export async function createCourt(
  deps: Pick<Deps, 'db' | 'cipher' | 'settings' | 'clock'>,
  options: { suffix?: string; courtName?: string; passwordHash?: string } = {},
): Promise<SeededCourt> {
  const { suffix = '', courtName = '明州区人民法院云桥法庭' } = options;
  const passwordHash = options.passwordHash ?? (await hashPassword(demoPassword));
  const pinHash = await hashPassword(demoPin);
  const courtId = randomUUID();
  const deviceToken = newSecret();
  await deps.db.court.create({ data: { id: courtId, name: courtName } });
  return inCourt(deps.db, courtId, async (tx) => {
    const place = (kind: 'DISTRICT' | 'TOWN' | 'VILLAGE', name: string, parentId: string | null) =>
      tx.place.create({ data: { courtId, kind, name, parentId } });
    const district = await place('DISTRICT', '明州区', null);
    const town = await place('TOWN', '云桥镇', district.id);
    const village = await place('VILLAGE', '禾岸村', town.id);
    const committee = await tx.committee.create({
      data: {
        courtId,
        placeId: village.id,
        name: '禾岸村人民调解委员会',
        numberPrefix: '禾岸人调字',
        phone: '0574-88000012',
      },
    });
    const station = await tx.station.create({
      data: {
        courtId,
        placeId: village.id,
        committeeId: committee.id,
        name: '禾岸村共享法庭',
        address: '明州区云桥镇禾岸村文化礼堂一楼',
        phone: '0574-88000011',
      },
    });
    const staff = {} as Record<DemoLogin, string>;
    for (const person of demoStaff) {
      staff[person.login] = await createStaff(tx, deps, {
        courtId,
        login: `${person.login}${suffix}`,
        name: person.name,
        phone: person.phone,
        duties: person.duties.map(({ duty, where }) => ({
          duty,
          stationId: where === 'station' ? station.id : null,
          committeeId: where === 'committee' ? committee.id : null,
        })),
        passwordHash,
        pinHash,
      });
    }
    await tx.pairing.create({
      data: { courtId, stationId: station.id, judgeId: staff.linyiming, delegateId: staff.chenjing },
    });
    const device = await tx.device.create({
      data: {
        courtId,
        stationId: station.id,
        enrolledById: staff.wangmin,
        name: '禾岸村一体机',
        tokenHash: hashSecret(deps.settings.tokenKey, 'device', deviceToken),
        enrolledAt: new Date(),
      },
    });
    for (const { item, zh, en } of consentWordingsV1) {
      const sha256 = createHash('sha256').update(zh).digest('hex');
      await tx.consentWording.create({ data: { courtId, item, version: 1, zh, en, sha256 } });
    }
    return {
      courtId,
      stationId: station.id,
      committeeId: committee.id,
      staff,
      deviceId: device.id,
      deviceToken,
    };
  });
}

async function createStaff(
  tx: Tx,
  deps: Pick<Deps, 'cipher'>,
  input: {
    courtId: string;
    login: string;
    name: string;
    phone: string;
    duties: { duty: Duty; stationId: string | null; committeeId: string | null }[];
    passwordHash: string;
    pinHash: string;
  },
): Promise<string> {
  const id = randomUUID();
  const at = { courtId: input.courtId, table: 'StaffUser', rowId: id };
  await tx.staffUser.create({
    data: {
      id,
      courtId: input.courtId,
      loginName: input.login,
      name: input.name,
      phoneEnc: Buffer.from(deps.cipher.encrypt({ ...at, column: 'phoneEnc' }, input.phone)),
      phoneIndex: deps.cipher.blindIndex(input.courtId, 'StaffUser', 'phone', input.phone),
      passwordHash: input.passwordHash,
      totpSecretEnc: Buffer.from(deps.cipher.encrypt({ ...at, column: 'totpSecretEnc' }, demoTotpSecret)),
      pinHash: input.pinHash,
    },
  });
  for (const d of input.duties)
    await tx.dutyAssignment.create({ data: { courtId: input.courtId, staffUserId: id, ...d } });
  return id;
}
