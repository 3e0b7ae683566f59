export { HeldLine } from './held-line.tsx';
export { Outside } from './outside.tsx';
export { Ready } from './ready.tsx';
export { Room } from './room.tsx';
export { useLease, useSession } from './use-session.ts';
