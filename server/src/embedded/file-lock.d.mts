/** A process, named for good by its pid and start time: pids are used again. */
export type ProcessRecord = { pid: number; started: string | null };

/**
 * A process's start time, unique on this machine (on Linux with the boot's id), or null when there is no such
 * process or only its unreaped remains.
 */
export function startTimeOf(pid: number): string | null;

/** True while exactly this process lives. */
export function isAlive(record: ProcessRecord | null): boolean;

/** The text of a lock of this process; no two are equal. */
export function newOwner(): string;

/** Whose lock a text is; null when it cannot be read. */
export function ownerIn(text: string): ProcessRecord | null;

/** A lock's text, or null when there is none. */
export function readLock(path: string): string | null;

/** Makes the lock, which appears with its whole text or not at all. False when there is one already. */
export function createLock(path: string, owner: string): boolean;

/** Removes the lock where its text is `owner`. Only the living owner or who guards its removal may call it. */
export function releaseLock(path: string, owner: string): void;

/**
 * Removes a lock whose text is `found` and whose owner is dead; never one made since. Does nothing while another
 * living process is removing it: try again. `owner` is the caller's own text.
 */
export function removeStaleLock(path: string, found: string, owner: string): void;
