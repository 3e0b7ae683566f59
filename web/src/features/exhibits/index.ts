export { ExhibitStage } from './exhibit-stage.tsx';
export { ExhibitsPanel } from './exhibits-panel.tsx';
