import { createRequire } from 'node:module';

type Reader = {
  loadDocument(bytes: Uint8Array): Promise<{ pages(): Iterable<{ getText(): string }>; destroy(): void }>;
  destroy(): void;
};
/** The server's own reader of PDF files. */
const { PDFiumLibrary } = createRequire(new URL('../../server/package.json', import.meta.url))(
  '@hyzyla/pdfium',
) as { PDFiumLibrary: { init(): Promise<Reader> } };

/** Every word of a PDF as a reader extracts it. */
export const pdfText = async (pdf: Uint8Array): Promise<string> => (await pagesText(pdf)).join('\n');

/** The words of each page. */
export async function pagesText(pdf: Uint8Array): Promise<string[]> {
  const library = await PDFiumLibrary.init();
  const document = await library.loadDocument(Buffer.from(pdf));
  try {
    return [...document.pages()].map((page) => page.getText());
  } finally {
    document.destroy();
    library.destroy();
  }
}
