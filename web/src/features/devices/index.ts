export { DeviceCheck } from './device-check.tsx';
