export { ConfirmationAsk } from './confirmation-ask.tsx';
export { ConfirmationPanel } from './confirmation-panel.tsx';
