import { fileURLToPath } from 'node:url';
import type { Documents } from '../../ports/documents.ts';
import { type Limits, runConfined } from '../files/confined-process.ts';
import { drawAgreement, drawPaperAgreement } from './agreement.ts';
import { drawApplication } from './application.ts';
import { bindDossier, joinPages } from './dossier.ts';
import { drawEvidence } from './evidence.ts';
import { drawable } from './fonts.ts';
import { drawForm } from './form.ts';
import { drawNotice, drawServiceReceipt } from './notices.ts';
import { drawPaperScans } from './paper-scans.ts';
import { drawRecord } from './record.ts';
import { draftAsWord } from './word.ts';

const renderLimits: Limits = { ms: 15_000, memoryBytes: 512 * 1024 * 1024 };
const renderProgram = fileURLToPath(new URL('./render-process.ts', import.meta.url));

/** The documents port on pdfkit, pictures by PDFium in a worker of its own. */
export function pdfDocuments(): Documents {
  return {
    drawAgreement,
    drawPaperAgreement,
    drawApplication,
    drawForm,
    joinPages,
    bindDossier,
    draftAsWord,
    drawNotice,
    drawServiceReceipt,
    drawRecord,
    drawEvidence,
    drawPaperScans,
    checkText,
    renderPages,
  };
}

function checkText(text: string): void {
  drawable(text);
}

/** Whosever file it is, it is parsed outside this process: PDFium's own memory has no other limit. */
function renderPages(pdf: Uint8Array, { widthPx }: { widthPx: number }): Promise<Uint8Array[]> {
  return runConfined<Uint8Array[]>(renderProgram, { pdf, widthPx }, renderLimits);
}
