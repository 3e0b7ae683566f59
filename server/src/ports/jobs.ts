import type { Prisma } from '../generated/prisma/client.ts';

/** Every job of the outbox with its data. Jobs run at least once: handlers are idempotent. */
export type JobData = {
  'sms.send': { courtId: string; messageId: string };
  'video.delete-room': { courtId: string; room: string };
  'video.create-room': { courtId: string; room: string };
  'video.remove': { courtId: string; room: string; identity: string };
  'video.refresh-grants': { courtId: string; sessionId: string };
  'video.reconcile': { courtId: string };
  'judge-call.ring-further': { courtId: string; callId: string };
  'judge-call.push': { courtId: string; callId: string; staffUserId: string; subscriptionId: string };
  'judge-call.voice': { courtId: string; callId: string; staffUserId: string };
  'telephone.dial': { courtId: string; seatId: string };
  'caucus.end': { courtId: string; caucusId: string };
  'correction.make': { courtId: string; correctionId: string };
  'record.draw': { courtId: string; recordId: string };
  'recording.begin-part': { courtId: string; recordingId: string };
  'recording.close': { courtId: string; recordingId: string };
  'storage.tidy': { courtId: string; key: string };
  'agreement.after-sealing': { courtId: string; versionId: string };
  'confirmation.open': { courtId: string; caseId: string };
  'confirmation.finish': { courtId: string; versionId: string };
  'audit.stamp-head': { courtId: string };
  'agreement.finish-sealing': { courtId: string; versionId: string };
};
export type JobName = keyof JobData;

/** The outbox: a job is enqueued through the transaction and exists exactly when that commits. */
export type Jobs = {
  enqueue<N extends JobName>(
    tx: Prisma.TransactionClient,
    name: N,
    data: JobData[N],
    options?: { singletonKey?: string; startAfter?: Date },
  ): Promise<void>;
};
