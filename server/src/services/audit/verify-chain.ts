import { createHash } from 'node:crypto';
import type { Db, Deps } from '../context.ts';
import { inCourt } from '../transact.ts';

export type ChainFault = { seq: string; fault: 'MISSING' | 'LINK' | 'CONTENT' | 'HEAD' | 'COMMITMENT' };
export type ChainReport = {
  courtId: string;
  events: number;
  head: string;
  erased: number;
  faults: ChainFault[];
};

const PAGE = 1000;

/**
 * Walks one court's audit chain: every link's hash, that the readable columns say what the hashed payload says,
 * that no number is missing, that the head is the last link, and that personal values still match their salted
 * commitments (values erased on purpose are counted, not faults).
 */
export async function verifyChain(deps: Pick<Deps, 'db' | 'cipher'>, courtId: string): Promise<ChainReport> {
  const report: ChainReport = { courtId, events: 0, head: '', erased: 0, faults: [] };
  let seq = 0n;
  let hash = '';
  for (;;) {
    const { events, personal } = await readPage(deps.db, courtId, seq);
    if (events.length === 0) break;
    for (const event of events) {
      seq += 1n;
      const fail = (fault: ChainFault['fault']) => report.faults.push({ seq: String(event.seq), fault });
      if (event.seq !== seq) fail('MISSING');
      seq = event.seq;
      const expected = createHash('sha256').update(`${hash}\n${event.seq}\n${event.payload}`).digest('hex');
      if (event.prevHash !== hash || event.hash !== expected) fail('LINK');
      if (!columnsMatch(event)) fail('CONTENT');
      hash = event.hash;
      report.events += 1;
      for (const [key, commitment] of Object.entries(event.commitments as Record<string, string>)) {
        const value = personal.find((p) => p.seq === event.seq && p.key === key);
        if (!value) report.erased += 1;
        else if (commitmentOf(deps, courtId, value) !== commitment) fail('COMMITMENT');
      }
    }
  }
  const head = await inCourt(deps.db, courtId, (tx) => tx.auditHead.findFirst());
  if (head ? head.hash !== hash || head.seq !== seq : seq !== 0n)
    report.faults.push({ seq: String(seq), fault: 'HEAD' });
  report.head = hash;
  return report;
}

function readPage(db: Db, courtId: string, after: bigint) {
  return inCourt(db, courtId, async (tx) => {
    const events = await tx.auditEvent.findMany({
      where: { seq: { gt: after } },
      orderBy: { seq: 'asc' },
      take: PAGE,
    });
    const last = events.at(-1)?.seq ?? after;
    const personal = await tx.auditPersonal.findMany({ where: { seq: { gt: after, lte: last } } });
    return { events, personal };
  });
}

type EventRow = Awaited<ReturnType<typeof readPage>>['events'][number];
type PersonalRow = Awaited<ReturnType<typeof readPage>>['personal'][number];

function columnsMatch(event: EventRow): boolean {
  try {
    const said = JSON.parse(event.payload) as Record<string, unknown>;
    const plain = [
      'action',
      'actorKind',
      'actorId',
      'duty',
      'caseId',
      'subjectType',
      'subjectId',
      'requestId',
      'courtId',
    ] as const;
    return (
      plain.every((key) => (said[key] ?? null) === event[key]) &&
      new Date(String(said.at)).getTime() === event.at.getTime() &&
      sameJson(said.data, event.data) &&
      sameJson(said.commitments, event.commitments)
    );
  } catch {
    return false;
  }
}

function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) =>
    sameJson((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
  );
}

function commitmentOf(deps: Pick<Deps, 'cipher'>, courtId: string, row: PersonalRow): string {
  try {
    const at = { courtId, table: 'AuditPersonal', rowId: row.id, column: 'valueEnc' };
    const value = deps.cipher.decrypt(at, row.valueEnc);
    return createHash('sha256').update(row.salt).update(value).digest('hex');
  } catch {
    return 'unreadable';
  }
}
