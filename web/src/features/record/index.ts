export { RecordLinks } from './record-links.tsx';
export { RecordPage } from './record-page.tsx';
export { RecordPanel } from './record-panel.tsx';
