-- CreateEnum
CREATE TYPE "CaucusStatus" AS ENUM ('PREPARING', 'OPEN', 'ENDED');

-- CreateEnum
CREATE TYPE "MessageTo" AS ENUM ('ALL', 'HOST', 'CAUCUS');

-- AlterTable
ALTER TABLE "Caucus" ADD COLUMN     "byId" UUID NOT NULL,
ADD COLUMN     "openedAt" TIMESTAMPTZ(3),
ADD COLUMN     "recallAt" TIMESTAMPTZ(3),
ADD COLUMN     "status" "CaucusStatus" NOT NULL DEFAULT 'PREPARING';

-- CreateTable
CREATE TABLE "CaucusMember" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "caucusId" UUID NOT NULL,
    "seatId" UUID NOT NULL,

    CONSTRAINT "CaucusMember_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CaucusNote" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "caucusId" UUID NOT NULL,
    "authorId" UUID NOT NULL,
    "textEnc" BYTEA NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "CaucusNote_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Message" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "sessionId" UUID NOT NULL,
    "seatId" UUID NOT NULL,
    "caucusId" UUID,
    "to" "MessageTo" NOT NULL,
    "name" TEXT NOT NULL,
    "textEnc" BYTEA NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Message_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "CaucusMember_courtId_seatId_idx" ON "CaucusMember"("courtId", "seatId");

-- CreateIndex
CREATE UNIQUE INDEX "CaucusMember_courtId_id_key" ON "CaucusMember"("courtId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "CaucusMember_courtId_caucusId_seatId_key" ON "CaucusMember"("courtId", "caucusId", "seatId");

-- CreateIndex
CREATE INDEX "CaucusNote_courtId_authorId_idx" ON "CaucusNote"("courtId", "authorId");

-- CreateIndex
CREATE UNIQUE INDEX "CaucusNote_courtId_id_key" ON "CaucusNote"("courtId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "CaucusNote_courtId_caucusId_authorId_key" ON "CaucusNote"("courtId", "caucusId", "authorId");

-- CreateIndex
CREATE INDEX "Message_courtId_sessionId_idx" ON "Message"("courtId", "sessionId");

-- CreateIndex
CREATE INDEX "Message_courtId_seatId_idx" ON "Message"("courtId", "seatId");

-- CreateIndex
CREATE INDEX "Message_courtId_caucusId_idx" ON "Message"("courtId", "caucusId");

-- CreateIndex
CREATE UNIQUE INDEX "Message_courtId_id_key" ON "Message"("courtId", "id");

-- CreateIndex
CREATE INDEX "Caucus_courtId_byId_idx" ON "Caucus"("courtId", "byId");

-- AddForeignKey
ALTER TABLE "Caucus" ADD CONSTRAINT "Caucus_courtId_byId_fkey" FOREIGN KEY ("courtId", "byId") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "CaucusMember" ADD CONSTRAINT "CaucusMember_courtId_caucusId_fkey" FOREIGN KEY ("courtId", "caucusId") REFERENCES "Caucus"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "CaucusMember" ADD CONSTRAINT "CaucusMember_courtId_seatId_fkey" FOREIGN KEY ("courtId", "seatId") REFERENCES "Seat"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "CaucusNote" ADD CONSTRAINT "CaucusNote_courtId_caucusId_fkey" FOREIGN KEY ("courtId", "caucusId") REFERENCES "Caucus"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "CaucusNote" ADD CONSTRAINT "CaucusNote_courtId_authorId_fkey" FOREIGN KEY ("courtId", "authorId") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Message" ADD CONSTRAINT "Message_courtId_sessionId_fkey" FOREIGN KEY ("courtId", "sessionId") REFERENCES "Session"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Message" ADD CONSTRAINT "Message_courtId_seatId_fkey" FOREIGN KEY ("courtId", "seatId") REFERENCES "Seat"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Message" ADD CONSTRAINT "Message_courtId_caucusId_fkey" FOREIGN KEY ("courtId", "caucusId") REFERENCES "Caucus"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- One private talk at a time, and no seat in two.
CREATE UNIQUE INDEX "Caucus_one_running" ON "Caucus" ("courtId", "sessionId") WHERE "endedAt" IS NULL;

-- A caucus is a room of its own: its name leads to its court like a session's.
CREATE OR REPLACE FUNCTION locate_court(kind text, key text) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT CASE kind
    WHEN 'login' THEN (SELECT "courtId" FROM "StaffUser" WHERE "loginName" = key)
    WHEN 'staff-session' THEN (SELECT "courtId" FROM "StaffSession" WHERE "tokenHash" = key)
    WHEN 'party-session' THEN (SELECT "courtId" FROM "PartySession" WHERE "tokenHash" = key)
    WHEN 'device' THEN (SELECT "courtId" FROM "Device" WHERE "tokenHash" = key)
    WHEN 'enrolment' THEN (SELECT "courtId" FROM "Device" WHERE "enrolCodeHash" = key)
    WHEN 'invitation' THEN (SELECT "courtId" FROM "Invitation" WHERE "secretHash" = key)
    WHEN 'spoken-code' THEN (SELECT "courtId" FROM "Invitation" WHERE "spokenCodeHash" = key AND "revokedAt" IS NULL ORDER BY "createdAt" DESC LIMIT 1)
    WHEN 'passkey' THEN (SELECT "courtId" FROM "Passkey" WHERE "credentialId" = key)
    WHEN 'room' THEN COALESCE((SELECT "courtId" FROM "Session" WHERE "room" = key), (SELECT "courtId" FROM "Caucus" WHERE "room" = key))
    WHEN 'seat' THEN (SELECT "courtId" FROM "Seat" WHERE "identity" = key)
    WHEN 'document' THEN (SELECT "courtId" FROM "Document" WHERE "sha256" = key ORDER BY "createdAt" LIMIT 1)
  END $$;

SELECT protect_court_rows();
