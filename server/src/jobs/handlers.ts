import type { JobData, JobName } from '../ports/jobs.ts';
import type { Sms } from '../ports/sms.ts';
import { stampAuditHead } from '../services/audit/stamp-head.ts';
import { endRecalled } from '../services/caucus/end-caucus.ts';
import { finishApplication } from '../services/confirmation/finish-application.ts';
import { openApplication } from '../services/confirmation/open-application.ts';
import type { Ctx, Deps } from '../services/context.ts';
import { makeCorrection } from '../services/correction/make.ts';
import { pushCall, voiceCall } from '../services/judge-call/alert.ts';
import { ringFurther } from '../services/judge-call/ring.ts';
import { drawRecord } from '../services/record/draw-record.ts';
import { beginPart } from '../services/recording/begin-part.ts';
import { closeRecording } from '../services/recording/close-recording.ts';
import { afterSealing } from '../services/sealing/after-sealing.ts';
import { finishSealing } from '../services/sealing/finish-sealing.ts';
import { dialNow } from '../services/session/dial-seat.ts';
import { sendQueuedSms } from '../services/sms/queue-sms.ts';
import { tidyFile } from '../services/storage/tidy-file.ts';
import { reconcileVideo } from '../services/video/reconcile.ts';
import { refreshGrants } from '../services/video/refresh-grants.ts';

export type Handlers = { [N in JobName]: (data: JobData[N], jobId: string) => Promise<void> };

/** What each job does. Every handler may run twice. `cut` drops open signalling connections. */
export function jobHandlers(deps: Deps, sms: Sms, cut: (room: string, identity?: string) => void): Handlers {
  const system = (courtId: string, jobId: string): Ctx => ({
    deps,
    principal: { kind: 'system', courtId },
    requestId: `job:${jobId}`,
    ip: 'local',
  });
  return {
    'sms.send': ({ courtId, messageId }) => sendQueuedSms({ ...deps, sms }, courtId, messageId),
    'video.create-room': ({ room }) => deps.video.createRoom(room),
    'video.delete-room': async ({ room }) => {
      await deps.video.deleteRoom(room);
      cut(room);
    },
    'video.remove': async ({ room, identity }) => {
      cut(room, identity);
      await deps.video.removeParticipant(room, identity);
    },
    'video.refresh-grants': ({ courtId, sessionId }) => refreshGrants(deps, courtId, sessionId),
    'video.reconcile': () => reconcileVideo(deps),
    'judge-call.ring-further': ({ courtId, callId }, jobId) => ringFurther(system(courtId, jobId), callId),
    'judge-call.push': (data, jobId) => pushCall(system(data.courtId, jobId), data),
    'judge-call.voice': (data, jobId) => voiceCall(system(data.courtId, jobId), data),
    'telephone.dial': ({ courtId, seatId }, jobId) => dialNow(system(courtId, jobId), seatId),
    'caucus.end': ({ courtId, caucusId }, jobId) => endRecalled(system(courtId, jobId), caucusId),
    'correction.make': ({ courtId, correctionId }, jobId) =>
      makeCorrection(system(courtId, jobId), correctionId),
    'record.draw': ({ courtId, recordId }, jobId) => drawRecord(system(courtId, jobId), recordId),
    'confirmation.open': ({ courtId, caseId }, jobId) => openApplication(system(courtId, jobId), caseId),
    'confirmation.finish': ({ courtId, versionId }, jobId) =>
      finishApplication(system(courtId, jobId), versionId),
    'recording.begin-part': ({ courtId, recordingId }, jobId) =>
      beginPart(system(courtId, jobId), recordingId),
    'recording.close': ({ courtId, recordingId }, jobId) =>
      closeRecording(system(courtId, jobId), recordingId),
    'storage.tidy': (data) => tidyFile(deps, data),
    'audit.stamp-head': ({ courtId }) => stampAuditHead(deps, courtId, 'SEAL'),
    'agreement.finish-sealing': async ({ courtId, versionId }, jobId) => {
      await finishSealing(system(courtId, jobId), versionId);
    },
    'agreement.after-sealing': ({ courtId, versionId }, jobId) =>
      afterSealing(system(courtId, jobId), versionId),
  };
}
