-- CreateEnum
CREATE TYPE "AgentKind" AS ENUM ('AUTHORISED', 'GUARDIAN');

-- CreateEnum
CREATE TYPE "CaseRequestKind" AS ENUM ('EXTENSION', 'CHANGE_MEDIATOR');

-- CreateEnum
CREATE TYPE "FlagResult" AS ENUM ('CLEAR', 'CONCERN');

-- AlterTable
ALTER TABLE "Agent" ADD COLUMN     "consentedAt" TIMESTAMPTZ(3),
ADD COLUMN     "enteredById" UUID,
ADD COLUMN     "kind" "AgentKind" NOT NULL DEFAULT 'AUTHORISED',
ADD COLUMN     "relation" TEXT;

-- AlterTable
ALTER TABLE "Case" ADD COLUMN     "suspendReason" TEXT,
ADD COLUMN     "suspendedAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "Party" ADD COLUMN     "capacityDoubt" TEXT,
ADD COLUMN     "capacityDoubtAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "CaseRequest" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "partyId" UUID NOT NULL,
    "recordedById" UUID,
    "kind" "CaseRequestKind" NOT NULL,
    "reason" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "settledAt" TIMESTAMPTZ(3),

    CONSTRAINT "CaseRequest_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "FlagLook" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "lookedById" UUID NOT NULL,
    "flag" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "duty" "Duty" NOT NULL,
    "result" "FlagResult" NOT NULL,
    "note" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "FlagLook_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "CaseRequest_courtId_caseId_kind_idx" ON "CaseRequest"("courtId", "caseId", "kind");

-- CreateIndex
CREATE INDEX "CaseRequest_courtId_partyId_idx" ON "CaseRequest"("courtId", "partyId");

-- CreateIndex
CREATE INDEX "CaseRequest_courtId_recordedById_idx" ON "CaseRequest"("courtId", "recordedById");

-- CreateIndex
CREATE UNIQUE INDEX "CaseRequest_courtId_id_key" ON "CaseRequest"("courtId", "id");

-- CreateIndex
CREATE INDEX "FlagLook_courtId_caseId_idx" ON "FlagLook"("courtId", "caseId");

-- CreateIndex
CREATE INDEX "FlagLook_courtId_lookedById_idx" ON "FlagLook"("courtId", "lookedById");

-- CreateIndex
CREATE UNIQUE INDEX "FlagLook_courtId_id_key" ON "FlagLook"("courtId", "id");

-- CreateIndex
CREATE INDEX "Agent_courtId_enteredById_idx" ON "Agent"("courtId", "enteredById");

-- AddForeignKey
ALTER TABLE "Agent" ADD CONSTRAINT "Agent_courtId_enteredById_fkey" FOREIGN KEY ("courtId", "enteredById") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "CaseRequest" ADD CONSTRAINT "CaseRequest_courtId_caseId_fkey" FOREIGN KEY ("courtId", "caseId") REFERENCES "Case"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "CaseRequest" ADD CONSTRAINT "CaseRequest_courtId_partyId_fkey" FOREIGN KEY ("courtId", "partyId") REFERENCES "Party"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "CaseRequest" ADD CONSTRAINT "CaseRequest_courtId_recordedById_fkey" FOREIGN KEY ("courtId", "recordedById") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "FlagLook" ADD CONSTRAINT "FlagLook_courtId_caseId_fkey" FOREIGN KEY ("courtId", "caseId") REFERENCES "Case"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "FlagLook" ADD CONSTRAINT "FlagLook_courtId_lookedById_fkey" FOREIGN KEY ("courtId", "lookedById") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

SELECT protect_court_rows();
