export { DraftPanel } from './draft-panel.tsx';
export { DraftReader } from './draft-reader.tsx';
export { TermCard } from './term-card.tsx';
