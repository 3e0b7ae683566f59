import type { z } from 'zod';
import type {
  FactsContent,
  FactsReadOutInput,
  ReadOutInput,
  RecordContent,
  RecordPerson,
} from '../../contract/record.ts';
import { shanghaiDay } from '../../domain/deadlines.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Prisma, Session } from '../../generated/prisma/client.ts';
import { canonicalSha256 } from '../agreement/canonical-text.ts';
import type { Tx } from '../context.ts';
import { asHost, type Staff } from '../session/as-host.ts';
import { openRecord, transitionRecord } from './open-record.ts';
import { headOf, loadRecorded, talksContent } from './record-facts.ts';

const heard = ['OPEN', 'PAUSED', 'ONSITE', 'ENDED'];

/**
 * The record was read out in a language they name, and by whom: from now on the text stands, and everybody gives their
 * word on it. The result is the session's own when it has ended; before, the one stated here, which the end then keeps.
 */
export async function readOutRecord(
  ctx: Staff,
  input: { sessionId: string } & z.output<typeof ReadOutInput>,
): Promise<{ contentSha256: string }> {
  const read = await asHost(ctx, 'read-out-record', input.sessionId, async (tx, { session }) => {
    requireHeard(session);
    const record = await openRecord(tx, session, 'TALKS');
    if (session.result !== null && session.result !== input.result)
      throw new DomainError('CONFLICT', { reason: 'result', result: session.result });
    const at = ctx.deps.clock.now();
    const recorded = await loadRecorded(tx, session.id);
    const reason = session.endReason ?? input.reason;
    const content = talksContent(ctx, recorded, await courtName(tx, session), { ...input, reason, at });
    if (!content.lines.some((line) => line.kind === 'SAID' || line.kind === 'NOTE'))
      throw new DomainError('RECORD_EMPTY');
    return writeContent(tx, ctx, record, content, { at, result: input.result });
  });
  // What was only heard, and not taken over, is nobody's word.
  ctx.deps.transcription?.drafts.wipe(input.sessionId);
  return read;
}

/**
 * 无争议事实记载表, when the talks have failed: facts that every party called undisputed, and headings of what remains
 * (在线调解规则 22; domain.md 5.4). RECORD_EMPTY when there is no such fact.
 */
export function readOutFacts(
  ctx: Staff,
  input: { sessionId: string } & z.output<typeof FactsReadOutInput>,
): Promise<{ contentSha256: string }> {
  return asHost(ctx, 'read-out-record', input.sessionId, async (tx, { session, case: theCase }) => {
    requireHeard(session);
    if (session.result !== 'NO_AGREEMENT') throw new DomainError('TALKS_NOT_FAILED');
    const record = await openRecord(tx, session, 'FACTS');
    const at = ctx.deps.clock.now();
    const recorded = await loadRecorded(tx, session.id);
    const parties = recorded.case.parties;
    const facts = await tx.fact.findMany({
      where: { caseId: session.caseId, droppedAt: null },
      orderBy: { at: 'asc' },
      include: { answers: true },
    });
    const shared = facts.flatMap((fact) => {
      const yes = parties.filter((p) => fact.answers.some((a) => a.partyId === p.id && a.agreed));
      return yes.length === parties.length
        ? [{ text: fact.text, support: fact.support, confirmedBy: yes.map((p) => p.name) }]
        : [];
    });
    if (shared.length === 0) throw new DomainError('RECORD_EMPTY');
    const head = headOf(ctx, recorded, await courtName(tx, session), { ...input, at });
    const here = head.people.filter((p) => ['PARTY', 'AGENT', 'MEDIATOR'].includes(p.duty));
    // Every party signs, also one who was not there the last time: by itself, or by its agent who was.
    const away = parties.filter(
      (party) =>
        !here.some(
          (p) => p.key === `party:${party.id}` || party.agents.some((a) => p.key === `agent:${a.id}`),
        ),
    );
    const signers: RecordPerson[] = [
      ...away.map((party) => ({ key: `party:${party.id}`, name: party.name, duty: 'PARTY' as const })),
      ...here,
    ];
    const content: FactsContent = {
      ...head,
      people: signers,
      kind: 'FACTS',
      startedOn: shanghaiDay(theCase.acceptedAt ?? theCase.registeredAt),
      endedOn: shanghaiDay(session.endedAt ?? at),
      facts: shared,
      issues: input.issues,
    };
    return writeContent(tx, ctx, record, content, { at, result: session.result });
  });
}

async function writeContent(
  tx: Tx,
  ctx: Staff,
  record: Awaited<ReturnType<typeof openRecord>>,
  content: RecordContent,
  { at, result }: { at: Date; result: NonNullable<Session['result']> },
) {
  // Names and papers that the system entered were not typed here: what cannot be drawn is refused now, not by the job.
  ctx.deps.documents.checkText(JSON.stringify(content));
  const contentSha256 = canonicalSha256(content);
  await transitionRecord(tx, record, 'read-out', {
    content: content as unknown as Prisma.InputJsonObject,
    contentSha256,
    result,
    language: content.language,
    reader: content.reader,
    readAt: at,
  });
  return {
    answer: { contentSha256 },
    subject: { type: 'record', id: record.id },
    data: { kind: content.kind, contentSha256, result, language: content.language },
    personal: { reader: content.reader },
  };
}

function requireHeard(session: Session): void {
  if (!heard.includes(session.status)) throw new DomainError('SESSION_NOT_OPEN', { status: session.status });
}

const courtName = async (tx: Tx, session: Session): Promise<string> =>
  (await tx.court.findUniqueOrThrow({ where: { id: session.courtId } })).name;
