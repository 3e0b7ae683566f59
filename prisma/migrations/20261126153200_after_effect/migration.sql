-- CreateEnum
CREATE TYPE "ConfirmationChoice" AS ENUM ('YES', 'LATER', 'NO');

-- CreateEnum
CREATE TYPE "FollowUpWay" AS ENUM ('VISIT', 'PHONE', 'VIDEO');

-- CreateEnum
CREATE TYPE "VersionPurpose" AS ENUM ('AGREEMENT', 'CONFIRMATION');

-- AlterEnum
ALTER TYPE "ConfirmationStatus" ADD VALUE 'SIGNING';

-- AlterEnum
ALTER TYPE "ConsentItem" ADD VALUE 'ID_DISCLOSURE';

-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "DocumentKind" ADD VALUE 'CONFIRMATION_BASE';
ALTER TYPE "DocumentKind" ADD VALUE 'CONFIRMATION_HEAD';
ALTER TYPE "DocumentKind" ADD VALUE 'CONFIRMATION';
ALTER TYPE "DocumentKind" ADD VALUE 'CONFIRMATION_PAPER';
ALTER TYPE "DocumentKind" ADD VALUE 'SERVICE_ADDRESS';
ALTER TYPE "DocumentKind" ADD VALUE 'ORAL_AGREEMENT';
ALTER TYPE "DocumentKind" ADD VALUE 'TERMINATION_NOTICE';
ALTER TYPE "DocumentKind" ADD VALUE 'DOSSIER';

-- DropIndex
DROP INDEX "Service_courtId_documentId_idx";

-- AlterTable
ALTER TABLE "Confirmation" ADD COLUMN     "acceptedAt" TIMESTAMPTZ(3),
ADD COLUMN     "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "judgeId" UUID,
ADD COLUMN     "medium" "Medium" NOT NULL DEFAULT 'ELECTRONIC',
ADD COLUMN     "reason" TEXT,
ADD COLUMN     "versionId" UUID,
ALTER COLUMN "appliedAt" DROP NOT NULL;

-- AlterTable
ALTER TABLE "DraftVersion" ADD COLUMN     "documentEnc" BYTEA,
ADD COLUMN     "purpose" "VersionPurpose" NOT NULL DEFAULT 'AGREEMENT';

-- AlterTable
ALTER TABLE "FollowUp" ADD COLUMN     "performed" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "way" "FollowUpWay" NOT NULL DEFAULT 'PHONE';

-- AlterTable
ALTER TABLE "Performance" ADD COLUMN     "breachedAt" TIMESTAMPTZ(3),
ADD COLUMN     "note" TEXT,
ADD COLUMN     "proofId" UUID,
ADD COLUMN     "remindedAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "Service" ADD COLUMN     "note" TEXT,
ADD COLUMN     "receivedBy" TEXT;

-- CreateTable
CREATE TABLE "ConfirmationAnswer" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "partyId" UUID NOT NULL,
    "agentId" UUID,
    "choice" "ConfirmationChoice" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ConfirmationAnswer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OralAgreement" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "agreementId" UUID NOT NULL,
    "recordedById" UUID NOT NULL,
    "content" TEXT NOT NULL,
    "performed" TEXT NOT NULL,
    "agreedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "OralAgreement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ServiceAddress" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "partyId" UUID NOT NULL,
    "recordedById" UUID,
    "electronic" BOOLEAN NOT NULL,
    "receiver" TEXT NOT NULL,
    "addressEnc" BYTEA NOT NULL,
    "phoneEnc" BYTEA,
    "emailEnc" BYTEA,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ServiceAddress_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ConfirmationAnswer_courtId_caseId_idx" ON "ConfirmationAnswer"("courtId", "caseId");

-- CreateIndex
CREATE INDEX "ConfirmationAnswer_courtId_partyId_idx" ON "ConfirmationAnswer"("courtId", "partyId");

-- CreateIndex
CREATE INDEX "ConfirmationAnswer_courtId_agentId_idx" ON "ConfirmationAnswer"("courtId", "agentId");

-- CreateIndex
CREATE UNIQUE INDEX "ConfirmationAnswer_courtId_id_key" ON "ConfirmationAnswer"("courtId", "id");

-- CreateIndex
CREATE INDEX "OralAgreement_courtId_recordedById_idx" ON "OralAgreement"("courtId", "recordedById");

-- CreateIndex
CREATE UNIQUE INDEX "OralAgreement_courtId_id_key" ON "OralAgreement"("courtId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "OralAgreement_courtId_agreementId_key" ON "OralAgreement"("courtId", "agreementId");

-- CreateIndex
CREATE INDEX "ServiceAddress_courtId_caseId_idx" ON "ServiceAddress"("courtId", "caseId");

-- CreateIndex
CREATE INDEX "ServiceAddress_courtId_partyId_idx" ON "ServiceAddress"("courtId", "partyId");

-- CreateIndex
CREATE INDEX "ServiceAddress_courtId_recordedById_idx" ON "ServiceAddress"("courtId", "recordedById");

-- CreateIndex
CREATE UNIQUE INDEX "ServiceAddress_courtId_id_key" ON "ServiceAddress"("courtId", "id");

-- CreateIndex
CREATE INDEX "Confirmation_courtId_versionId_idx" ON "Confirmation"("courtId", "versionId");

-- CreateIndex
CREATE INDEX "Confirmation_courtId_judgeId_idx" ON "Confirmation"("courtId", "judgeId");

-- CreateIndex
CREATE INDEX "Performance_courtId_proofId_idx" ON "Performance"("courtId", "proofId");

-- CreateIndex
CREATE UNIQUE INDEX "Service_courtId_documentId_partyId_key" ON "Service"("courtId", "documentId", "partyId");

-- AddForeignKey
ALTER TABLE "Performance" ADD CONSTRAINT "Performance_courtId_proofId_fkey" FOREIGN KEY ("courtId", "proofId") REFERENCES "Attachment"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Confirmation" ADD CONSTRAINT "Confirmation_courtId_versionId_fkey" FOREIGN KEY ("courtId", "versionId") REFERENCES "DraftVersion"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Confirmation" ADD CONSTRAINT "Confirmation_courtId_judgeId_fkey" FOREIGN KEY ("courtId", "judgeId") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "ConfirmationAnswer" ADD CONSTRAINT "ConfirmationAnswer_courtId_caseId_fkey" FOREIGN KEY ("courtId", "caseId") REFERENCES "Case"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "ConfirmationAnswer" ADD CONSTRAINT "ConfirmationAnswer_courtId_partyId_fkey" FOREIGN KEY ("courtId", "partyId") REFERENCES "Party"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "ConfirmationAnswer" ADD CONSTRAINT "ConfirmationAnswer_courtId_agentId_fkey" FOREIGN KEY ("courtId", "agentId") REFERENCES "Agent"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "OralAgreement" ADD CONSTRAINT "OralAgreement_courtId_agreementId_fkey" FOREIGN KEY ("courtId", "agreementId") REFERENCES "Agreement"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "OralAgreement" ADD CONSTRAINT "OralAgreement_courtId_recordedById_fkey" FOREIGN KEY ("courtId", "recordedById") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "ServiceAddress" ADD CONSTRAINT "ServiceAddress_courtId_caseId_fkey" FOREIGN KEY ("courtId", "caseId") REFERENCES "Case"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "ServiceAddress" ADD CONSTRAINT "ServiceAddress_courtId_partyId_fkey" FOREIGN KEY ("courtId", "partyId") REFERENCES "Party"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "ServiceAddress" ADD CONSTRAINT "ServiceAddress_courtId_recordedById_fkey" FOREIGN KEY ("courtId", "recordedById") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- One living application a case; a rejected or withdrawn one is followed by a new row.
CREATE UNIQUE INDEX "Confirmation_one_living" ON "Confirmation" ("courtId", "caseId") WHERE "decidedAt" IS NULL;

-- What somebody answered, and where they wanted to be served, is never altered: a new answer is a new row.
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON "ConfirmationAnswer" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON "ServiceAddress" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON "OralAgreement" FOR EACH ROW EXECUTE FUNCTION refuse_change();

SELECT protect_court_rows();
