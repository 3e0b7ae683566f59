export { FallenVersions } from './fallen.tsx';
export { SigningFlow } from './signing-flow.tsx';
export { SigningPanel } from './signing-panel.tsx';
