export { Transcribing } from './transcribing.tsx';
