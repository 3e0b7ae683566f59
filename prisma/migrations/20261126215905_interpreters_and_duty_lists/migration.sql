-- CreateEnum
CREATE TYPE "InviteAs" AS ENUM ('GUEST', 'INTERPRETER', 'OBSERVER');

-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "SeatKind" ADD VALUE 'RECORDER';
ALTER TYPE "SeatKind" ADD VALUE 'INTERPRETER';
ALTER TYPE "SeatKind" ADD VALUE 'OBSERVER';

-- AlterTable
ALTER TABLE "Appointment" ADD COLUMN     "inviteAs" "InviteAs",
ADD COLUMN     "language" TEXT;

-- AlterTable
ALTER TABLE "JudgeCall" ADD COLUMN     "reached" JSONB NOT NULL DEFAULT '[]';

-- AlterTable
ALTER TABLE "Place" ADD COLUMN     "dutyPhone" TEXT;

-- AlterTable
ALTER TABLE "Seat" ADD COLUMN     "hearsInterpreter" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "JudgeDuty" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "placeId" UUID NOT NULL,
    "staffUserId" UUID NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "JudgeDuty_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PushSubscription" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "staffUserId" UUID NOT NULL,
    "endpoint" TEXT NOT NULL,
    "p256dh" TEXT NOT NULL,
    "auth" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "PushSubscription_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "JudgeDuty_courtId_staffUserId_idx" ON "JudgeDuty"("courtId", "staffUserId");

-- CreateIndex
CREATE UNIQUE INDEX "JudgeDuty_courtId_id_key" ON "JudgeDuty"("courtId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "JudgeDuty_courtId_placeId_staffUserId_key" ON "JudgeDuty"("courtId", "placeId", "staffUserId");

-- CreateIndex
CREATE INDEX "PushSubscription_courtId_staffUserId_idx" ON "PushSubscription"("courtId", "staffUserId");

-- CreateIndex
CREATE UNIQUE INDEX "PushSubscription_courtId_id_key" ON "PushSubscription"("courtId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "PushSubscription_courtId_endpoint_key" ON "PushSubscription"("courtId", "endpoint");

-- AddForeignKey
ALTER TABLE "JudgeDuty" ADD CONSTRAINT "JudgeDuty_courtId_placeId_fkey" FOREIGN KEY ("courtId", "placeId") REFERENCES "Place"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "JudgeDuty" ADD CONSTRAINT "JudgeDuty_courtId_staffUserId_fkey" FOREIGN KEY ("courtId", "staffUserId") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "PushSubscription" ADD CONSTRAINT "PushSubscription_courtId_staffUserId_fkey" FOREIGN KEY ("courtId", "staffUserId") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

SELECT protect_court_rows();
