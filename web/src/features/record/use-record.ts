import { useQuery } from '@tanstack/react-query';
import { api, call } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';

export type RecordKind = 'TALKS' | 'FACTS';

/** The record as it grows: every act in the room makes it fresh. */
export function useRecord(sessionId: string, kind: RecordKind) {
  useLive([`session:${sessionId}`], ['record', 'party-home']);
  return useQuery({
    queryKey: ['record', sessionId, kind],
    queryFn: () => call(api.sessions[':sessionId'].records[':kind'].$get({ param: { sessionId, kind } })),
  });
}
export type RecordView = NonNullable<ReturnType<typeof useRecord>['data']>;
