-- CreateEnum
CREATE TYPE "ProtectionReason" AS ENUM ('ORDER', 'VIOLENCE', 'FLAG', 'OTHER');

-- CreateEnum
CREATE TYPE "CaucusKind" AS ENUM ('TALK', 'APART');

-- AlterTable
ALTER TABLE "Caucus" ADD COLUMN     "kind" "CaucusKind" NOT NULL DEFAULT 'TALK';

-- AlterTable
ALTER TABLE "Seat" ADD COLUMN     "movingSince" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "Protection" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "partyId" UUID,
    "because" "ProtectionReason" NOT NULL,
    "noteEnc" BYTEA,
    "byId" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "liftedAt" TIMESTAMPTZ(3),
    "liftedById" UUID,

    CONSTRAINT "Protection_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Protection_courtId_caseId_idx" ON "Protection"("courtId", "caseId");

-- CreateIndex
CREATE INDEX "Protection_courtId_partyId_idx" ON "Protection"("courtId", "partyId");

-- CreateIndex
CREATE INDEX "Protection_courtId_byId_idx" ON "Protection"("courtId", "byId");

-- CreateIndex
CREATE INDEX "Protection_courtId_liftedById_idx" ON "Protection"("courtId", "liftedById");

-- CreateIndex
CREATE UNIQUE INDEX "Protection_courtId_id_key" ON "Protection"("courtId", "id");

-- AddForeignKey
ALTER TABLE "Protection" ADD CONSTRAINT "Protection_courtId_caseId_fkey" FOREIGN KEY ("courtId", "caseId") REFERENCES "Case"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Protection" ADD CONSTRAINT "Protection_courtId_partyId_fkey" FOREIGN KEY ("courtId", "partyId") REFERENCES "Party"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Protection" ADD CONSTRAINT "Protection_courtId_byId_fkey" FOREIGN KEY ("courtId", "byId") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Protection" ADD CONSTRAINT "Protection_courtId_liftedById_fkey" FOREIGN KEY ("courtId", "liftedById") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

SELECT protect_court_rows();
