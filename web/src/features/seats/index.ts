export { useArrivalBell } from './arrival-bell.ts';
export { SeatsPanel } from './seats-panel.tsx';
