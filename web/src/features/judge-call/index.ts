export { CallBell } from './call-bell.tsx';
export { CallJudge } from './call-judge.tsx';
export { CallQueue, DoNotDisturbSwitch } from './call-queue.tsx';
export { earlierRoom, forgetEarlierRoom } from './use-calls.ts';
