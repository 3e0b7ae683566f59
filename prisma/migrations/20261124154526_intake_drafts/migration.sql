-- DropIndex
DROP INDEX "IntakeDraft_courtId_staffUserId_stationId_key";

-- AlterTable
ALTER TABLE "IntakeDraft" ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- CreateIndex
CREATE INDEX "IntakeDraft_courtId_staffUserId_stationId_idx" ON "IntakeDraft"("courtId", "staffUserId", "stationId");
