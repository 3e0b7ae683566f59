-- CreateEnum
CREATE TYPE "RecordKind" AS ENUM ('TALKS', 'FACTS');

-- CreateEnum
CREATE TYPE "RecordStatus" AS ENUM ('WRITING', 'CONFIRMING', 'CONFIRMED');

-- CreateEnum
CREATE TYPE "ConfirmationWay" AS ENUM ('OWN_SCREEN', 'HANDED_OVER', 'IN_PERSON', 'REFUSED', 'ABSENT');

-- AlterEnum
ALTER TYPE "DocumentKind" ADD VALUE 'UNDISPUTED_FACTS';

-- AlterTable
ALTER TABLE "RecordLine" ADD COLUMN     "line" TEXT,
ADD COLUMN     "personKey" TEXT,
ADD COLUMN     "struckAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "Record" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "sessionId" UUID NOT NULL,
    "documentId" UUID,
    "kind" "RecordKind" NOT NULL,
    "status" "RecordStatus" NOT NULL DEFAULT 'WRITING',
    "result" "SessionResult",
    "readAt" TIMESTAMPTZ(3),
    "language" TEXT,
    "reader" TEXT,
    "content" JSONB,
    "contentSha256" TEXT,
    "finalSha256" TEXT,
    "confirmedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Record_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RecordConfirmation" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "recordId" UUID NOT NULL,
    "recordedById" UUID,
    "personKey" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "duty" "Duty" NOT NULL,
    "way" "ConfirmationWay" NOT NULL,
    "note" TEXT,
    "contentSha256" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "fallenAt" TIMESTAMPTZ(3),

    CONSTRAINT "RecordConfirmation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Fact" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "sessionId" UUID NOT NULL,
    "authorId" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "support" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "droppedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Fact_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "FactAnswer" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "factId" UUID NOT NULL,
    "partyId" UUID NOT NULL,
    "agentId" UUID,
    "agreed" BOOLEAN NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "FactAnswer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PresenceWaiver" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "sessionId" UUID NOT NULL,
    "partyId" UUID NOT NULL,
    "byId" UUID NOT NULL,
    "how" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "PresenceWaiver_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Record_courtId_documentId_idx" ON "Record"("courtId", "documentId");

-- CreateIndex
CREATE UNIQUE INDEX "Record_courtId_id_key" ON "Record"("courtId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Record_courtId_sessionId_kind_key" ON "Record"("courtId", "sessionId", "kind");

-- CreateIndex
CREATE INDEX "RecordConfirmation_courtId_recordId_idx" ON "RecordConfirmation"("courtId", "recordId");

-- CreateIndex
CREATE INDEX "RecordConfirmation_courtId_recordedById_idx" ON "RecordConfirmation"("courtId", "recordedById");

-- CreateIndex
CREATE UNIQUE INDEX "RecordConfirmation_courtId_id_key" ON "RecordConfirmation"("courtId", "id");

-- CreateIndex
CREATE INDEX "Fact_courtId_caseId_idx" ON "Fact"("courtId", "caseId");

-- CreateIndex
CREATE INDEX "Fact_courtId_sessionId_idx" ON "Fact"("courtId", "sessionId");

-- CreateIndex
CREATE INDEX "Fact_courtId_authorId_idx" ON "Fact"("courtId", "authorId");

-- CreateIndex
CREATE UNIQUE INDEX "Fact_courtId_id_key" ON "Fact"("courtId", "id");

-- CreateIndex
CREATE INDEX "FactAnswer_courtId_partyId_idx" ON "FactAnswer"("courtId", "partyId");

-- CreateIndex
CREATE INDEX "FactAnswer_courtId_agentId_idx" ON "FactAnswer"("courtId", "agentId");

-- CreateIndex
CREATE UNIQUE INDEX "FactAnswer_courtId_id_key" ON "FactAnswer"("courtId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "FactAnswer_courtId_factId_partyId_key" ON "FactAnswer"("courtId", "factId", "partyId");

-- CreateIndex
CREATE INDEX "PresenceWaiver_courtId_sessionId_idx" ON "PresenceWaiver"("courtId", "sessionId");

-- CreateIndex
CREATE INDEX "PresenceWaiver_courtId_partyId_idx" ON "PresenceWaiver"("courtId", "partyId");

-- CreateIndex
CREATE INDEX "PresenceWaiver_courtId_byId_idx" ON "PresenceWaiver"("courtId", "byId");

-- CreateIndex
CREATE UNIQUE INDEX "PresenceWaiver_courtId_id_key" ON "PresenceWaiver"("courtId", "id");

-- AddForeignKey
ALTER TABLE "Record" ADD CONSTRAINT "Record_courtId_sessionId_fkey" FOREIGN KEY ("courtId", "sessionId") REFERENCES "Session"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Record" ADD CONSTRAINT "Record_courtId_documentId_fkey" FOREIGN KEY ("courtId", "documentId") REFERENCES "Document"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "RecordConfirmation" ADD CONSTRAINT "RecordConfirmation_courtId_recordId_fkey" FOREIGN KEY ("courtId", "recordId") REFERENCES "Record"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "RecordConfirmation" ADD CONSTRAINT "RecordConfirmation_courtId_recordedById_fkey" FOREIGN KEY ("courtId", "recordedById") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Fact" ADD CONSTRAINT "Fact_courtId_caseId_fkey" FOREIGN KEY ("courtId", "caseId") REFERENCES "Case"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Fact" ADD CONSTRAINT "Fact_courtId_sessionId_fkey" FOREIGN KEY ("courtId", "sessionId") REFERENCES "Session"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Fact" ADD CONSTRAINT "Fact_courtId_authorId_fkey" FOREIGN KEY ("courtId", "authorId") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "FactAnswer" ADD CONSTRAINT "FactAnswer_courtId_factId_fkey" FOREIGN KEY ("courtId", "factId") REFERENCES "Fact"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "FactAnswer" ADD CONSTRAINT "FactAnswer_courtId_partyId_fkey" FOREIGN KEY ("courtId", "partyId") REFERENCES "Party"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "FactAnswer" ADD CONSTRAINT "FactAnswer_courtId_agentId_fkey" FOREIGN KEY ("courtId", "agentId") REFERENCES "Agent"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "PresenceWaiver" ADD CONSTRAINT "PresenceWaiver_courtId_sessionId_fkey" FOREIGN KEY ("courtId", "sessionId") REFERENCES "Session"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "PresenceWaiver" ADD CONSTRAINT "PresenceWaiver_courtId_partyId_fkey" FOREIGN KEY ("courtId", "partyId") REFERENCES "Party"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "PresenceWaiver" ADD CONSTRAINT "PresenceWaiver_courtId_byId_fkey" FOREIGN KEY ("courtId", "byId") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- A record that was read out takes objections only; a confirmed one is never altered, whoever asks.
CREATE FUNCTION keep_record_lines() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
DECLARE
  state "RecordStatus";
BEGIN
  SELECT status INTO state FROM "Record"
    WHERE "sessionId" = COALESCE(NEW."sessionId", OLD."sessionId") AND kind = 'TALKS';
  IF state = 'CONFIRMED' OR (state = 'CONFIRMING' AND NOT (TG_OP = 'INSERT' AND NEW.kind = 'OBJECTION')) THEN
    RAISE EXCEPTION 'the record is closed' USING ERRCODE = '55000';
  END IF;
  RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER kept BEFORE INSERT OR UPDATE OR DELETE ON "RecordLine" FOR EACH ROW EXECUTE FUNCTION keep_record_lines();

CREATE FUNCTION keep_record() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- The drawn document is added once, later; nothing else.
  IF TG_OP = 'UPDATE' AND OLD."documentId" IS NULL AND NEW."documentId" IS NOT NULL
     AND to_jsonb(NEW) - 'documentId' = to_jsonb(OLD) - 'documentId' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a confirmed record never changes' USING ERRCODE = '55000';
END $$;
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON "Record" FOR EACH ROW WHEN (OLD.status = 'CONFIRMED') EXECUTE FUNCTION keep_record();

CREATE FUNCTION keep_confirmations() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM "Record" WHERE id = COALESCE(NEW."recordId", OLD."recordId") AND status = 'CONFIRMED') THEN
    RAISE EXCEPTION 'a confirmed record never changes' USING ERRCODE = '55000';
  END IF;
  RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER kept BEFORE INSERT OR UPDATE OR DELETE ON "RecordConfirmation" FOR EACH ROW EXECUTE FUNCTION keep_confirmations();
CREATE UNIQUE INDEX "RecordConfirmation_once" ON "RecordConfirmation" ("courtId", "recordId", "personKey") WHERE "fallenAt" IS NULL;

SELECT protect_court_rows();
