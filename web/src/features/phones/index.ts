export { PhoneOf } from './phone-of.tsx';
