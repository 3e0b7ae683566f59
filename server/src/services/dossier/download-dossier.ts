import { createHash, randomUUID } from 'node:crypto';
import { formatDay } from '../../domain/dates.ts';
import { shanghaiDay } from '../../domain/deadlines.ts';
import {
  dossierBack,
  dossierCover,
  dossierNote,
  type FormFacts,
  notCopied,
} from '../../domain/documents/forms.ts';
import { DomainError } from '../../domain/errors.ts';
import type { DossierPart } from '../../ports/documents.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { authoriseCase } from '../authorise.ts';
import type { Ctx, Principal } from '../context.ts';
import { formFacts } from '../documents/form-facts.ts';
import { transact } from '../transact.ts';
import { type PartSource, planDossier } from './dossier-parts.ts';

const retention: Record<string, string> = { SHORT: '短期', LONG: '长期', PERMANENT: '永久' };

/**
 * The 卷宗 as one PDF in archive order: cover, contents with page numbers, every document, note on the volume, back. Drawn
 * from stored files; signed originals are embedded as they are. Each download is audited with the volume's hash.
 */
export async function downloadDossier(
  ctx: Ctx<Extract<Principal, { kind: 'staff' }>>,
  caseId: string,
): Promise<{ bytes: Uint8Array; name: string }> {
  const plan = await transact(ctx, async (tx) => {
    const { case: theCase } = await authoriseCase(tx, ctx, 'download-dossier', caseId);
    const facts = await formFacts(tx, ctx, caseId);
    const session = await tx.session.findFirst({
      where: { caseId, status: 'ENDED' },
      orderBy: { plannedStart: 'desc' },
    });
    return { ...(await planDossier(tx, ctx, caseId, facts)), theCase, facts, session };
  });
  const { documents, storage } = ctx.deps;
  const { facts, theCase } = plan;
  const parts: DossierPart[] = [];
  const originals: { title: string; sha256: string; bytes: Uint8Array }[] = [];
  for (const { title, sources } of plan.parts) {
    const files: DossierPart['files'] = [];
    for (const source of sources) {
      const file = await read(source);
      files.push(file);
      if (source.from === 'stored' && source.original)
        originals.push({ title, sha256: source.sha256, bytes: file.bytes });
    }
    parts.push({ title, files });
  }
  parts.push({
    title: '卷宗情况说明',
    files: [{ kind: 'pdf', bytes: await documents.drawForm(dossierNote(facts, originals, plan.absent)) }],
  });
  const mediatedOn = plan.session?.plannedStart ?? theCase.registeredAt;
  const bytes = await documents.bindDossier({
    title: `人民调解卷宗 ${facts.caseNumber}`,
    date: facts.now,
    demo: facts.demo,
    footer: facts.committeeName,
    parts,
    cover: dossierCover(facts, {
      title: theCase.title,
      mediatedOn: formatDay(shanghaiDay(mediatedOn)),
      filedBy: ctx.principal.name,
      retention: retention[theCase.retentionClass] ?? theCase.retentionClass,
    }),
    back: dossierBack(facts),
    originals: originals.map((o) => ({ name: `${o.title}${facts.caseNumber}.pdf`, bytes: o.bytes })),
  });
  await keepTrace(ctx, caseId, bytes);
  return { bytes, name: `人民调解卷宗${facts.caseNumber}.pdf` };

  async function read(source: PartSource): Promise<DossierPart['files'][number]> {
    switch (source.from) {
      case 'form':
        return { kind: 'pdf', bytes: await documents.drawForm(source.content) };
      case 'notice':
        return { kind: 'pdf', bytes: await documents.drawNotice(noticeOf(facts)) };
      case 'stored':
        return {
          kind: source.mime === 'application/pdf' ? 'pdf' : 'picture',
          bytes: await storage.get(source.storageKey),
        };
      case 'upload':
        return readUpload(source);
    }
  }

  /** Somebody's file is parsed outside this process; one that cannot be copied is named on a page of its own. */
  async function readUpload(
    source: Extract<PartSource, { from: 'upload' }>,
  ): Promise<DossierPart['files'][number]> {
    const bytes = await storage.get(source.storageKey);
    if (source.mime !== 'application/pdf') return { kind: 'picture', bytes };
    const pages = await documents.plainPages(bytes).catch((error: unknown) => {
      if (error instanceof DomainError) return null;
      throw error;
    });
    if (pages) return { kind: 'pdf', bytes: pages };
    return { kind: 'pdf', bytes: await documents.drawForm(notCopied(facts, source.sha256)) };
  }
}

const noticeOf = (facts: FormFacts) => ({
  committeeName: facts.committeeName,
  caseNumber: facts.caseNumber,
  parties: facts.parties.map((p) => p.name),
  date: facts.registeredAt,
  demo: facts.demo,
});

async function keepTrace(
  ctx: Ctx<Extract<Principal, { kind: 'staff' }>>,
  caseId: string,
  bytes: Uint8Array,
): Promise<void> {
  await transact(ctx, async (tx) => {
    const { duty, case: theCase } = await authoriseCase(tx, ctx, 'download-dossier', caseId);
    await appendAudit(tx, ctx, {
      action: 'download-dossier',
      subject: { type: 'case', id: caseId },
      caseId,
      duty,
      data: {
        sha256: createHash('sha256').update(bytes).digest('hex'),
        size: bytes.length,
        copy: randomUUID(),
      },
      topics: [`station:${theCase.stationId}`],
    });
  });
}
