export { EndBanner } from './end-banner.tsx';
export { AskButton, InvitedPeople } from './party-voice.tsx';
export { Procedure } from './procedure.tsx';
