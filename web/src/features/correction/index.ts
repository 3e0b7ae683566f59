export { CorrectionAsk } from './correction-ask.tsx';
export { Corrections } from './corrections.tsx';
