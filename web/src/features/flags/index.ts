export { Flags } from './flags.tsx';
