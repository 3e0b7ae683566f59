/** One part of a recording that a recording browser is asked to take. */
export type RecordingOrder = {
  courtId: string;
  recordingId: string;
  partId: string;
  /** Address of the layout page with its ticket behind `#`: whoever opens it is the hidden participant. */
  layoutUrl: string;
};

/**
 * Whatever opens the layout page and keeps it open: our own headless browser, or LiveKit Egress. What it takes comes to
 * the service as chunks, by the page itself (`pushes`), or is fetched from where the recorder leaves it (`collect`).
 */
export type Recorder = {
  /** Resolves when the browser was started, not when it records. Throws when it cannot be. */
  start(order: RecordingOrder): Promise<{ handle: string }>;
  /** Ends it; what is over already is fine. */
  stop(handle: string): Promise<void>;
  /** False once it is known to be over: crashed, aborted, at its limit. */
  alive(handle: string): Promise<boolean>;
  /** Null where the page pushes its chunks; else the pieces that are ready, from the given one on. */
  collect:
    | ((
        order: Pick<RecordingOrder, 'courtId' | 'partId'>,
        handle: string,
        from: number,
      ) => Promise<Collected>)
    | null;
  /**
   * Of a part that is over: removes, unread, what was left in the clear since. True when nothing more will come. Null
   * where the page pushes its chunks.
   */
  discard: ((order: Pick<RecordingOrder, 'courtId' | 'partId'>, handle: string) => Promise<boolean>) | null;
  /** Ends everything that this process started. */
  close(): Promise<void>;
};

export type Collected = {
  pieces: Uint8Array[];
  /** Nothing more will come. */
  complete: boolean;
  /** Removes fetched pieces from where they lay in the clear. */
  forget(): Promise<void>;
};
