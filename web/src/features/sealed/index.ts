export { SealedAgreement } from './sealed-agreement.tsx';
