import type { TalksContent } from '../../contract/record.ts';
import {
  type AttendedPerson,
  composeLines,
  peopleToConfirm,
  placesOf,
  type RecordFacts,
  shownGaps,
} from '../../domain/record/compose.ts';
import { headSoFar, recordingEvents } from '../../domain/record/recording-lines.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import { isProtected } from '../apart/conceal.ts';
import { standing } from '../apart/second-room.ts';
import { messageText } from '../caucus/messages.ts';
import type { Ctx, Deps, Tx } from '../context.ts';

const include = {
  station: true,
  attendees: { orderBy: { arrivedAt: 'asc' }, include: { seat: true, cameFor: true } },
  checkItems: { orderBy: { at: 'asc' }, include: { attendee: true } },
  gaps: { orderBy: { startedAt: 'asc' } },
  exhibits: {
    orderBy: { startedAt: 'asc' },
    include: { by: true, attachment: { select: { name: true } }, sights: { orderBy: { at: 'asc' } } },
  },
  caucuses: { orderBy: { startedAt: 'asc' } },
  recordings: { orderBy: { askedAt: 'asc' }, include: { parts: { orderBy: { number: 'asc' } } } },
  messages: { where: { to: { in: ['ALL', 'HOST'] } }, orderBy: { at: 'asc' } },
  presenceWaivers: { orderBy: { at: 'asc' }, include: { party: true } },
  recordLines: { where: { struckAt: null, kind: { not: 'OBJECTION' } }, orderBy: { position: 'asc' } },
  case: {
    include: {
      protections: { where: standing },
      committee: true,
      agreements: { include: { versions: { where: { voidedAt: null }, select: { frozenAt: true } } } },
      parties: {
        orderBy: [{ side: 'asc' }, { position: 'asc' }],
        include: {
          agents: true,
          identityChecks: {
            where: { agentId: null },
            orderBy: { checkedAt: 'desc' },
            take: 1,
            include: { checkedBy: true, attestedBy: true },
          },
        },
      },
      appointments: {
        where: { status: 'ACCEPTED' },
        orderBy: { offeredAt: 'asc' },
        include: { staffUser: true },
      },
    },
  },
} satisfies Prisma.SessionInclude;

export type RecordedSession = Prisma.SessionGetPayload<{ include: typeof include }>;

export function loadRecorded(tx: Tx, sessionId: string): Promise<RecordedSession> {
  return tx.session.findUniqueOrThrow({ where: { id: sessionId }, include });
}

type Attended = RecordedSession['attendees'][number];

/** Everybody reads the record: where a protected person is does not stand in it; of a bare sign, nobody's place does. */
function isConcealed(session: RecordedSession, { partyId, agentId }: Attended): boolean {
  const { protections, parties } = session.case;
  const whose = partyId ?? parties.find((party) => party.agents.some((a) => a.id === agentId))?.id ?? null;
  return whose !== null && isProtected(protections, whose);
}

function placeOf({ station }: RecordedSession, place: string): string {
  if (place === '站点') return `${station.name}（${station.address}）`;
  return place === '远程' ? '在线（各自登录）' : place;
}

/** What the session stores, as the record's rules read it. */
export function recordFacts(deps: Deps, session: RecordedSession): RecordFacts {
  const attended = session.attendees.map(
    (a): AttendedPerson => ({
      key: a.agentId
        ? `agent:${a.agentId}`
        : a.partyId
          ? `party:${a.partyId}`
          : a.staffUserId
            ? `staff:${a.staffUserId}`
            : `name:${a.name}`,
      name: a.name,
      duty: a.duty,
      seatId: a.seatId,
      place: isConcealed(session, a) ? '（地点不公开）' : placeOf(session, a.place),
      arrivedAt: a.arrivedAt,
      leftAt: a.leftAt,
      cameFor: a.cameFor?.name ?? null,
    }),
  );
  return {
    openedAt: session.openedAt,
    endedAt: session.endedAt,
    attended,
    typed: session.recordLines,
    checks: session.checkItems.map((item) => ({ ...item, name: item.attendee?.name ?? null })),
    identities: session.case.parties.flatMap((party) =>
      party.identityChecks.map((check) => ({
        id: check.id,
        at: check.checkedAt,
        name: party.name,
        method: check.method,
        checkedBy: check.checkedBy.name,
        attestedBy: check.attestedBy?.name ?? null,
      })),
    ),
    gaps: session.gaps
      .filter((gap) => !isByDesign(session, gap))
      .map((gap) => ({ id: gap.id, seatId: gap.seatId, from: gap.startedAt, to: gap.endedAt })),
    waivers: session.presenceWaivers.map((w) => ({ id: w.id, at: w.at, name: w.party.name, how: w.how })),
    events: [
      ...session.caucuses.flatMap((caucus) => [
        ...(caucus.openedAt
          ? [
              {
                id: `caucus:${caucus.id}`,
                at: caucus.openedAt,
                speaker: null,
                text:
                  caucus.kind === 'TALK'
                    ? '开始背靠背单独交谈，内容不记入笔录。'
                    : '双方分开调解：不在同一调解室，由调解员往返转达。',
              },
            ]
          : []),
        ...(caucus.kind === 'TALK' && caucus.openedAt && caucus.endedAt
          ? [{ id: `caucus-end:${caucus.id}`, at: caucus.endedAt, speaker: null, text: '单独交谈结束。' }]
          : []),
      ]),
      ...session.recordings.flatMap(recordingEvents).map((event) => ({ ...event, speaker: null })),
      ...session.exhibits.map((exhibit) => ({
        id: `exhibit:${exhibit.id}`,
        at: exhibit.startedAt,
        speaker: null,
        text: `${exhibit.by.name}出示材料《${exhibit.attachment.name}》，看到的人：${sightsOf(exhibit)}。`,
      })),
      ...session.messages.map((message) => ({
        id: `message:${message.id}`,
        at: message.at,
        speaker: message.to === 'ALL' ? message.name : null,
        text:
          message.to === 'ALL'
            ? `（文字）${messageText(deps, message)}`
            : `${message.name}给调解员发送文字消息，内容不公开。`,
      })),
    ],
  };
}

const sightsOf = (exhibit: RecordedSession['exhibits'][number]): string =>
  [...new Set(exhibit.sights.map((sight) => sight.name))].join('、') || '无';

/** Nobody was lost: people leave the room to sign the frozen text on the same phone. */
function isByDesign(session: RecordedSession, gap: RecordedSession['gaps'][number]): boolean {
  const from = gap.startedAt.getTime();
  return session.case.agreements.some((a) => a.versions.some((v) => v.frozenAt.getTime() <= from));
}

/** As what an invited person takes part, behind the name: （翻译：宁波话—普通话）, （旁听）. */
function partOf(session: RecordedSession, key: string): string {
  const invited = session.case.appointments.find((a) => `staff:${a.staffUserId}` === key && a.inviteAs);
  if (invited?.inviteAs === 'INTERPRETER') return `（翻译：${invited.language ?? ''}）`;
  return invited?.inviteAs === 'OBSERVER' ? '（旁听）' : '';
}

/** Who presides, who keeps the record, whose word is needed. */
export function peopleOf(session: RecordedSession, facts: RecordFacts) {
  const named = (duty: string) =>
    session.case.appointments
      .filter((a) => a.duty === duty)
      .map((a) => ({ key: `staff:${a.staffUserId}`, name: a.staffUser.name }));
  const here = new Set(facts.attended.map((p) => p.key));
  const mediators = named('MEDIATOR').filter((m) => here.has(m.key));
  const author = session.recordLines.find((line) => line.authorId !== null)?.authorId;
  const typist = facts.attended.find((p) => p.key === `staff:${author}`);
  const recorder =
    named('RECORDER').find((r) => here.has(r.key)) ??
    (typist ? { key: typist.key, name: typist.name } : null);
  return {
    mediators,
    recorder,
    people: peopleToConfirm(
      // Whoever only watched has no word on what was said.
      facts.attended.filter((p) => partOf(session, p.key) !== '（旁听）'),
      mediators.map((m) => m.key),
      recorder,
    ),
  };
}

/** What the head of both papers says. */
export function headOf(
  ctx: Ctx,
  session: RecordedSession,
  courtName: string,
  read: { language: string; reader: string; at: Date },
) {
  const facts = recordFacts(ctx.deps, session);
  const { mediators, recorder, people } = peopleOf(session, facts);
  return {
    format: 1 as const,
    demo: ctx.deps.settings.demo,
    courtName,
    committeeName: session.case.committee.name,
    caseNumber: session.case.number ?? '',
    caseTitle: session.case.title,
    parties: session.case.parties.map((party) => {
      const agents = party.agents.filter((a) => facts.attended.some((p) => p.key === `agent:${a.id}`));
      const named = agents.map((a) => `${a.name}，${a.special ? '特别授权' : '一般授权'}`);
      return named.length > 0 ? `${party.name}（委托代理人：${named.join('；')}）` : party.name;
    }),
    mediators: mediators.map((m) => m.name),
    recorder: recorder?.name ?? null,
    people,
    language: read.language,
    reader: read.reader,
    readAt: read.at.toISOString(),
  };
}

/** The whole record as it stands, ready to be read out. */
export function talksContent(
  ctx: Ctx,
  session: RecordedSession,
  courtName: string,
  read: { language: string; reader: string; at: Date; result: TalksContent['result']; reason: string },
): TalksContent {
  const facts = recordFacts(ctx.deps, session);
  for (const recording of session.recordings) {
    const line = headSoFar(recording, read.at);
    if (line) facts.events.push({ ...line, speaker: null });
  }
  const rights = facts.checks.findLast((check) => check.kind === 'RIGHTS_NOTICE');
  const names = (duties: string[]) => [
    ...new Set(
      facts.attended.filter((p) => duties.includes(p.duty)).map((p) => `${p.name}${partOf(session, p.key)}`),
    ),
  ];
  return {
    ...headOf(ctx, session, courtName, read),
    kind: 'TALKS',
    startedAt: (session.openedAt ?? session.plannedStart).toISOString(),
    places: placesOf(facts.attended),
    others: names(['INVITED', 'POLICE_LIAISON']),
    judges: names(['GUIDING_JUDGE']),
    rights: rights
      ? { language: rights.language ?? '', reader: rights.reader ?? '', at: rights.at.toISOString() }
      : null,
    lines: composeLines(facts),
    gaps: shownGaps(facts).map(({ names: who, from, to }) => ({
      names: who,
      from: from.toISOString(),
      to: to?.toISOString() ?? null,
    })),
    result: read.result,
    reason: read.reason,
  };
}
