export { CaseSummary } from './case-summary.tsx';
export { useCase, useCases } from './queries.ts';
