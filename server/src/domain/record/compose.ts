import type { Duty } from '../../contract/enums.ts';
import type { RecordLine, RecordPerson } from '../../contract/record.ts';

/** A shorter loss of the connection is no absence. */
export const SHORTEST_GAP_MS = 5000;

export type AttendedPerson = {
  key: string;
  name: string;
  duty: Duty;
  seatId: string;
  place: string;
  arrivedAt: Date;
  leftAt: Date | null;
  /** Whose place this person took in the same act, by name. */
  cameFor?: string | null;
};

export type RecordFacts = {
  openedAt: Date | null;
  endedAt: Date | null;
  attended: AttendedPerson[];
  typed: { id: string; at: Date; kind: string; speaker: string | null; text: string }[];
  checks: {
    id: string;
    at: Date;
    kind: string;
    name: string | null;
    language: string | null;
    reader: string | null;
    note: string | null;
  }[];
  identities: {
    id: string;
    at: Date;
    name: string;
    method: string;
    checkedBy: string;
    attestedBy: string | null;
  }[];
  gaps: { id: string; seatId: string; from: Date; to: Date | null }[];
  waivers: { id: string; at: Date; name: string; how: string }[];
  /** Anything else the session knows, already worded. */
  events: { id: string; at: Date; speaker: string | null; text: string }[];
};

const methods: Record<string, string> = {
  DOCUMENT_IN_PERSON: '当面核对证件',
  DOCUMENT_BY_VIDEO: '视频核对证件',
  E_ID: '核对电子证件',
  HOUSEHOLD_REGISTER: '核对户口簿',
};

/** Everything of one session in the order of time: typed lines, and what the system enters (domain.md 5.2, 7). */
export function composeLines(facts: RecordFacts): RecordLine[] {
  const lines: (RecordLine & { order: number })[] = [];
  const add = (at: Date, id: string, kind: RecordLine['kind'], text: string, speaker: string | null = null) =>
    lines.push({ id, at: at.toISOString(), kind, speaker, text, order: lines.length });
  for (const one of facts.identities) {
    const attested = one.attestedBy ? `，${one.attestedBy}确认人证一致` : '';
    add(
      one.at,
      `identity:${one.id}`,
      'CHECK',
      `核对${one.name}的身份：${one.checkedBy}${methods[one.method] ?? ''}${attested}。`,
    );
  }
  for (const check of facts.checks) {
    const said = `${check.reader ?? ''}用${check.language ?? '普通话'}`;
    const text =
      check.kind === 'RIGHTS_NOTICE'
        ? `${said}宣读权利义务告知书，各方表示清楚。`
        : check.kind === 'FALSE_MEDIATION_WARNING'
          ? `${said}告知虚假调解的法律后果。`
          : check.kind === 'IDENTITY'
            ? `核对${check.name ?? ''}的身份：${check.note ?? ''}。`
            : null;
    if (text) add(check.at, `check:${check.id}`, 'CHECK', text);
  }
  const start = facts.openedAt;
  if (start) {
    const here = facts.attended.filter(
      (p) => p.arrivedAt <= start && (p.leftAt === null || p.leftAt > start),
    );
    const names = [...new Set(here.map((p) => p.name))].join('、');
    add(start, 'opened', 'EVENT', `调解开始。${names ? `到场：${names}。` : ''}`);
  }
  for (const person of facts.attended) {
    const id = `${person.key}:${person.arrivedAt.getTime()}`;
    if (!start || person.arrivedAt > start) {
      const came = `${person.name}到场，${person.place}。`;
      const text = person.cameFor ? `${person.cameFor}离开，${came}` : came;
      if (start) add(person.arrivedAt, `arrived:${id}`, 'PRESENCE', text);
    }
    const ended = facts.endedAt !== null && person.leftAt !== null && person.leftAt >= facts.endedAt;
    const swapped = facts.attended.some(
      (p) =>
        p.cameFor === person.name &&
        p.seatId === person.seatId &&
        p.arrivedAt.getTime() === person.leftAt?.getTime(),
    );
    if (person.leftAt && !ended && !swapped && start && person.leftAt > start)
      add(person.leftAt, `left:${id}`, 'PRESENCE', `${person.name}离开。`);
  }
  for (const gap of shownGaps(facts)) {
    add(gap.from, `gap:${gap.id}`, 'GAP', `${gap.names}的连接中断。`);
    if (gap.to) add(gap.to, `back:${gap.id}`, 'GAP', `${gap.names}恢复连接。`);
  }
  for (const waiver of facts.waivers)
    add(waiver.at, `waiver:${waiver.id}`, 'WAIVER', `${waiver.name}不在场，明确同意继续（${waiver.how}）。`);
  for (const event of facts.events) add(event.at, event.id, 'EVENT', event.text, event.speaker);
  for (const line of facts.typed)
    add(line.at, line.id, line.kind === 'SAID' ? 'SAID' : 'NOTE', line.text, line.speaker);
  return lines
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at) || a.order - b.order)
    .map(({ order: _, ...line }) => line);
}

/**
 * Absences with the names of those who sat at the seat when it was lost. Whoever left within the shortest gap was not lost:
 * LiveKit tells of a closed line in whole seconds, so that its beginning may lie before the leaving that closed it.
 */
export function shownGaps(facts: RecordFacts): { id: string; names: string; from: Date; to: Date | null }[] {
  return facts.gaps
    .filter((gap) => gap.to === null || gap.to.getTime() - gap.from.getTime() >= SHORTEST_GAP_MS)
    .map((gap) => {
      const there = facts.attended.filter(
        (p) =>
          p.seatId === gap.seatId &&
          p.arrivedAt <= gap.from &&
          (p.leftAt === null || p.leftAt.getTime() - gap.from.getTime() >= SHORTEST_GAP_MS),
      );
      const names = [...new Set(there.map((p) => p.name))].join('、');
      return { id: gap.id, names, from: gap.from, to: gap.to };
    })
    .filter((gap) => gap.names !== '');
}

/** Every login place with its people, in the order of arrival. */
export function placesOf(attended: AttendedPerson[]): { place: string; people: string[] }[] {
  const places = new Map<string, string[]>();
  for (const { place, name } of attended) {
    const people = places.get(place) ?? [];
    if (!people.includes(name)) people.push(name);
    places.set(place, people);
  }
  return [...places].map(([place, people]) => ({ place, people }));
}

const rank: Partial<Record<Duty, number>> = {
  PARTY: 0,
  AGENT: 1,
  POLICE_LIAISON: 2,
  INVITED: 2,
  MEDIATOR: 3,
  RECORDER: 4,
};

/**
 * Whose word on the record is needed: parties, agents, other people who took part, mediator and recorder. A guiding
 * judge and a director in no other duty attend without signing (人民调解记录 has no line for them).
 */
export function peopleToConfirm(
  attended: AttendedPerson[],
  mediators: readonly string[],
  recorder: { key: string; name: string } | null,
): RecordPerson[] {
  const people = new Map<string, RecordPerson>();
  for (const { key, name, duty } of attended) {
    const as: Duty = mediators.includes(key) ? 'MEDIATOR' : recorder?.key === key ? 'RECORDER' : duty;
    if (rank[as] !== undefined && !people.has(key)) people.set(key, { key, name, duty: as });
  }
  if (recorder && !people.has(recorder.key)) people.set(recorder.key, { ...recorder, duty: 'RECORDER' });
  return [...people.values()].sort((a, b) => (rank[a.duty] ?? 9) - (rank[b.duty] ?? 9));
}
