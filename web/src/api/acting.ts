import { useSyncExternalStore } from 'react';

export type Acting = 'staff' | 'party';

/** Which of the two entries this page is; a station's browser may hold a staff and a party session at once. */
export const entry: Acting =
  location.pathname.startsWith('/p') && !location.pathname.startsWith('/paper') ? 'party' : 'staff';

let acting: Acting = entry;
const watchers = new Set<() => void>();

/** In whose name requests are sent now: the staff's page acts as the party while its screen is handed over. */
export const askingAs = (): Acting => acting;

/** A staff page whose screen is with a party: it shows that person's task only, and its room stays connected. */
export const isHandedOver = (): boolean => entry === 'staff' && acting === 'party';

/** Every request and the live stream go on in the other name from here. */
export function actAs(next: Acting): void {
  if (acting === next) return;
  acting = next;
  for (const watcher of watchers) watcher();
}

export function watchActing(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

export function useActing(): Acting {
  return useSyncExternalStore(watchActing, askingAs);
}
