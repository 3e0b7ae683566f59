-- AlterTable
ALTER TABLE "Case" ADD COLUMN     "suspendedDuty" "Duty";
