export { RecordPage } from './record-page.tsx';
export { RecordPanel } from './record-panel.tsx';
