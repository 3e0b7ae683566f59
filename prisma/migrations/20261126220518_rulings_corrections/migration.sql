-- CreateEnum
CREATE TYPE "RejectionWay" AS ENUM ('MEDIATE_AGAIN', 'SUE');

-- CreateEnum
CREATE TYPE "CorrectionStatus" AS ENUM ('PROPOSED', 'MADE', 'REFUSED', 'WITHDRAWN');

-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "DocumentKind" ADD VALUE 'CONFIRMATION_RULING';
ALTER TYPE "DocumentKind" ADD VALUE 'CORRECTION';

-- AlterTable
ALTER TABLE "Confirmation" ADD COLUMN     "nextWay" "RejectionWay",
ADD COLUMN     "nextWayAt" TIMESTAMPTZ(3),
ADD COLUMN     "rulingId" UUID;

-- CreateTable
CREATE TABLE "Correction" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "documentId" UUID NOT NULL,
    "madeId" UUID,
    "proposedById" UUID NOT NULL,
    "status" "CorrectionStatus" NOT NULL DEFAULT 'PROPOSED',
    "was" TEXT NOT NULL,
    "corrected" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Correction_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CorrectionWord" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "correctionId" UUID NOT NULL,
    "partyId" UUID NOT NULL,
    "agentId" UUID,
    "agreed" BOOLEAN NOT NULL,
    "handedOver" BOOLEAN NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "CorrectionWord_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Correction_courtId_caseId_idx" ON "Correction"("courtId", "caseId");

-- CreateIndex
CREATE INDEX "Correction_courtId_documentId_idx" ON "Correction"("courtId", "documentId");

-- CreateIndex
CREATE INDEX "Correction_courtId_madeId_idx" ON "Correction"("courtId", "madeId");

-- CreateIndex
CREATE INDEX "Correction_courtId_proposedById_idx" ON "Correction"("courtId", "proposedById");

-- CreateIndex
CREATE UNIQUE INDEX "Correction_courtId_id_key" ON "Correction"("courtId", "id");

-- CreateIndex
CREATE INDEX "CorrectionWord_courtId_partyId_idx" ON "CorrectionWord"("courtId", "partyId");

-- CreateIndex
CREATE INDEX "CorrectionWord_courtId_agentId_idx" ON "CorrectionWord"("courtId", "agentId");

-- CreateIndex
CREATE UNIQUE INDEX "CorrectionWord_courtId_id_key" ON "CorrectionWord"("courtId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "CorrectionWord_courtId_correctionId_partyId_key" ON "CorrectionWord"("courtId", "correctionId", "partyId");

-- CreateIndex
CREATE INDEX "Confirmation_courtId_rulingId_idx" ON "Confirmation"("courtId", "rulingId");

-- AddForeignKey
ALTER TABLE "Confirmation" ADD CONSTRAINT "Confirmation_courtId_rulingId_fkey" FOREIGN KEY ("courtId", "rulingId") REFERENCES "Document"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Correction" ADD CONSTRAINT "Correction_courtId_caseId_fkey" FOREIGN KEY ("courtId", "caseId") REFERENCES "Case"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Correction" ADD CONSTRAINT "Correction_courtId_documentId_fkey" FOREIGN KEY ("courtId", "documentId") REFERENCES "Document"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Correction" ADD CONSTRAINT "Correction_courtId_madeId_fkey" FOREIGN KEY ("courtId", "madeId") REFERENCES "Document"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Correction" ADD CONSTRAINT "Correction_courtId_proposedById_fkey" FOREIGN KEY ("courtId", "proposedById") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "CorrectionWord" ADD CONSTRAINT "CorrectionWord_courtId_correctionId_fkey" FOREIGN KEY ("courtId", "correctionId") REFERENCES "Correction"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "CorrectionWord" ADD CONSTRAINT "CorrectionWord_courtId_partyId_fkey" FOREIGN KEY ("courtId", "partyId") REFERENCES "Party"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "CorrectionWord" ADD CONSTRAINT "CorrectionWord_courtId_agentId_fkey" FOREIGN KEY ("courtId", "agentId") REFERENCES "Agent"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- One correction of a document is on the way at a time: two would not know of each other.
CREATE UNIQUE INDEX "Correction_proposed" ON "Correction"("courtId", "documentId") WHERE "status" = 'PROPOSED';

SELECT protect_court_rows();
