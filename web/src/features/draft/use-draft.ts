import { useQuery } from '@tanstack/react-query';
import { readDraft } from '@tongxi/server/contract/draft.ts';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import * as Y from 'yjs';
import { ApiError, api, call } from '../../api/client.ts';
import { type Change, useLive } from '../../api/live.ts';

const REMOTE = 'remote';
/** Keystrokes of this long travel together. */
const GATHER_MS = 250;

const bytes = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
const base64 = (data: Uint8Array): string => btoa(Array.from(data, (b) => String.fromCharCode(b)).join(''));

/**
 * The live draft: a Yjs document that follows the server's and sends what is written here. Updates travel by POST and
 * come back by event stream; what could not be sent waits and is sent again, so no word is lost.
 */
export function useDraft(caseId: string) {
  const doc = useMemo(() => new Y.Doc(), []);
  const undo = useMemo(
    () =>
      new Y.UndoManager([
        doc.getText('facts'),
        doc.getText('disputed'),
        doc.getText('performance'),
        doc.getArray('terms'),
      ]),
    [doc],
  );
  const [content, setContent] = useState(() => readDraft(doc));
  const [problem, setProblem] = useState<ApiError | null>(null);
  const [unsent, setUnsent] = useState(0);
  const seq = useRef(0);
  const queue = useRef<Uint8Array[]>([]);
  const sending = useRef(false);
  const state = useQuery({
    queryKey: ['draft', caseId],
    queryFn: () => call(api.cases[':caseId'].draft.$get({ param: { caseId } })),
  });

  useEffect(() => {
    if (!state.data) return;
    Y.applyUpdate(doc, bytes(state.data.state), REMOTE);
    seq.current = Math.max(seq.current, state.data.seq);
    setContent(readDraft(doc));
  }, [state.data, doc]);

  const onChange = useCallback(
    (change: Change) => {
      const { update } = change.data as { update?: string };
      if (change.kind === 'draft.update' && update) Y.applyUpdate(doc, bytes(update), REMOTE);
    },
    [doc],
  );
  useLive([`draft:${caseId}`, `case:${caseId}`], ['draft', 'case'], onChange);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const flush = async () => {
      if (sending.current || queue.current.length === 0) return;
      sending.current = true;
      const batch = queue.current;
      queue.current = [];
      try {
        await call(
          api.cases[':caseId'].draft.updates.$post({
            param: { caseId },
            json: { update: base64(Y.mergeUpdates(batch)) },
          }),
        );
        setProblem(null);
        void state.refetch();
      } catch (error) {
        // Typed just before a private talk opened: sent when it has ended; meanwhile nothing can be typed.
        const waits = error instanceof ApiError && error.code === 'CAUCUS_RUNNING';
        if (!waits && error instanceof ApiError && error.status >= 400 && error.status < 500)
          setProblem(error);
        else {
          queue.current = [...batch, ...queue.current];
          timer = setTimeout(flush, 2000);
        }
      } finally {
        sending.current = false;
        setUnsent(queue.current.length);
        if (queue.current.length > 0) timer = setTimeout(flush, GATHER_MS);
      }
    };
    const heard = (update: Uint8Array, origin: unknown) => {
      setContent(readDraft(doc));
      if (origin === REMOTE) return;
      queue.current.push(update);
      setUnsent(queue.current.length);
      clearTimeout(timer);
      timer = setTimeout(flush, GATHER_MS);
    };
    doc.on('update', heard);
    return () => {
      doc.off('update', heard);
      clearTimeout(timer);
      void flush();
    };
  }, [doc, caseId, state.refetch]);

  return {
    doc,
    undo,
    content,
    state: state.data,
    error: state.error,
    problem,
    unsent,
    reload: state.refetch,
  };
}

/** Changes a Y.Text to `next` with the smallest edit, so that two writers keep both their words. */
export function editText(text: Y.Text, next: string): void {
  const before = text.toString();
  if (before === next) return;
  let start = 0;
  while (start < before.length && start < next.length && before[start] === next[start]) start += 1;
  let end = 0;
  while (
    end < before.length - start &&
    end < next.length - start &&
    before[before.length - 1 - end] === next[next.length - 1 - end]
  )
    end += 1;
  text.doc?.transact(() => {
    text.delete(start, before.length - start - end);
    text.insert(start, next.slice(start, next.length - end));
  });
}
