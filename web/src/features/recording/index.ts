export { RecordingPill } from './recording-pill.tsx';
export { RecordingTrouble } from './recording-trouble.tsx';
