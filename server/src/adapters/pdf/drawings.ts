import type { Documents } from '../../ports/documents.ts';
import { drawAgreement, drawPaperAgreement } from './agreement.ts';
import { drawApplication } from './application.ts';
import { bindDossier, joinPages } from './dossier.ts';
import { drawEvidence } from './evidence.ts';
import { drawForm } from './form.ts';
import { drawNotice, drawServiceReceipt } from './notices.ts';
import { drawPaperScans } from './paper-scans.ts';
import { drawRecord } from './record.ts';
import { draftAsWord } from './word.ts';

/** Every document by the name of its verb. Drawing takes tens of milliseconds, so threads of their own do it. */
export const drawings = {
  drawAgreement,
  drawPaperAgreement,
  drawApplication,
  drawNotice,
  drawServiceReceipt,
  drawRecord,
  drawEvidence,
  drawPaperScans,
  drawForm,
  joinPages,
  bindDossier,
  draftAsWord,
} satisfies Partial<Documents>;
export type Drawings = typeof drawings;
