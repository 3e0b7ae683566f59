import { createHash } from 'node:crypto';
import type { DocumentKind } from '../../contract/enums.ts';
import type { CaseOfAct } from '../authorise.ts';
import type { Tx } from '../context.ts';

/**
 * Keeps a drawn paper and serves it on every party: it lies on each one's own page from this moment, and at the station
 * for those who sign by hand. No text message is sent for it.
 */
export async function serveDocument(
  tx: Tx,
  theCase: Pick<CaseOfAct, 'id' | 'courtId'>,
  paper: { kind: DocumentKind; pdf: Uint8Array; storageKey: string },
) {
  const base = { courtId: theCase.courtId, caseId: theCase.id };
  const document = await tx.document.create({
    data: {
      ...base,
      kind: paper.kind,
      storageKey: paper.storageKey,
      sha256: createHash('sha256').update(paper.pdf).digest('hex'),
      size: paper.pdf.length,
    },
  });
  const parties = await tx.party.findMany({
    where: { caseId: theCase.id },
    select: { id: true, usesStation: true },
  });
  for (const party of parties)
    await tx.service.create({
      data: {
        ...base,
        documentId: document.id,
        partyId: party.id,
        channel: party.usesStation ? 'STATION' : 'ONLINE',
      },
    });
  return document;
}
