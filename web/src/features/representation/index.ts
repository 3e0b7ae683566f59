export { type AgentDraft, AgentsAtIntake, filledAgent } from './agents-at-intake.tsx';
export { Representatives } from './representatives.tsx';
