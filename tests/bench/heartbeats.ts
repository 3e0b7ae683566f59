import { randomUUID } from 'node:crypto';
import { hashSecret, newSecret } from '../../server/src/services/secrets-hash.ts';
import { inCourt } from '../../server/src/services/transact.ts';
import { createCourt } from '../factories/court.ts';
import { runApp } from '../setup/running-app.ts';
import { startClients } from './client-process.ts';
import { cpuSeconds } from './process-cpu.ts';
import type { Row } from './run.ts';

const LEASES = 1000;
const SEATS_A_SESSION = 4;
const SECONDS = 60;
const WARM_MS = 15_000;

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

type Beats = {
  beats: number;
  errors: number;
  late: number;
  p95: number;
  worst: number;
  cpuSeconds: number;
};

/**
 * `lobby.heartbeat_errors`: 1,000 seats, each with a sign-in and a connection of its own, renew their lease once a
 * second for a minute, from a process of their own. A beat that is refused, breaks off, or finds its lease lost is an
 * error; one that is not answered within its second is counted apart, and the seat's next beat waits for it. The minute
 * begins when all connections stand and the code is warm; errors count before it, too.
 */
export async function heartbeats(): Promise<Row[]> {
  const app = await runApp({ REQUESTS_PER_MINUTE: '100000000' });
  try {
    const postgres = () => cpuSeconds((command) => command.includes(`${app.dir}/postgres`));
    const clients = await startClients<Beats>(
      './heartbeat-process.ts',
      [app.url, String(WARM_MS)],
      await seats(app.deps),
    );
    await wait(WARM_MS);
    const [started, cpu, database] = [performance.now(), process.cpuUsage(), postgres()];
    await wait(SECONDS * 1000);
    const { beats, errors, late, p95, worst, cpuSeconds: theirs } = await clients.end();
    const seconds = (performance.now() - started) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    const [server, ofDatabase] = [(user + system) / 1e6 / seconds, (postgres() - database) / seconds];
    const row = { kind: 'absolute' as const, reference: null, ratio: null };
    const ms = (value: number) => `${value.toFixed(0)} ms`;
    return [
      {
        ...row,
        name: 'lobby.heartbeat_errors',
        value: errors,
        unit: 'errors',
        note: `${LEASES} leases for ${SECONDS} s, ${beats} beats, ${late} later than 1 s, p95 ${ms(p95)}, worst ${ms(worst)}; goal 0`,
      },
      {
        ...row,
        name: 'lobby.heartbeat_cpu',
        value: server + ofDatabase,
        unit: 'cores',
        note: `server ${server.toFixed(2)}, PostgreSQL ${ofDatabase.toFixed(2)}; the ${LEASES} clients beside them ${(theirs / seconds).toFixed(2)}`,
      },
    ];
  } finally {
    await app.stop();
  }
}

/** Sessions under way with their seats taken, and a sign-in for each seat. */
async function seats(
  deps: Parameters<typeof createCourt>[0],
): Promise<{ cookie: string; sessionId: string }[]> {
  const court = await createCourt(deps, { suffix: '-beats', passwordHash: 'none' });
  const { courtId } = court;
  const staff = Object.values(court.staff).slice(0, SEATS_A_SESSION);
  if (staff.length < SEATS_A_SESSION) throw new Error('too few people in the court');
  const now = new Date();
  const leaseUntil = new Date(now.getTime() + 600_000);
  return inCourt(deps.db, courtId, async (tx) => {
    const sessions = Array.from({ length: LEASES / SEATS_A_SESSION }, () => randomUUID());
    // One running session a case: here both have the same id.
    await tx.case.createMany({
      data: sessions.map((id) => ({
        id,
        courtId,
        stationId: court.stationId,
        committeeId: court.committeeId,
        status: 'MEDIATING' as const,
        source: 'bench',
        disputeType: 'OTHER' as const,
        title: 'bench',
        facts: 'bench',
        requests: '',
        registeredAt: now,
      })),
    });
    await tx.session.createMany({
      data: sessions.map((id) => ({
        id,
        courtId,
        caseId: id,
        stationId: court.stationId,
        status: 'OPEN' as const,
        plannedStart: now,
        plannedEnd: now,
        room: `bench-${id}`,
      })),
    });
    const targets = sessions.flatMap((sessionId) =>
      staff.map((staffUserId) => ({ sessionId, staffUserId, token: newSecret() })),
    );
    await tx.seat.createMany({
      data: targets.map(({ sessionId, staffUserId }) => ({
        courtId,
        sessionId,
        kind: 'MEDIATOR' as const,
        staffUserId,
        identity: randomUUID(),
        leaseUntil,
      })),
    });
    await tx.staffSession.createMany({
      data: targets.map(({ staffUserId, token }) => ({
        courtId,
        staffUserId,
        tokenHash: hashSecret(deps.settings.tokenKey, 'staff-session', token),
        method: 'PASSWORD' as const,
        secondFactorAt: now,
        expiresAt: new Date(now.getTime() + 3600_000),
      })),
    });
    return targets.map(({ token, sessionId }) => ({ cookie: `tongxi_staff=${token}`, sessionId }));
  });
}
