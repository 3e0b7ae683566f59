import type { Logger } from 'pino';
import type { Duty } from '../contract/enums.ts';
import type { Prisma, PrismaClient } from '../generated/prisma/client.ts';
import type { Push, Voice } from '../ports/alerts.ts';
import type { Clock } from '../ports/clock.ts';
import type { Documents } from '../ports/documents.ts';
import type { FieldCipher } from '../ports/field-cipher.ts';
import type { FileInspector } from '../ports/file-inspector.ts';
import type { IdentityProvider } from '../ports/identity-provider.ts';
import type { Jobs } from '../ports/jobs.ts';
import type { Recorder } from '../ports/recorder.ts';
import type { Signing } from '../ports/signing.ts';
import type { Statements } from '../ports/statements.ts';
import type { Storage } from '../ports/storage.ts';
import type { Telephone } from '../ports/telephone.ts';
import type { Transcriber } from '../ports/transcriber.ts';
import type { Video } from '../ports/video.ts';
import type { Drafts } from './transcription/drafts.ts';

export type Db = PrismaClient;
export type Tx = Prisma.TransactionClient;

/** A standing duty of a staff member and where it holds. */
export type StandingDuty = { duty: Duty; stationId: string | null; committeeId: string | null };

/** Who asks. A hand-over at a shared device is a party session of its own. */
export type Principal =
  | {
      kind: 'staff';
      courtId: string;
      staffUserId: string;
      name: string;
      sessionId: string;
      /** The enrolled station device this session runs on, if any. */
      deviceId: string | null;
      deviceStationId: string | null;
      duties: StandingDuty[];
      /** Stations whose judge or delegate this person is by pairing. */
      guidedStations: string[];
      /** True once the second factor (or the enrolled device with SMS code) was given. */
      secondFactor: boolean;
    }
  | {
      kind: 'party';
      courtId: string;
      partySessionId: string;
      caseId: string;
      partyId: string | null;
      agentId: string | null;
      name: string;
      via: 'LINK' | 'HAND_OVER';
      /** 本人, or 家属代收: somebody of the family holds the phone. */
      answeredAs: 'SELF' | 'FAMILY';
      deviceId: string | null;
    }
  | { kind: 'device'; courtId: string; deviceId: string; stationId: string }
  | { kind: 'system'; courtId: string };

/** Everything a service may use. Only main.ts and the tests' set-up build one. */
export type Deps = {
  db: Db;
  statements: Statements;
  clock: Clock;
  cipher: FieldCipher;
  jobs: Jobs;
  storage: Storage;
  video: Video;
  signing: Signing;
  documents: Documents;
  files: FileInspector;
  /** Absent where recording is switched off. */
  recording?: RecordingTools;
  /** Web Push to judges' browsers; absent where no key is configured. */
  push?: Push;
  /** Voice calls; absent where no gateway is configured. */
  voice?: Voice;
  /** Dials people into a room; absent where no SIP trunk is configured: then the station's number is shown. */
  telephone?: Telephone;
  /** Makes drafts for the record of what is said; absent where no recogniser is configured. */
  transcription?: TranscriptionTools;
  /** Absent when no government identity service is configured. */
  identityProvider?: IdentityProvider;
  log: Logger;
  settings: Settings;
};

export type TranscriptionTools = { transcriber: Transcriber; drafts: Drafts };

export type RecordingTools = {
  recorder: Recorder;
  /** Where the recording browser finds the layout page: an address of this service. */
  layoutUrl: string;
};

/** Values that services need from the configuration; never secrets of adapters. */
export type Settings = {
  /** Immutable flag of the database. */
  demo: boolean;
  publicUrl: string;
  /** HMAC key for tokens, codes and link secrets (they are stored hashed). */
  tokenKey: Buffer;
  production: boolean;
  /** A recording is deleted so many days after its case ended, also where none is made any more. */
  recordingKeepDays: number;
};

export type Ctx<P extends Principal = Principal> = {
  deps: Deps;
  principal: P;
  requestId: string;
  ip: string;
  /** What the browser calls itself, cut to 300 characters. */
  userAgent?: string;
};
