export { CallBell } from './call-bell.tsx';
export { CallJudge } from './call-judge.tsx';
export { CallQueue, DoNotDisturbSwitch } from './call-queue.tsx';
export { PushSwitch } from './push-switch.tsx';
export { earlierRoom, forgetEarlierRoom, useCalls } from './use-calls.ts';
