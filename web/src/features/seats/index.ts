export { SeatsPanel } from './seats-panel.tsx';
