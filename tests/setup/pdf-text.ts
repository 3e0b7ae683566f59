import { createRequire } from 'node:module';

type Reader = {
  loadDocument(bytes: Uint8Array): Promise<{ pages(): Iterable<{ getText(): string }>; destroy(): void }>;
  destroy(): void;
};
/** The server's own reader of PDF files. */
const { PDFiumLibrary } = createRequire(new URL('../../server/package.json', import.meta.url))(
  '@hyzyla/pdfium',
) as { PDFiumLibrary: { init(): Promise<Reader> } };

/** Every word of a PDF, page by page, as a reader extracts it. */
export async function pdfText(pdf: Uint8Array): Promise<string> {
  const library = await PDFiumLibrary.init();
  const document = await library.loadDocument(Buffer.from(pdf));
  try {
    return [...document.pages()].map((page) => page.getText()).join('\n');
  } finally {
    document.destroy();
    library.destroy();
  }
}
