import { tmpdir } from 'node:os';
import { createApp } from '../../server/src/app.ts';
import { inCourt } from '../../server/src/services/transact.ts';
import type { SeededCourt } from '../factories/court.ts';
import type { TestApp } from './test-app.ts';

export type Reply = {
  status: number;
  body: Record<string, unknown>;
  /** Cookies that the answer sets, by their name without prefix; an empty value is a deletion. */
  cookies: Map<string, string>;
  headers: Headers;
};
export type Question = {
  /** staff, party, device: cookies of the request. */
  cookies?: Record<string, string>;
  body?: unknown;
  as?: 'party';
  /** The socket's address; without one the request has none. */
  ip?: string;
  headers?: Record<string, string>;
};
export type Ask = (method: string, path: string, question?: Question) => Promise<Reply>;

/** Requests as a browser sends them, with cookies in and out, against a fresh application on the test's database. */
export function asker(t: TestApp): Ask {
  const hub = { subscribe: () => () => undefined, onGap: () => () => undefined, stop: async () => undefined };
  const app = createApp(t.deps, { hub, checkJobs: async () => undefined, webDir: tmpdir() });
  return async (method, path, { cookies = {}, body, as, ip, headers = {} } = {}) => {
    const cookie = Object.entries(cookies)
      .map(([key, value]) => `tongxi_${key}=${value}`)
      .join('; ');
    const response = await app.request(
      path,
      {
        method,
        redirect: 'manual',
        headers: {
          'x-tongxi': '1',
          ...(cookie ? { cookie } : {}),
          ...(as ? { 'x-tongxi-as': as } : {}),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      },
      ip ? { incoming: { socket: { remoteAddress: ip, remotePort: 1, remoteFamily: 'IPv4' } } } : {},
    );
    const text = await response.text();
    const json = response.headers.get('content-type')?.includes('json');
    return {
      status: response.status,
      body: json ? (JSON.parse(text) as Record<string, unknown>) : { text },
      cookies: new Map(response.headers.getSetCookie().map(readCookie)),
      headers: response.headers,
    };
  };
}

function readCookie(line: string): [string, string] {
  const [pair = ''] = line.split(';');
  const at = pair.indexOf('=');
  return [pair.slice(0, at).replace('tongxi_', ''), pair.slice(at + 1)];
}

/** The newest message of a template, as its receiver reads it. */
export async function lastSms(
  t: TestApp,
  template: string,
  court: SeededCourt = t.court,
): Promise<{ to: string; values: Record<string, string> }> {
  const { courtId } = court;
  const row = await inCourt(t.deps.db, courtId, (tx) =>
    tx.smsMessage.findFirstOrThrow({ where: { template }, orderBy: { createdAt: 'desc' } }),
  );
  const at = { courtId, table: 'SmsMessage', rowId: row.id };
  return {
    to: t.deps.cipher.decrypt({ ...at, column: 'toEnc' }, row.toEnc),
    values: JSON.parse(t.deps.cipher.decrypt({ ...at, column: 'valuesEnc' }, row.valuesEnc)),
  };
}

/** Signs the director in on the station's device, as they do: a code to their phone. */
export async function signInDirector(
  t: TestApp,
  ask: Ask,
  court: SeededCourt = t.court,
): Promise<Record<string, string>> {
  const cookies = { device: court.deviceToken };
  const staffUserId = court.staff.fanghui;
  await ask('POST', '/api/sign-in/device/code', { cookies, body: { staffUserId } });
  const { code } = (await lastSms(t, 'code', court)).values;
  const reply = await ask('POST', '/api/sign-in/device/verify', { cookies, body: { staffUserId, code } });
  return { ...cookies, staff: reply.cookies.get('staff') ?? '' };
}

/** A case in mediation at the station, 陈阿根 without a phone and 周建波 with one. */
export async function seedCase(t: TestApp, court: SeededCourt = t.court) {
  const { courtId } = court;
  return inCourt(t.deps.db, courtId, async (tx) => {
    const theCase = await tx.case.create({
      data: {
        courtId,
        stationId: court.stationId,
        committeeId: court.committeeId,
        source: '当事人申请',
        disputeType: 'NEIGHBOURS',
        title: '陈阿根与周建波相邻纠纷',
        facts: '围墙倒塌',
        requests: '修复围墙',
        status: 'MEDIATING',
        registeredAt: new Date(),
      },
    });
    const party = async (side: 'APPLICANT' | 'RESPONDENT', name: string, phone: string | null) => {
      const base = { courtId, caseId: theCase.id, side, position: 1, kind: 'PERSON' as const, name };
      const row = await tx.party.create({ data: { ...base, usesStation: phone === null } });
      if (!phone) return row.id;
      const at = { courtId, table: 'Party', rowId: row.id, column: 'phoneEnc' };
      const phoneEnc = Buffer.from(t.deps.cipher.encrypt(at, phone));
      await tx.party.update({ where: { id: row.id }, data: { phoneEnc } });
      return row.id;
    };
    return {
      caseId: theCase.id,
      chen: await party('APPLICANT', '陈阿根', null),
      zhou: await party('RESPONDENT', '周建波', '13800000002'),
    };
  });
}
