-- AlterEnum
ALTER TYPE "AttachmentKind" ADD VALUE 'SEAL_IMAGE';

-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "CeremonyStepKind" ADD VALUE 'PRIVATE_CHECK';
ALTER TYPE "CeremonyStepKind" ADD VALUE 'THUMBPRINT';
ALTER TYPE "CeremonyStepKind" ADD VALUE 'WITNESS';
ALTER TYPE "CeremonyStepKind" ADD VALUE 'ORG_SEAL';
ALTER TYPE "CeremonyStepKind" ADD VALUE 'PHOTO';

-- AlterTable
ALTER TABLE "Agent" ADD COLUMN     "phoneChangedAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "PhoneChange" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "partyId" UUID NOT NULL,
    "agentId" UUID,
    "enteredById" UUID NOT NULL,
    "decidedById" UUID,
    "phoneEnc" BYTEA NOT NULL,
    "reason" TEXT NOT NULL,
    "enteredAt" TIMESTAMPTZ(3) NOT NULL,
    "decidedAt" TIMESTAMPTZ(3),
    "approved" BOOLEAN,

    CONSTRAINT "PhoneChange_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SigningAid" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "partyId" UUID NOT NULL,
    "agentId" UUID,
    "recordedById" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "witnessName" TEXT NOT NULL,
    "witnessRelation" TEXT NOT NULL,
    "witnessIdEnc" BYTEA NOT NULL,
    "witnessIdMasked" TEXT NOT NULL,
    "recordedAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "SigningAid_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "PhoneChange_courtId_caseId_idx" ON "PhoneChange"("courtId", "caseId");

-- CreateIndex
CREATE INDEX "PhoneChange_courtId_partyId_idx" ON "PhoneChange"("courtId", "partyId");

-- CreateIndex
CREATE INDEX "PhoneChange_courtId_agentId_idx" ON "PhoneChange"("courtId", "agentId");

-- CreateIndex
CREATE INDEX "PhoneChange_courtId_enteredById_idx" ON "PhoneChange"("courtId", "enteredById");

-- CreateIndex
CREATE INDEX "PhoneChange_courtId_decidedById_idx" ON "PhoneChange"("courtId", "decidedById");

-- CreateIndex
CREATE UNIQUE INDEX "PhoneChange_courtId_id_key" ON "PhoneChange"("courtId", "id");

-- CreateIndex
CREATE INDEX "SigningAid_courtId_caseId_idx" ON "SigningAid"("courtId", "caseId");

-- CreateIndex
CREATE INDEX "SigningAid_courtId_partyId_idx" ON "SigningAid"("courtId", "partyId");

-- CreateIndex
CREATE INDEX "SigningAid_courtId_agentId_idx" ON "SigningAid"("courtId", "agentId");

-- CreateIndex
CREATE INDEX "SigningAid_courtId_recordedById_idx" ON "SigningAid"("courtId", "recordedById");

-- CreateIndex
CREATE UNIQUE INDEX "SigningAid_courtId_id_key" ON "SigningAid"("courtId", "id");

-- AddForeignKey
ALTER TABLE "PhoneChange" ADD CONSTRAINT "PhoneChange_courtId_caseId_fkey" FOREIGN KEY ("courtId", "caseId") REFERENCES "Case"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "PhoneChange" ADD CONSTRAINT "PhoneChange_courtId_partyId_fkey" FOREIGN KEY ("courtId", "partyId") REFERENCES "Party"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "PhoneChange" ADD CONSTRAINT "PhoneChange_courtId_agentId_fkey" FOREIGN KEY ("courtId", "agentId") REFERENCES "Agent"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "PhoneChange" ADD CONSTRAINT "PhoneChange_courtId_enteredById_fkey" FOREIGN KEY ("courtId", "enteredById") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "PhoneChange" ADD CONSTRAINT "PhoneChange_courtId_decidedById_fkey" FOREIGN KEY ("courtId", "decidedById") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "SigningAid" ADD CONSTRAINT "SigningAid_courtId_caseId_fkey" FOREIGN KEY ("courtId", "caseId") REFERENCES "Case"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "SigningAid" ADD CONSTRAINT "SigningAid_courtId_partyId_fkey" FOREIGN KEY ("courtId", "partyId") REFERENCES "Party"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "SigningAid" ADD CONSTRAINT "SigningAid_courtId_agentId_fkey" FOREIGN KEY ("courtId", "agentId") REFERENCES "Agent"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "SigningAid" ADD CONSTRAINT "SigningAid_courtId_recordedById_fkey" FOREIGN KEY ("courtId", "recordedById") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

SELECT protect_court_rows();
