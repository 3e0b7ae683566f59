import { afterEach, beforeEach, expect, test, vi } from 'vitest';

/** A stream that the test speaks through. */
class Stream extends EventTarget {
  static readonly CLOSED = 2;
  static opened: Stream[] = [];
  readyState = 1;
  readonly query: URLSearchParams;
  constructor(url: string) {
    super();
    this.query = new URL(url, 'http://x').searchParams;
    Stream.opened.push(this);
  }
  close() {
    this.readyState = Stream.CLOSED;
  }
  say(event: 'ready' | 'reset' | 'change', id: number, topic = '') {
    const data = JSON.stringify({ topic, kind: 'x', data: {} });
    this.dispatchEvent(new MessageEvent(event, { data, lastEventId: String(id) }));
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.resetModules();
  Stream.opened = [];
  vi.stubGlobal('EventSource', Stream);
  vi.stubGlobal('location', new URL('http://x/'));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const heard: string[] = [];
const newest = () => Stream.opened.at(-1) as Stream;
async function page() {
  heard.length = 0;
  const { listen } = await import('./live.ts');
  return (topic: string) => {
    const stop = listen({
      topics: [topic],
      onChange: (change) => heard.push(change.topic),
      onReset: () => heard.push('reset'),
    });
    vi.advanceTimersByTime(40);
    return stop;
  };
}

test('a page’s first stream asks for what happened since the page began to load', async () => {
  const open = await page();
  open('case:1');
  expect(newest().query.get('last')).toBeNull();
  expect(Number(newest().query.get('age'))).toBeGreaterThan(0);
});

test('a change of a topic between its first loading and its stream is heard, though a later one was heard before', async () => {
  const open = await page();
  open('session:1');
  newest().say('ready', 10);
  const { listen } = await import('./live.ts');
  listen({ topics: ['draft:1'], onChange: (change) => heard.push(change.topic), onReset: () => undefined });
  // The draft changes (11) before the page's stream carries it, and something else is heard (12).
  newest().say('change', 12, 'session:1');
  vi.advanceTimersByTime(40);
  expect(newest().query.get('last')).toBe('10');
  newest().say('change', 11, 'draft:1');
  newest().say('change', 12, 'session:1');
  newest().say('ready', 12);
  expect(heard).toEqual(['session:1', 'draft:1']);
});

test('the next stream goes on where the last was', async () => {
  const open = await page();
  open('session:1');
  newest().say('ready', 10);
  const stop = open('draft:1');
  newest().say('ready', 10);
  newest().say('change', 15, 'session:1');
  stop();
  vi.advanceTimersByTime(40);
  expect(newest().query.get('topics')).toBe('session:1');
  expect(newest().query.get('last')).toBe('15');
});
