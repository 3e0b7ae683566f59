export { IntakePage } from './intake-page.tsx';
export { OpenDrafts } from './open-drafts.tsx';
