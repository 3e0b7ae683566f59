import { lazy, Suspense } from 'react';
import { useRoute } from 'wouter';
import { ApiError } from '../api/client.ts';
import { HandedOverScreen } from '../features/hand-over/handed-over-screen.tsx';
import { PartyApp } from './party/party-app.tsx';
import { usePartyHome } from './party/queries.ts';

const HeldLine = lazy(() => import('../features/room/index.ts').then((m) => ({ default: m.HeldLine })));

/**
 * The station's screen while it is handed over: the person's own task over everything, under their session alone. The
 * room it was taken from stays connected, so that nobody at the station drops out of the talks.
 */
export function HandedOver() {
  const [, room] = useRoute('/sessions/:sessionId');
  const { me, signedIn, home } = usePartyHome();
  const over = home.error instanceof ApiError && home.error.status === 401;
  if (over || (me.data && !signedIn)) return <HandedOverScreen />;
  return (
    <>
      {room && (
        <Suspense fallback={null}>
          <HeldLine sessionId={room.sessionId} />
        </Suspense>
      )}
      <PartyApp />
    </>
  );
}
