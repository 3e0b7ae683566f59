-- AlterTable
ALTER TABLE "Seat" ADD COLUMN     "besideStation" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "Session" ADD COLUMN     "spotlightSeatId" UUID;
