-- AlterTable
ALTER TABLE "JudgeCall" ADD COLUMN     "handedAt" TIMESTAMPTZ(3),
ADD COLUMN     "handedToId" UUID,
ADD COLUMN     "rungIds" UUID[] DEFAULT ARRAY[]::UUID[],
ADD COLUMN     "urgent" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "StaffUser" ADD COLUMN     "doNotDisturb" BOOLEAN NOT NULL DEFAULT false;

-- CreateIndex
CREATE INDEX "JudgeCall_courtId_handedToId_idx" ON "JudgeCall"("courtId", "handedToId");

-- AddForeignKey
ALTER TABLE "JudgeCall" ADD CONSTRAINT "JudgeCall_courtId_handedToId_fkey" FOREIGN KEY ("courtId", "handedToId") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;
