export { AfterPanel } from './after-panel.tsx';
