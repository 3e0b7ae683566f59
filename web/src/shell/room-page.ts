import { prepared } from '../ui/prepared.ts';

/** The staff's room, a part of its own, loaded on entering. */
export const RoomPage = prepared(() => import('../roles/room/room-page.tsx').then((m) => m.RoomPage));

/** Where entering is the next step it comes before, with the panel that opens first in it. */
export const prepareRoomPage = () => Promise.all([RoomPage.prepare(), import('../features/draft/index.ts')]);
