import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import pg from 'pg';
import { hashSecret, newSecret } from '../../server/src/services/secrets-hash.ts';
import { inCourt } from '../../server/src/services/transact.ts';
import { createCourt } from '../factories/court.ts';
import { runApp } from '../setup/running-app.ts';
import { median } from './pdf-draw.ts';
import type { Row } from './run.ts';

/** Short turns, taken alternately, so that a busy machine slows both alike. */
const SECONDS = 2;
const ROUNDS = 6;
const CONNECTIONS = 16;
const COURTS = 8;
/** The little of livekit-server-sdk that this uses; the package belongs to the server's workspace. */
type Sdk = {
  AccessToken: new (
    key: string,
    secret: string,
    options: { identity: string; ttl: number },
  ) => { addGrant(grant: object): void; toJwt(): Promise<string> };
};
const require = createRequire(new URL('../../server/package.json', import.meta.url));

/**
 * Requests a second of the real join verb over the same reads, writes, isolation and durability written by hand on `pg`
 * behind bare Hono. The load comes from a process of its own; the two run in turn.
 */
export async function joinEndpoint(): Promise<Row[]> {
  const app = await runApp({ REQUESTS_PER_MINUTE: '10000000' });
  const url = app.databaseUrl;
  try {
    const targets = [];
    for (let i = 0; i < COURTS; i += 1) targets.push(await target(app.deps, i));
    const hand = await handWritten(url);
    const bare = await bareTokens();
    const ours: Load[] = [];
    const theirs: Load[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      ours.push(await load(app.url, targets));
      theirs.push(await load(hand.url, targets));
    }
    const one = await load(app.url, targets.slice(0, 1));
    const floor = await load(bare.url, targets);
    await hand.stop();
    await bare.stop();
    const failed = [...ours, ...theirs, one].reduce((sum, l) => sum + l.failed, 0);
    if (failed > 0) throw new Error(`${failed} joins were refused: the figures would mean nothing`);
    const [value, reference] = [median(ours.map((l) => l.perSecond)), median(theirs.map((l) => l.perSecond))];
    return [
      {
        name: 'join.endpoint',
        kind: 'ratio',
        value,
        unit: 'req/s',
        reference,
        ratio: value / reference,
        note: `${COURTS} courts, ${CONNECTIONS} connections, medians of ${ROUNDS}; goal ratio ≥ 0.6`,
      },
      {
        name: 'join.one_court_p95',
        kind: 'absolute',
        value: one.p95,
        unit: 'ms',
        reference: null,
        ratio: null,
        note: `${one.perSecond.toFixed(0)} req/s with all joins in one court's audit chain`,
      },
      {
        name: 'join.bare_token',
        kind: 'absolute',
        value: floor.perSecond,
        unit: 'req/s',
        reference: null,
        ratio: null,
        note: 'token signing behind bare Hono, no database',
      },
    ];
  } finally {
    await app.stop();
  }
}

type Target = { cookie: string; sessionId: string };
type Load = { perSecond: number; p95: number; failed: number };

/** A court with a session under way and its mediator signed in. */
async function target(deps: Parameters<typeof createCourt>[0], n: number): Promise<Target> {
  const court = await createCourt(deps, { suffix: `-bench${n}`, passwordHash: 'none' });
  const token = newSecret();
  const { courtId } = court;
  const sessionId = randomUUID();
  await inCourt(deps.db, courtId, async (tx) => {
    const me = court.staff.zhaosuqin;
    const now = new Date();
    const theCase = await tx.case.create({
      data: {
        courtId,
        stationId: court.stationId,
        committeeId: court.committeeId,
        status: 'MEDIATING',
        source: 'bench',
        disputeType: 'OTHER',
        title: 'bench',
        facts: 'bench',
        requests: '',
        registeredAt: now,
      },
    });
    await tx.appointment.create({
      data: {
        courtId,
        caseId: theCase.id,
        staffUserId: me,
        duty: 'MEDIATOR',
        status: 'ACCEPTED',
        offeredAt: now,
      },
    });
    await tx.session.create({
      data: {
        id: sessionId,
        courtId,
        caseId: theCase.id,
        stationId: court.stationId,
        hostId: me,
        status: 'OPEN',
        plannedStart: now,
        plannedEnd: now,
        room: `bench-${randomUUID()}`,
      },
    });
    const seat = await tx.seat.create({
      data: { courtId, sessionId, kind: 'MEDIATOR', staffUserId: me, identity: randomUUID() },
    });
    await tx.admission.create({ data: { courtId, sessionId, seatId: seat.id, admittedById: me, at: now } });
    await tx.staffSession.create({
      data: {
        courtId,
        staffUserId: me,
        tokenHash: hashSecret(deps.settings.tokenKey, 'staff-session', token),
        method: 'PASSWORD',
        secondFactorAt: now,
        expiresAt: new Date(now.getTime() + 3600_000),
      },
    });
    (target as { key?: Buffer }).key = deps.settings.tokenKey;
  });
  return { cookie: `tongxi_staff=${token}`, sessionId };
}

/**
 * The same work by hand: the same statements, prepared as ours are, in the same two transactions. What differs is
 * everything around them.
 */
async function handWritten(url: string): Promise<{ url: string; stop(): Promise<void> }> {
  const pool = new pg.Pool({ connectionString: url, options: '-c role=tongxi_app -c timezone=UTC', max: 12 });
  const key = (target as { key?: Buffer }).key ?? randomBytes(32);
  const app = new Hono();
  app.post('/api/sessions/:id/token', async (c) => {
    const token = /tongxi_staff=([^;]+)/.exec(c.req.header('cookie') ?? '')?.[1] ?? '';
    const tokenHash = hashSecret(key, 'staff-session', token);
    const court = (await pool.query(prepared.locate('staff-session', tokenHash))).rows[0].id as string;
    const staff = await inTransaction(pool, court, async (client) => {
      const { rows } = await client.query(prepared.staff(new Date(), tokenHash));
      return rows[0];
    });
    const seat = await inTransaction(pool, court, async (client) => {
      const { rows } = await client.query(prepared.seat(c.req.param('id')));
      const row = rows.find((each) => each.staffUserId === staff.staffUserId);
      await client.query(prepared.lease(row.seatId));
      const payload = JSON.stringify({
        courtId: court,
        at: new Date().toISOString(),
        action: 'join-room',
        actorKind: 'staff',
        actorId: staff.staffUserId,
        duty: 'MEDIATOR',
        caseId: row.caseId,
        subjectType: 'seat',
        subjectId: row.seatId,
        data: { stage: row.status },
        commitments: {},
        requestId: randomUUID(),
      });
      await client.query(prepared.audit(payload, [`case:${row.caseId}`, `session:${c.req.param('id')}`]));
      return row;
    });
    return c.json({ token: await sign(seat.room, seat.identity), identity: seat.identity, canPublish: true });
  });
  const server = await listen(app);
  const stop = async () => {
    await server.stop();
    await pool.end();
  };
  return { url: server.url, stop };
}

async function inTransaction<T>(
  pool: pg.Pool,
  court: string,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query(prepared.court(court));
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}

const prepared = {
  locate: (kind: string, secret: string) => ({
    name: 'locate',
    text: 'SELECT locate_court($1, $2)::text AS id',
    values: [kind, secret],
  }),
  court: (id: string) => ({
    name: 'court',
    text: "SELECT set_config('app.court_id', $1, true)",
    values: [id],
  }),
  staff: (now: Date, tokenHash: string) => ({
    name: 'staff',
    text: `SELECT s.id, s."staffUserId", u.name, s."deviceId", d."stationId" AS "deviceStationId", s.method::text AS method,
        s."secondFactorAt" IS NOT NULL AS "secondFactor", s."lastSeenAt",
        (s."revokedAt" IS NOT NULL OR s."expiresAt" <= $1::timestamptz OR u."disabledAt" IS NOT NULL
          OR d."revokedAt" IS NOT NULL) AS over,
        EXISTS (SELECT 1 FROM "PartySession" p WHERE p."staffSessionId" = s.id AND p.kind = 'HAND_OVER'
          AND p."revokedAt" IS NULL AND p."expiresAt" > $1::timestamptz) AS "handedOver",
        COALESCE((SELECT json_agg(json_build_object('duty', a.duty, 'stationId', a."stationId",
            'committeeId', a."committeeId") ORDER BY a.since, a.id)
          FROM "DutyAssignment" a WHERE a."staffUserId" = s."staffUserId"
            AND (a.until IS NULL OR a.until > $1::timestamptz)), '[]'::json) AS duties
      FROM "StaffSession" s JOIN "StaffUser" u ON u.id = s."staffUserId" LEFT JOIN "Device" d ON d.id = s."deviceId"
      WHERE s."tokenHash" = $2`,
    values: [now, tokenHash],
  }),
  seat: (sessionId: string) => ({
    name: 'seat',
    text: `SELECT s.id AS "seatId", s.identity, s.kind::text AS kind, s."staffUserId", s."partyId", s."agentId", s."deviceId",
        e."caseId", c."stationId", c."committeeId", c.status::text AS "caseStatus", e.status::text AS status, e.room,
        e."checkingSeatId", e."hostId",
        EXISTS (SELECT 1 FROM "Seat" h WHERE h."sessionId" = e.id AND h."staffUserId" = e."hostId") AS "hostHasSeat",
        EXISTS (SELECT 1 FROM "Admission" a WHERE a."seatId" = s.id) AS admitted,
        EXISTS (SELECT 1 FROM "Denial" d WHERE d."seatId" = s.id AND d."liftedAt" IS NULL) AS denied,
        (s."partyId" IS NULL OR NOT EXISTS (
          SELECT 1 FROM unnest(ARRAY['MEDIATION', 'ONLINE']::"ConsentItem"[]) AS need
          WHERE NOT COALESCE((SELECT k.agreed AND k."withdrawnAt" IS NULL FROM "Consent" k
            WHERE k."partyId" = s."partyId" AND k.item = need ORDER BY k.at DESC, k.id DESC LIMIT 1), false))) AS consents,
        (SELECT json_build_object('room', q.room, 'status', q.status) FROM "CaucusMember" m
          JOIN "Caucus" q ON q.id = m."caucusId" AND q."endedAt" IS NULL
          WHERE m."courtId" = s."courtId" AND m."seatId" = s.id) AS caucus,
        COALESCE((SELECT json_agg(json_build_object('staffUserId', p."staffUserId", 'duty', p.duty, 'status', p.status))
          FROM "Appointment" p WHERE p."caseId" = e."caseId" AND p.status = 'ACCEPTED'), '[]'::json) AS appointments
      FROM "Seat" s JOIN "Session" e ON e.id = s."sessionId" JOIN "Case" c ON c.id = e."caseId"
      WHERE s."sessionId" = $1::uuid`,
    values: [sessionId],
  }),
  lease: (seatId: string) => ({
    name: 'lease',
    text: `UPDATE "Seat" SET "leaseUntil" = now() + interval '15 seconds' WHERE id = $1::uuid`,
    values: [seatId],
  }),
  audit: (payload: string, topics: string[]) => ({
    name: 'audit',
    text: 'SELECT append_audit($1, $2::jsonb, $3::text[])',
    values: [payload, '[]', topics],
  }),
};

async function bareTokens(): Promise<{ url: string; stop(): Promise<void> }> {
  const app = new Hono();
  app.post('/api/sessions/:id/token', async (c) => c.json({ token: await sign('room', 'seat') }));
  return listen(app);
}

const benchSecret = createHash('sha256').update('bench').digest('hex');

async function sign(room: string, identity: string): Promise<string> {
  const { AccessToken } = require('livekit-server-sdk') as Sdk;
  const token = new AccessToken('bench', benchSecret, {
    identity,
    ttl: 180,
  });
  token.addGrant({ roomJoin: true, room, canPublish: true, canSubscribe: true });
  return token.toJwt();
}

async function listen(app: Hono): Promise<{ url: string; stop(): Promise<void> }> {
  const server = createServer(getRequestListener(app.fetch));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

/** Loads one address from a process of its own for a bounded time. */
function load(url: string, targets: Target[]): Promise<Load> {
  return new Promise((resolve, reject) => {
    const file = fileURLToPath(new URL('./load-generator.ts', import.meta.url));
    const child: ChildProcess = spawn(
      process.execPath,
      [file, url, String(SECONDS), String(CONNECTIONS), JSON.stringify(targets)],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let out = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      out += chunk.toString('utf8');
    });
    child.on('exit', (code) =>
      code === 0 ? resolve(JSON.parse(out) as Load) : reject(new Error('load generator failed')),
    );
  });
}
