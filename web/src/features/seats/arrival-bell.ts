import { useEffect, useRef } from 'react';
import { useWords } from '../../i18n/index.ts';
import { chime, useTabTitle } from '../../ui/attention.ts';
import type { Session } from '../room/use-session.ts';

export const waitingOutside = (session: Session) =>
  session.seats.filter((seat) => seat.present && !seat.admitted && !seat.removed);

/** Whoever lets people in hears that somebody came, and reads in the tab how many wait. */
export function useArrivalBell(session: Session | undefined): void {
  const t = useWords('seats');
  const waiting = session?.can.includes('admit') ? waitingOutside(session).length : 0;
  const before = useRef(0);
  useEffect(() => {
    if (waiting > before.current) chime();
    before.current = waiting;
  }, [waiting]);
  useTabTitle(waiting > 0 ? t('waitOutside', { n: waiting }) : null);
}
