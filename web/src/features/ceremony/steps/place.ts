import { api } from '../../../api/client.ts';
import type { Ceremony, Slot } from '../use-ceremony.ts';

export type Place = { caseId: string; fieldName: string };
/** What every step's screen knows. */
export type StepProps = { place: Place; ceremony: Ceremony; slot: Slot };

export const at = api.cases[':caseId'].ceremony[':fieldName'];
export const pathOf = ({ caseId, fieldName }: Place): string =>
  `/api/cases/${caseId}/ceremony/${encodeURIComponent(fieldName)}`;

/** The screen on which the text stands, for the evidence. */
export const thisScreen = () => ({
  screen: {
    width: Math.max(1, window.innerWidth),
    height: Math.max(1, window.innerHeight),
    language: document.documentElement.lang.slice(0, 20),
  },
});
