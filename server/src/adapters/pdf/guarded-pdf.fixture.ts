import PdfDocument from 'pdfkit';

/** A PDF with this text that anybody opens and only an owner's password changes, as banks hand out their statements. */
export async function guardedPdf(text: string): Promise<Buffer> {
  const document = new PdfDocument({ ownerPassword: 'bank', permissions: { printing: 'highResolution' } });
  document.text(text);
  document.end();
  const parts: Buffer[] = [];
  for await (const part of document) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
