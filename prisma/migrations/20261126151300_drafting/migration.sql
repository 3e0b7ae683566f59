-- CreateEnum
CREATE TYPE "DraftSource" AS ENUM ('EDIT', 'TEMPLATE', 'OFFER', 'RECOMMENDATION');

-- CreateEnum
CREATE TYPE "OfferState" AS ENUM ('OPEN', 'ACCEPTED', 'COUNTERED', 'DECLINED', 'WITHDRAWN', 'NOT_TAKEN');

-- AlterEnum
ALTER TYPE "AttachmentKind" ADD VALUE 'RECEIPT';

-- DropIndex
DROP INDEX "Offer_courtId_agreementId_idx";

-- AlterTable
ALTER TABLE "Agreement" ADD COLUMN     "templateKey" TEXT,
ADD COLUMN     "templateNumber" INTEGER,
ADD COLUMN     "templateSha256" TEXT;

-- AlterTable
ALTER TABLE "DraftUpdate" ADD COLUMN     "clients" BIGINT[],
ADD COLUMN     "partyAuthorId" UUID,
ADD COLUMN     "source" "DraftSource" NOT NULL DEFAULT 'EDIT';

-- AlterTable
ALTER TABLE "DraftVersion" ADD COLUMN     "draftSeq" INTEGER;

-- AlterTable
ALTER TABLE "Offer" ADD COLUMN     "agentId" UUID,
ADD COLUMN     "blind" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "countersId" UUID,
ADD COLUMN     "endedAt" TIMESTAMPTZ(3),
ADD COLUMN     "note" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "number" INTEGER NOT NULL,
ADD COLUMN     "staffAuthorId" UUID,
ADD COLUMN     "termId" TEXT,
DROP COLUMN "state",
ADD COLUMN     "state" "OfferState" NOT NULL DEFAULT 'OPEN';

-- AlterTable
ALTER TABLE "TextApproval" ADD COLUMN     "draftSeq" INTEGER;

-- CreateTable
CREATE TABLE "OfferAnswer" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "offerId" UUID NOT NULL,
    "partyId" UUID NOT NULL,
    "sealed" BYTEA,

    CONSTRAINT "OfferAnswer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "WordingVersion" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "body" JSONB NOT NULL,
    "sha256" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "byId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "WordingVersion_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "OfferAnswer_courtId_partyId_idx" ON "OfferAnswer"("courtId", "partyId");

-- CreateIndex
CREATE UNIQUE INDEX "OfferAnswer_courtId_id_key" ON "OfferAnswer"("courtId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "OfferAnswer_courtId_offerId_partyId_key" ON "OfferAnswer"("courtId", "offerId", "partyId");

-- CreateIndex
CREATE INDEX "WordingVersion_courtId_byId_idx" ON "WordingVersion"("courtId", "byId");

-- CreateIndex
CREATE UNIQUE INDEX "WordingVersion_courtId_id_key" ON "WordingVersion"("courtId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "WordingVersion_courtId_key_number_key" ON "WordingVersion"("courtId", "key", "number");

-- CreateIndex
CREATE INDEX "DraftUpdate_courtId_partyAuthorId_idx" ON "DraftUpdate"("courtId", "partyAuthorId");

-- CreateIndex
CREATE INDEX "Offer_courtId_agentId_idx" ON "Offer"("courtId", "agentId");

-- CreateIndex
CREATE INDEX "Offer_courtId_staffAuthorId_idx" ON "Offer"("courtId", "staffAuthorId");

-- CreateIndex
CREATE UNIQUE INDEX "Offer_courtId_agreementId_number_key" ON "Offer"("courtId", "agreementId", "number");

-- AddForeignKey
ALTER TABLE "DraftUpdate" ADD CONSTRAINT "DraftUpdate_courtId_partyAuthorId_fkey" FOREIGN KEY ("courtId", "partyAuthorId") REFERENCES "Party"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Offer" ADD CONSTRAINT "Offer_courtId_agentId_fkey" FOREIGN KEY ("courtId", "agentId") REFERENCES "Agent"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Offer" ADD CONSTRAINT "Offer_courtId_staffAuthorId_fkey" FOREIGN KEY ("courtId", "staffAuthorId") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "OfferAnswer" ADD CONSTRAINT "OfferAnswer_courtId_offerId_fkey" FOREIGN KEY ("courtId", "offerId") REFERENCES "Offer"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "OfferAnswer" ADD CONSTRAINT "OfferAnswer_courtId_partyId_fkey" FOREIGN KEY ("courtId", "partyId") REFERENCES "Party"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "WordingVersion" ADD CONSTRAINT "WordingVersion_courtId_byId_fkey" FOREIGN KEY ("courtId", "byId") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- A version of a template or clause library is never rewritten: a draft that started from it names it.
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON "WordingVersion" FOR EACH ROW EXECUTE FUNCTION refuse_change();
ALTER TABLE "WordingVersion" ADD CONSTRAINT "WordingVersion_number" CHECK ("number" > 0);
-- Nobody answers an offer for both sides: exactly one of a side and the mediator made it.
ALTER TABLE "Offer" ADD CONSTRAINT "Offer_one_author" CHECK (("partyId" IS NULL) <> ("staffAuthorId" IS NULL));
ALTER TABLE "Offer" ADD CONSTRAINT "Offer_blind_by_mediator" CHECK (NOT blind OR "staffAuthorId" IS NOT NULL);

SELECT protect_court_rows();
