export { DemoOutboxPage } from './demo-outbox-page.tsx';
