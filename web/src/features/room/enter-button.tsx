import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { Button } from '../../ui/index.tsx';

/** Once it is here, a press finds it without waiting. */
let prepared: typeof import('./ready.tsx') | undefined;
const Ready = lazy(async () => {
  prepared = await import('./ready.tsx');
  return { default: prepared.Ready };
});

/**
 * The way into a room. The one next step of a page is made ready at once, any other when somebody comes near; the
 * devices are opened with the press itself, never on a page where nobody asked for them. `load` fetches the page behind.
 */
export function EnterButton({
  sessionId,
  onEnter,
  load,
  children,
  next = false,
  big = false,
  wide = false,
}: {
  sessionId: string;
  onEnter: () => void;
  load?: () => Promise<unknown>;
  children: ReactNode;
  next?: boolean;
  big?: boolean;
  wide?: boolean;
}) {
  const [near, come] = useState(next);
  useEffect(() => {
    // What fails to load is loaded again, and said, when it is needed.
    if (near) load?.().catch(() => undefined);
  }, [near, load]);
  return (
    <>
      {near && (
        <Suspense fallback={null}>
          <Ready sessionId={sessionId} />
        </Suspense>
      )}
      <Button
        look={next ? 'primary' : 'plain'}
        big={big}
        wide={wide}
        onPointerEnter={() => come(true)}
        onFocus={() => come(true)}
        onPointerDown={() => prepared?.press(sessionId)}
        onClick={() => {
          prepared?.begin(sessionId);
          onEnter();
        }}
        data-enter
      >
        {children}
      </Button>
    </>
  );
}
