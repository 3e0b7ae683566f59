-- AlterTable
ALTER TABLE "Document" ADD COLUMN     "archivedAt" TIMESTAMPTZ(3),
ADD COLUMN     "archivedUntil" TIMESTAMPTZ(3);
