export { ApartBanner } from './apart-banner.tsx';
