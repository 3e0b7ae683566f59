export { type AgentDraft, AgentsAtIntake, filledAgent } from './agents-at-intake.tsx';
export { type CaseOfPage, Representatives } from './representatives.tsx';
export { VerifyDialog } from './verify-dialog.tsx';
