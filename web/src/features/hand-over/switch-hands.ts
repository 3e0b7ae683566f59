import type { QueryClient } from '@tanstack/react-query';
import { type Acting, actAs } from '../../api/acting.ts';

/**
 * The page goes on in other hands: nothing that the last person saw stays, on the screen or in memory, and everything
 * is asked anew in the other name. The room's connection is not the page's content and stays.
 */
export function switchHands(queries: QueryClient, to: Acting): void {
  actAs(to);
  void queries.resetQueries();
  queries.removeQueries({ type: 'inactive' });
}
