import type { z } from 'zod';
import type { RecordKind } from '../../contract/enums.ts';
import type { RecordList, RecordView } from '../../contract/record.ts';
import { allowedActions } from '../../domain/permissions.ts';
import { composeLines } from '../../domain/record/compose.ts';
import { partyOf } from '../attachments/upload-attachment.ts';
import { authoriseCase, authoriseSession } from '../authorise.ts';
import type { Tx } from '../context.ts';
import { absentParties } from '../session/require-presence.ts';
import { transact } from '../transact.ts';
import { contentOf, objectionsOf, wordsOf } from './give-word.ts';
import { type Person, personKeyOf } from './open-record.ts';
import { loadRecorded, peopleOf, recordFacts } from './record-facts.ts';

/** The record as it grows, is read out, confirmed: the same lines for everybody in the room. */
export async function readRecord(
  ctx: Person,
  input: { sessionId: string; kind: RecordKind },
): Promise<RecordView> {
  return transact(ctx, async (tx) => {
    const { duties, facts: may, session } = await authoriseSession(tx, ctx, 'read-record', input.sessionId);
    const can = allowedActions(duties, may);
    const record = await tx.record.findFirst({ where: { sessionId: session.id, kind: input.kind } });
    const recorded = await loadRecorded(tx, session.id);
    const stored = recordFacts(ctx.deps, recorded);
    const content = record?.content ? contentOf(record) : null;
    const status = record?.status ?? 'WRITING';
    // What one side says reaches the other by the mediator alone, and when it is read out.
    const withheld =
      ctx.principal.kind === 'party' && status === 'WRITING' && recorded.case.protections.length > 0;
    const typed = new Set(recorded.recordLines.map((line) => line.id));
    const lines =
      input.kind === 'FACTS' || withheld
        ? []
        : content?.kind === 'TALKS'
          ? content.lines
          : composeLines(stored);
    const words = record ? await wordsOf(tx, record.id) : [];
    const me = personKeyOf(ctx.principal);
    const people = withheld ? [] : (content?.people ?? peopleOf(recorded, stored).people);
    const partyOfAgent = new Map(
      recorded.case.parties.flatMap((p) => p.agents.map((a) => [a.id, p.id] as const)),
    );
    return {
      kind: input.kind,
      status,
      sessionStatus: session.status,
      caseId: session.caseId,
      lines: lines.map((line) => ({
        ...line,
        editable: status === 'WRITING' && typed.has(line.id) && can.includes('write-record'),
      })),
      objections: record ? await objectionsOf(tx, record) : [],
      result: record?.result ?? session.result,
      language: record?.language ?? null,
      reader: record?.reader ?? null,
      readAt: record?.readAt?.toISOString() ?? null,
      contentSha256: record?.contentSha256 ?? null,
      finalSha256: record?.finalSha256 ?? null,
      confirmedAt: record?.confirmedAt?.toISOString() ?? null,
      hasDocument: Boolean(record?.documentId),
      people: people.map((person) => {
        const word = words.find((w) => w.key === person.key);
        const [kind, id = ''] = person.key.split(':');
        return {
          ...person,
          me: person.key === me,
          partyId: kind === 'party' ? id : kind === 'agent' ? (partyOfAgent.get(id) ?? null) : null,
          agentId: kind === 'agent' ? id : null,
          way: word?.way ?? null,
          note: word?.note ?? null,
          at: word?.at ?? null,
        };
      }),
      withheld,
      speakers: withheld ? [] : [...new Set(stored.attended.map((p) => p.name))],
      facts: await markedFacts(tx, ctx, session.caseId),
      sheet: content?.kind === 'FACTS' ? content.facts.map(({ text, support }) => ({ text, support })) : [],
      issues: content?.kind === 'FACTS' ? content.issues : [],
      remote: recorded.attendees
        .filter((a) => !withheld && a.seat.kind !== 'STATION' && a.leftAt === null)
        .map((a) => ({ attendeeId: a.id, name: a.name, place: a.place === '远程' ? '' : a.place })),
      absent:
        !withheld && ['OPEN', 'ONSITE'].includes(session.status)
          ? await absentParties(tx, session.caseId)
          : [],
      can,
    };
  });
}

/** Records of the case that were read out: where their papers are found afterwards. */
export async function listRecords(ctx: Person, caseId: string): Promise<z.infer<typeof RecordList>> {
  return transact(ctx, async (tx) => {
    await authoriseCase(tx, ctx, 'read-record', caseId);
    const records = await tx.record.findMany({
      where: { session: { caseId }, status: { not: 'WRITING' } },
      include: { session: { select: { openedAt: true, plannedStart: true } } },
      orderBy: [{ readAt: 'asc' }, { id: 'asc' }],
    });
    return records.map((record) => ({
      sessionId: record.sessionId,
      kind: record.kind,
      status: record.status,
      startedAt: (record.session.openedAt ?? record.session.plannedStart).toISOString(),
      confirmedAt: record.confirmedAt?.toISOString() ?? null,
      hasDocument: record.documentId !== null,
    }));
  });
}

async function markedFacts(tx: Tx, ctx: Person, caseId: string): Promise<RecordView['facts']> {
  const facts = await tx.fact.findMany({
    where: { caseId, droppedAt: null },
    orderBy: { at: 'asc' },
    include: { answers: { include: { party: true } } },
  });
  const mine = ctx.principal.kind === 'party' ? await partyOf(tx, ctx.principal) : null;
  return facts.map((fact) => ({
    id: fact.id,
    text: fact.text,
    support: fact.support,
    answers: fact.answers.map((a) => ({ partyId: a.partyId, name: a.party.name, agreed: a.agreed })),
    mine: fact.answers.find((a) => a.partyId === mine)?.agreed ?? null,
  }));
}
