import * as z from 'zod';

/** The one large button of a case: what this person should do now. */
export const NextStep = z.enum([
  'SCREEN',
  'CHOOSE_MEDIATOR',
  'ANSWER_OFFER',
  'DISCLOSE',
  'RECORD_CONSENT',
  'SCHEDULE',
  'CHECK_IDENTITY',
  'ATTEST_IDENTITY',
  'START_CHECKING',
  'ENTER_ROOM',
  'SIGN',
  'SEAL',
  'CHECK_PAPER',
  'RECORD_RECEIPT',
  'RECORD_PERFORMANCE',
  'DOCKET_CONFIRMATION',
  'DECIDE_CONFIRMATION',
  'AFTER_REJECTION',
  'WAIT',
  'NONE',
]);
export type NextStep = z.infer<typeof NextStep>;
