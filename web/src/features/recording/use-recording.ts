import { useQuery } from '@tanstack/react-query';
import { api, call } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';

/** Whether this session is recorded now. */
export function useRecording(sessionId: string) {
  useLive([`session:${sessionId}`], ['recording']);
  return useQuery({
    queryKey: ['recording', sessionId],
    queryFn: () => call(api.sessions[':sessionId'].recording.$get({ param: { sessionId } })),
  });
}
export type RecordingState = NonNullable<ReturnType<typeof useRecording>['data']>;

/** The recordings of a case, with what can be played. */
export function useRecordings(caseId: string) {
  useLive([`case:${caseId}`], ['recordings']);
  return useQuery({
    queryKey: ['recordings', caseId],
    queryFn: () => call(api.cases[':caseId'].recordings.$get({ param: { caseId } })),
  });
}
export type Recording = NonNullable<ReturnType<typeof useRecordings>['data']>[number];
