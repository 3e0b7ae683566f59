-- AlterTable
ALTER TABLE "Seat" ADD COLUMN     "byTelephone" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "dialledAt" TIMESTAMPTZ(3);
