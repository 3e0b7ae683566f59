export { ConsentSheet } from './consent-sheet.tsx';
