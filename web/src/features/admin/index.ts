export { AccountPage } from './account-page.tsx';
export { AuditPage } from './audit-page.tsx';
export { DevicesPage } from './devices-page.tsx';
export { StaffPage } from './staff-page.tsx';
