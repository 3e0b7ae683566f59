export { InvitationPage } from './invitation-page.tsx';
export { forgetLink, linkInHand } from './link-in-hand.ts';
