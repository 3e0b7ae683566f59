export { CallJudgeButton, CallQueue } from './judge-call.tsx';
