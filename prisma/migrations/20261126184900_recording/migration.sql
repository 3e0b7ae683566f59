-- CreateEnum
CREATE TYPE "RecordingStatus" AS ENUM ('STARTING', 'RUNNING', 'INTERRUPTED', 'STOPPED', 'FAILED');

-- CreateEnum
CREATE TYPE "RecordingStop" AS ENUM ('HOST', 'CONSENT_WITHDRAWN', 'ARRIVAL', 'SESSION_OVER', 'NOT_STARTED');

-- DropForeignKey
ALTER TABLE "RecordingPart" DROP CONSTRAINT "RecordingPart_courtId_sessionId_fkey";

-- DropIndex
DROP INDEX "RecordingPart_courtId_sessionId_idx";

-- AlterTable: no version wrote a row here before this one.
ALTER TABLE "RecordingPart" DROP COLUMN "sessionId",
ADD COLUMN     "durationMs" INTEGER,
ADD COLUMN     "firstChunkAt" TIMESTAMPTZ(3),
ADD COLUMN     "handle" TEXT,
ADD COLUMN     "identity" TEXT NOT NULL,
ADD COLUMN     "lastChunkAt" TIMESTAMPTZ(3),
ADD COLUMN     "mime" TEXT,
ADD COLUMN     "recordingId" UUID NOT NULL,
ADD COLUMN     "size" INTEGER,
ADD COLUMN     "ticketHash" TEXT NOT NULL,
ALTER COLUMN "storageKey" DROP NOT NULL,
ALTER COLUMN "sha256" DROP NOT NULL;

-- CreateTable
CREATE TABLE "Recording" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "sessionId" UUID NOT NULL,
    "startedById" UUID NOT NULL,
    "status" "RecordingStatus" NOT NULL,
    "stopReason" "RecordingStop",
    "keyEnc" BYTEA,
    "confirmed" JSONB NOT NULL,
    "askedAt" TIMESTAMPTZ(3) NOT NULL,
    "startedAt" TIMESTAMPTZ(3),
    "stoppedAt" TIMESTAMPTZ(3),
    "chunkCount" INTEGER NOT NULL DEFAULT 0,
    "headHash" TEXT NOT NULL,
    "manifest" TEXT,
    "manifestToken" BYTEA,
    "manifestAt" TIMESTAMPTZ(3),
    "keepUntil" TIMESTAMPTZ(3),
    "deletedAt" TIMESTAMPTZ(3),
    "certificate" TEXT,
    "certificateToken" BYTEA,

    CONSTRAINT "Recording_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RecordingChunk" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "recordingId" UUID NOT NULL,
    "partId" UUID NOT NULL,
    "index" INTEGER NOT NULL,
    "sequence" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "storageKey" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "RecordingChunk_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RecordingStamp" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "recordingId" UUID NOT NULL,
    "chunkCount" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "token" BYTEA NOT NULL,
    "time" TIMESTAMPTZ(3) NOT NULL,
    "authority" TEXT NOT NULL,

    CONSTRAINT "RecordingStamp_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Recording_courtId_sessionId_idx" ON "Recording"("courtId", "sessionId");

-- CreateIndex
CREATE INDEX "Recording_courtId_startedById_idx" ON "Recording"("courtId", "startedById");

-- CreateIndex
CREATE UNIQUE INDEX "Recording_courtId_id_key" ON "Recording"("courtId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "RecordingChunk_courtId_id_key" ON "RecordingChunk"("courtId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "RecordingChunk_courtId_recordingId_index_key" ON "RecordingChunk"("courtId", "recordingId", "index");

-- CreateIndex
CREATE UNIQUE INDEX "RecordingChunk_courtId_partId_sequence_key" ON "RecordingChunk"("courtId", "partId", "sequence");

-- CreateIndex
CREATE UNIQUE INDEX "RecordingStamp_courtId_id_key" ON "RecordingStamp"("courtId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "RecordingStamp_courtId_recordingId_chunkCount_key" ON "RecordingStamp"("courtId", "recordingId", "chunkCount");

-- CreateIndex
CREATE UNIQUE INDEX "RecordingPart_identity_key" ON "RecordingPart"("identity");

-- CreateIndex
CREATE UNIQUE INDEX "RecordingPart_ticketHash_key" ON "RecordingPart"("ticketHash");

-- CreateIndex
CREATE UNIQUE INDEX "RecordingPart_courtId_recordingId_number_key" ON "RecordingPart"("courtId", "recordingId", "number");

-- AddForeignKey
ALTER TABLE "Recording" ADD CONSTRAINT "Recording_courtId_sessionId_fkey" FOREIGN KEY ("courtId", "sessionId") REFERENCES "Session"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Recording" ADD CONSTRAINT "Recording_courtId_startedById_fkey" FOREIGN KEY ("courtId", "startedById") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "RecordingPart" ADD CONSTRAINT "RecordingPart_courtId_recordingId_fkey" FOREIGN KEY ("courtId", "recordingId") REFERENCES "Recording"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "RecordingChunk" ADD CONSTRAINT "RecordingChunk_courtId_recordingId_fkey" FOREIGN KEY ("courtId", "recordingId") REFERENCES "Recording"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "RecordingChunk" ADD CONSTRAINT "RecordingChunk_courtId_partId_fkey" FOREIGN KEY ("courtId", "partId") REFERENCES "RecordingPart"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "RecordingStamp" ADD CONSTRAINT "RecordingStamp_courtId_recordingId_fkey" FOREIGN KEY ("courtId", "recordingId") REFERENCES "Recording"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- One recording of a session at a time.
CREATE UNIQUE INDEX "Recording_one_running" ON "Recording" ("courtId", "sessionId") WHERE status IN ('STARTING', 'RUNNING', 'INTERRUPTED');

-- Links of a chain and their time stamps are never altered, also when what they cover is deleted by rule.
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON "RecordingChunk" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON "RecordingStamp" FOR EACH ROW EXECUTE FUNCTION refuse_change();

SELECT protect_court_rows();
