import * as Y from 'yjs';

/** Words that no server has yet outlive a closed tab: on this device, for the person who wrote them, until they are sent. */
const keyOf = (caseId: string, writer: string): string => `tongxi.unsent-draft.${caseId}.${writer}`;

export const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
export const base64Of = (data: Uint8Array): string =>
  btoa(Array.from(data, (b) => String.fromCharCode(b)).join(''));

export function keepUnsent(caseId: string, writer: string, updates: Uint8Array[]): void {
  try {
    if (updates.length === 0) localStorage.removeItem(keyOf(caseId, writer));
    else localStorage.setItem(keyOf(caseId, writer), base64Of(Y.mergeUpdates(updates)));
  } catch {
    // A full or forbidden store: the words still wait in this tab.
  }
}

export function takeUnsent(caseId: string, writer: string): Uint8Array | null {
  const kept = localStorage.getItem(keyOf(caseId, writer));
  return kept ? bytesOf(kept) : null;
}
