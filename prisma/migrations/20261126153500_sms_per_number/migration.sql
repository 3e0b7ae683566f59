-- AlterTable
ALTER TABLE "SmsMessage" ADD COLUMN     "toIndex" TEXT;

-- CreateIndex
CREATE INDEX "SmsMessage_courtId_toIndex_createdAt_idx" ON "SmsMessage"("courtId", "toIndex", "createdAt");
