-- AlterTable
ALTER TABLE "Session" ADD COLUMN     "lobbyExpectedAt" TIMESTAMPTZ(3),
ADD COLUMN     "lobbyText" TEXT,
ADD COLUMN     "lobbyToldAt" TIMESTAMPTZ(3);
