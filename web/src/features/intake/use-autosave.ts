import type { IntakeContent } from '@tongxi/server/contract/intake.ts';
import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiError, api, call } from '../../api/client.ts';

const PAUSE_MS = 700;
const AGAIN_MS = 5000;
/** A browser sends at most 64 kB for a page that is going away. */
const KEEPALIVE_BYTES = 60_000;

type Kept = { id: string; version: number };
/** untouched: nothing typed yet; waiting: typed, not kept; elsewhere: saved on another device since; gone: ended there. */
export type Keeping = 'untouched' | 'waiting' | 'failed' | 'kept' | 'elsewhere' | 'gone';

/** Keeps the draft on the server while it is typed: after a short pause, when the page hides, and again after a failure. */
export function useAutosave(
  content: IntakeContent,
  stationId: string,
  initial: { kept: Kept; content: IntakeContent } | null,
  onStarted: (id: string) => void,
) {
  const [state, setState] = useState<Keeping>(initial ? 'kept' : 'untouched');
  const kept = useRef<Kept | null>(initial?.kept ?? null);
  const latest = useRef(content);
  const sent = useRef(JSON.stringify(initial?.content ?? content));
  const running = useRef<Promise<void> | null>(null);
  const stopped = useRef(false);
  const started = useRef(onStarted);
  latest.current = content;
  started.current = onStarted;

  const saveAll = useCallback(async () => {
    while (!stopped.current && JSON.stringify(latest.current) !== sent.current) {
      const now = latest.current;
      const text = JSON.stringify(now);
      const init = { init: { keepalive: new Blob([text]).size < KEEPALIVE_BYTES } };
      const before = kept.current;
      if (before) {
        const { version } = await call(
          api['intake-drafts'][':draftId'].$post(
            { param: { draftId: before.id }, json: { version: before.version, content: now } },
            init,
          ),
        );
        kept.current = { id: before.id, version };
      } else {
        kept.current = await call(api['intake-drafts'].$post({ json: { stationId, content: now } }, init));
        started.current(kept.current.id);
      }
      sent.current = text;
    }
  }, [stationId]);

  const flush = useCallback(async () => {
    running.current ??= saveAll()
      .then(() => setState((was) => (was === 'untouched' ? was : 'kept')))
      .catch((error: unknown) => {
        const code = error instanceof ApiError ? error.code : null;
        setState(code === 'CONFLICT' ? 'elsewhere' : code === 'NOT_FOUND' ? 'gone' : 'failed');
      })
      .finally(() => {
        running.current = null;
      });
    await running.current;
  }, [saveAll]);

  const text = JSON.stringify(content);
  const blocked = state === 'elsewhere' || state === 'gone';
  useEffect(() => {
    if (blocked || text === sent.current) return;
    setState('waiting');
    const timer = setTimeout(flush, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, blocked, flush]);
  useEffect(() => {
    if (state !== 'failed') return;
    const timer = setTimeout(flush, AGAIN_MS);
    return () => clearTimeout(timer);
  }, [state, flush]);
  useEffect(() => {
    const hide = () => {
      if (document.visibilityState === 'hidden') void flush();
    };
    document.addEventListener('visibilitychange', hide);
    return () => {
      document.removeEventListener('visibilitychange', hide);
      void flush();
    };
  }, [flush]);

  return {
    state,
    /** Before registering: waits for a save on its way and starts no other. Gives the draft's id, if one was kept. */
    stop: async (): Promise<string | null> => {
      stopped.current = true;
      await running.current;
      return kept.current?.id ?? null;
    },
    /** After a refused registration typing is kept again. */
    goOn: () => {
      stopped.current = false;
    },
    /** What stands here replaces what the other device saved. */
    keepMine: async (): Promise<void> => {
      const before = kept.current;
      if (!before) return;
      try {
        const there = await call(api['intake-drafts'][':draftId'].$get({ param: { draftId: before.id } }));
        kept.current = { id: before.id, version: there.version };
        await flush();
      } catch {
        setState('gone');
      }
    },
  };
}
