import { useQuery } from '@tanstack/react-query';
import { readDraft } from '@tongxi/server/contract/draft.ts';
import { useEffect, useMemo, useRef, useState } from 'react';
import * as Y from 'yjs';
import { ApiError, api, call } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';
import { base64Of, bytesOf, keepUnsent, takeUnsent } from './unsent.ts';

const REMOTE = 'remote';
/** Keystrokes of this long travel together. */
const GATHER_MS = 250;
const RETRY_MS = 2000;

/**
 * The live draft: a Yjs document that follows the server's and sends what is written here. Updates travel by POST; the
 * event stream says when there is something new. What could not be sent waits, also over a closed tab, and is sent
 * again, so no word is lost. `writer` is whose words are kept on this device; null for readers.
 */
export function useDraft(caseId: string, writer: string | null = null) {
  const [refusals, setRefusals] = useState(0);
  // What the server refused is taken back: the document starts again from what it has.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a refusal makes a new document
  const { doc, undo } = useMemo(() => newDocument(), [refusals]);
  const [content, setContent] = useState(() => readDraft(doc));
  const [problem, setProblem] = useState<ApiError | null>(null);
  const [unsent, setUnsent] = useState(0);
  const queue = useRef<Uint8Array[]>([]);
  const sending = useRef(false);
  const state = useQuery({
    queryKey: ['draft', caseId],
    queryFn: () => call(api.cases[':caseId'].draft.$get({ param: { caseId } })),
  });
  const refetch = state.refetch;
  const canEdit = state.data?.canEdit ?? false;

  useEffect(() => {
    if (!state.data) return;
    Y.applyUpdate(doc, bytesOf(state.data.state), REMOTE);
    setContent(readDraft(doc));
  }, [state.data, doc]);
  useLive([`draft:${caseId}`, `case:${caseId}`], ['draft', 'case']);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let inFlight: Uint8Array[] = [];
    const keep = () => {
      if (writer) keepUnsent(caseId, writer, [...inFlight, ...queue.current]);
      setUnsent(inFlight.length + queue.current.length);
    };
    const plan = (ms: number) => {
      clearTimeout(timer);
      timer = setTimeout(flush, ms);
    };
    const flush = async () => {
      if (sending.current || queue.current.length === 0) return;
      sending.current = true;
      inFlight = queue.current;
      queue.current = [];
      const update = base64Of(Y.mergeUpdates(inFlight));
      let wait = GATHER_MS;
      try {
        await call(api.cases[':caseId'].draft.updates.$post({ param: { caseId }, json: { update } }));
        setProblem(null);
        void refetch();
      } catch (error) {
        if (isRefusal(error)) {
          setProblem(error);
          queue.current = [];
          setRefusals((n) => n + 1);
        } else {
          queue.current = [...inFlight, ...queue.current];
          wait = RETRY_MS;
        }
      } finally {
        sending.current = false;
        inFlight = [];
        keep();
        if (queue.current.length > 0) plan(wait);
      }
    };
    const heard = (update: Uint8Array, origin: unknown) => {
      setContent(readDraft(doc));
      if (origin === REMOTE) return;
      queue.current.push(update);
      keep();
      plan(GATHER_MS);
    };
    doc.on('update', heard);
    const kept = writer && canEdit ? takeUnsent(caseId, writer) : null;
    if (kept) Y.applyUpdate(doc, kept, 'kept');
    return () => {
      doc.off('update', heard);
      clearTimeout(timer);
      void flush();
    };
  }, [doc, caseId, writer, canEdit, refetch]);

  return {
    doc,
    undo,
    canUndo: undo.undoStack.length > 0,
    canRedo: undo.redoStack.length > 0,
    content,
    state: state.data,
    error: state.error,
    problem,
    unsent,
  };
}

function newDocument() {
  const doc = new Y.Doc();
  const undo = new Y.UndoManager([
    doc.getText('facts'),
    doc.getText('disputed'),
    doc.getText('performance'),
    doc.getArray('terms'),
  ]);
  return { doc, undo };
}

/** Typed just before a private talk opened is sent when it has ended; every other refusal is for good. */
const isRefusal = (error: unknown): error is ApiError =>
  error instanceof ApiError &&
  error.code !== 'CAUCUS_RUNNING' &&
  error.code !== 'RATE_LIMITED' &&
  error.status >= 400 &&
  error.status < 500;
