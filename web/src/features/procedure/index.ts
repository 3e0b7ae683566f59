export { EndBanner } from './end-banner.tsx';
export { Procedure } from './procedure.tsx';
