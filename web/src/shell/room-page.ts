/** The staff's room, a part of its own, loaded on entering. */
export const loadRoomPage = () => import('../roles/room/room-page.tsx');

/** Where entering is the next step it comes before, with the panel that opens first in it. */
export const prepareRoomPage = () => Promise.all([loadRoomPage(), import('../features/draft/index.ts')]);
