-- AlterTable
ALTER TABLE "StaffSession" ADD COLUMN     "handedOverAt" TIMESTAMPTZ(3);

-- Screens that are with somebody at this moment stay locked.
UPDATE "StaffSession" s SET "handedOverAt" = now() WHERE s."revokedAt" IS NULL AND EXISTS (
  SELECT FROM "PartySession" p WHERE p."staffSessionId" = s.id AND p.kind = 'HAND_OVER' AND p."revokedAt" IS NULL);
