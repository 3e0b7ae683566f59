import { fileURLToPath } from 'node:url';
import type { Documents } from '../../ports/documents.ts';
import { type Limits, runConfined } from '../files/confined-process.ts';
import type { Threads } from '../threads/open-threads.ts';
import { drawable, undrawable } from './fonts.ts';

const limits: Limits = { ms: 15_000, memoryBytes: 512 * 1024 * 1024 };
const renderProgram = fileURLToPath(new URL('./render-process.ts', import.meta.url));
const plainProgram = fileURLToPath(new URL('./plain-pages-process.ts', import.meta.url));

/** The documents port on pdfkit, drawn in threads; pictures by PDFium in a process of its own. */
export function pdfDocuments({ draw }: Pick<Threads, 'draw'>): Documents {
  return {
    drawAgreement: (...args) => draw('drawAgreement', ...args),
    drawPaperAgreement: (...args) => draw('drawPaperAgreement', ...args),
    drawApplication: (...args) => draw('drawApplication', ...args),
    drawNotice: (...args) => draw('drawNotice', ...args),
    drawServiceReceipt: (...args) => draw('drawServiceReceipt', ...args),
    drawRecord: (...args) => draw('drawRecord', ...args),
    drawEvidence: (...args) => draw('drawEvidence', ...args),
    drawPaperScans: (...args) => draw('drawPaperScans', ...args),
    drawForm: (...args) => draw('drawForm', ...args),
    joinPages: (...args) => draw('joinPages', ...args),
    bindDossier: (...args) => draw('bindDossier', ...args),
    draftAsWord: (...args) => draw('draftAsWord', ...args),
    checkText,
    undrawable,
    plainPages: (pdf) => runConfined<Uint8Array>(plainProgram, { pdf }, limits),
    renderPages,
  };
}

function checkText(text: string): void {
  drawable(text);
}

/** Whosever file it is, it is parsed outside this process: PDFium's own memory has no other limit. */
function renderPages(pdf: Uint8Array, { widthPx }: { widthPx: number }): Promise<Uint8Array[]> {
  return runConfined<Uint8Array[]>(renderProgram, { pdf, widthPx }, limits);
}
