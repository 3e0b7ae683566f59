import { Worker } from 'node:worker_threads';
import { DomainError } from '../../domain/errors.ts';
import type { Documents } from '../../ports/documents.ts';
import { drawAgreement, drawPaperAgreement } from './agreement.ts';
import { drawApplication } from './application.ts';
import { drawable } from './fonts.ts';
import { drawNotice, drawServiceReceipt } from './notices.ts';
import { drawRecord } from './record.ts';

const RENDER_LIMIT_MS = 15_000;

/** The documents port on pdfkit, pictures by PDFium in a worker of its own. */
export function pdfDocuments(): Documents {
  return {
    drawAgreement,
    drawPaperAgreement,
    drawApplication,
    drawNotice,
    drawServiceReceipt,
    drawRecord,
    checkText,
    renderPages,
  };
}

function checkText(text: string): void {
  drawable(text);
}

function renderPages(pdf: Uint8Array, { widthPx }: { widthPx: number }): Promise<Uint8Array[]> {
  const worker = new Worker(new URL('./render-worker.ts', import.meta.url), {
    workerData: { pdf, widthPx },
    resourceLimits: { maxOldGenerationSizeMb: 256 },
  });
  return new Promise<Uint8Array[]>((resolve, reject) => {
    const timer = setTimeout(() => reject(new DomainError('FILE_TOO_COMPLEX')), RENDER_LIMIT_MS);
    worker.once('message', (pictures: Uint8Array[]) => {
      clearTimeout(timer);
      resolve(pictures);
    });
    worker.once('error', () => {
      clearTimeout(timer);
      reject(new DomainError('FILE_UNREADABLE'));
    });
  }).finally(() => worker.terminate());
}
