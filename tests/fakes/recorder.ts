import type { Recorder, RecordingOrder } from '../../server/src/ports/recorder.ts';

/** A recorder that opens no page: a test hands in the pieces itself. */
export type FakeRecorder = Recorder & {
  orders: RecordingOrder[];
  stopped: string[];
  /** Parts whose browser was killed. */
  dead: Set<string>;
  /** No browser can be started. */
  broken: boolean;
};

export function fakeRecorder(): FakeRecorder {
  const fake: FakeRecorder = {
    orders: [],
    stopped: [],
    dead: new Set(),
    broken: false,
    async start(order) {
      if (fake.broken) throw new Error('no browser here');
      fake.orders.push(order);
      return { handle: order.partId };
    },
    async stop(handle) {
      fake.stopped.push(handle);
    },
    alive: async (handle) => !fake.dead.has(handle) && !fake.stopped.includes(handle),
    collect: null,
    discard: null,
    close: async () => undefined,
  };
  return fake;
}
