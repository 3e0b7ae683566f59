export { CaucusBanner } from './caucus-banner.tsx';
export { CaucusPanel } from './caucus-panel.tsx';
export { MessagesPanel } from './messages-panel.tsx';
export { useCaucus } from './use-caucus.ts';
