export { ChoosePaper } from './choose-paper.tsx';
export { PaperPages } from './paper-pages.tsx';
export { PaperPanel } from './paper-panel.tsx';
