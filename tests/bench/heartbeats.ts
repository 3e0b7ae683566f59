import { randomUUID } from 'node:crypto';
import { hashSecret, newSecret } from '../../server/src/services/secrets-hash.ts';
import { inCourt } from '../../server/src/services/transact.ts';
import { createCourt } from '../factories/court.ts';
import { runApp } from '../setup/running-app.ts';
import type { Row } from './run.ts';

const LEASES = 1000;
const SEATS_A_SESSION = 4;
const SECONDS = 60;

/**
 * `lobby.heartbeat_errors`: 1,000 seats, each with a sign-in of its own, renew their lease once a second for a minute. A beat that is
 * refused, breaks off, or finds its lease lost is an error; one that is not answered within its second is counted apart and
 * the seat's next beat waits for it. Processor time is this process's and PostgreSQL's is beside it.
 */
export async function heartbeats(): Promise<Row[]> {
  const app = await runApp({ REQUESTS_PER_MINUTE: '100000000' });
  try {
    const targets = await seats(app.deps);
    let [beats, errors, late, worst] = [0, 0, 0, 0];
    const until = performance.now() + SECONDS * 1000;
    const cpu = process.cpuUsage();
    await Promise.all(
      targets.map(async ({ cookie, sessionId }, nth) => {
        await new Promise((resolve) => setTimeout(resolve, (nth * 1000) / LEASES));
        while (performance.now() < until) {
          const started = performance.now();
          const held = await beat(app.url, cookie, sessionId);
          const took = performance.now() - started;
          beats += 1;
          if (!held) errors += 1;
          if (took > 1000) late += 1;
          worst = Math.max(worst, took);
          await new Promise((resolve) => setTimeout(resolve, Math.max(0, 1000 - took)));
        }
      }),
    );
    const { user, system } = process.cpuUsage(cpu);
    const row = { kind: 'absolute' as const, reference: null, ratio: null };
    return [
      {
        ...row,
        name: 'lobby.heartbeat_errors',
        value: errors,
        unit: 'errors',
        note: `${LEASES} leases for ${SECONDS} s, ${beats} beats, ${late} later than 1 s, worst ${worst.toFixed(0)} ms; goal 0`,
      },
      {
        ...row,
        name: 'lobby.heartbeat_cpu',
        value: (user + system) / 1e6 / SECONDS,
        unit: 'cores',
        note: 'server and the 1,000 clients in one process, without PostgreSQL',
      },
    ];
  } finally {
    await app.stop();
  }
}

async function beat(url: string, cookie: string, sessionId: string): Promise<boolean> {
  const answer = await fetch(`${url}/api/sessions/${sessionId}/heartbeat`, {
    method: 'POST',
    headers: { cookie, 'x-tongxi': '1', 'x-tongxi-as': 'staff' },
  }).catch(() => null);
  if (answer?.status !== 200) return false;
  return ((await answer.json()) as { held: boolean }).held;
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
