-- AlterTable
ALTER TABLE "Exhibit" ADD COLUMN     "byId" UUID NOT NULL,
ADD COLUMN     "page" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "pointerX" DOUBLE PRECISION,
ADD COLUMN     "pointerY" DOUBLE PRECISION;

-- CreateTable
CREATE TABLE "ExhibitSight" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "exhibitId" UUID NOT NULL,
    "seatId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ExhibitSight_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ExhibitSight_courtId_seatId_idx" ON "ExhibitSight"("courtId", "seatId");

-- CreateIndex
CREATE UNIQUE INDEX "ExhibitSight_courtId_id_key" ON "ExhibitSight"("courtId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "ExhibitSight_courtId_exhibitId_seatId_name_key" ON "ExhibitSight"("courtId", "exhibitId", "seatId", "name");

-- CreateIndex
CREATE INDEX "Exhibit_courtId_byId_idx" ON "Exhibit"("courtId", "byId");

-- AddForeignKey
ALTER TABLE "Exhibit" ADD CONSTRAINT "Exhibit_courtId_byId_fkey" FOREIGN KEY ("courtId", "byId") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "ExhibitSight" ADD CONSTRAINT "ExhibitSight_courtId_exhibitId_fkey" FOREIGN KEY ("courtId", "exhibitId") REFERENCES "Exhibit"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "ExhibitSight" ADD CONSTRAINT "ExhibitSight_courtId_seatId_fkey" FOREIGN KEY ("courtId", "seatId") REFERENCES "Seat"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- One paper at a time is shown in a room.
CREATE UNIQUE INDEX "Exhibit_one_shown" ON "Exhibit" ("courtId", "sessionId") WHERE "endedAt" IS NULL;

SELECT protect_court_rows();
