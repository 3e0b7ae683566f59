import { PDFDocument, PDFName } from '@cantoo/pdf-lib';
import type { Outcome } from '../files/confined-process.ts';

export type PlainPagesRequest = { pdf: Uint8Array };

/** One PDF in, its bare pages in a new file out; the parent ends this process. */
process.once('message', async ({ pdf }: PlainPagesRequest) => {
  const outcome = await plainPages(pdf).catch((): Outcome<Uint8Array> => {
    return { ok: false, code: 'FILE_UNREADABLE' };
  });
  process.send?.(outcome);
});

/**
 * What everybody may read opens with an empty password (ISO 32000-1, 7.6.3.3). Actions and attachments of the file and
 * of its pages stay behind.
 */
async function plainPages(pdf: Uint8Array): Promise<Outcome<Uint8Array>> {
  const source = await PDFDocument.load(pdf, { updateMetadata: false, password: '' });
  for (const page of source.getPages())
    for (const key of ['AA', 'AF', 'PieceInfo', 'Metadata']) page.node.delete(PDFName.of(key));
  const plain = await PDFDocument.create();
  for (const page of await plain.copyPages(source, source.getPageIndices())) plain.addPage(page);
  return { ok: true, result: await plain.save({ useObjectStreams: false }) };
}
