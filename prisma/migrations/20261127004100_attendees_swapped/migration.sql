-- AlterTable
ALTER TABLE "Attendee" ADD COLUMN     "cameForId" UUID;

-- CreateIndex
CREATE INDEX "Attendee_courtId_cameForId_idx" ON "Attendee"("courtId", "cameForId");

-- AddForeignKey
ALTER TABLE "Attendee" ADD CONSTRAINT "Attendee_courtId_cameForId_fkey" FOREIGN KEY ("courtId", "cameForId") REFERENCES "Attendee"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
