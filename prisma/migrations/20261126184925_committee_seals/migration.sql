-- CreateTable
CREATE TABLE "CommitteeSeal" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "committeeId" UUID NOT NULL,
    "sealId" TEXT NOT NULL,
    "maker" TEXT NOT NULL,
    "container" BYTEA NOT NULL,
    "sha256" TEXT NOT NULL,
    "holders" JSONB NOT NULL,
    "picture" BYTEA NOT NULL,
    "image" JSONB NOT NULL,
    "validFrom" TIMESTAMPTZ(3) NOT NULL,
    "validTo" TIMESTAMPTZ(3) NOT NULL,
    "importedById" UUID NOT NULL,
    "importedAt" TIMESTAMPTZ(3) NOT NULL,
    "withdrawnAt" TIMESTAMPTZ(3),

    CONSTRAINT "CommitteeSeal_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "CommitteeSeal_courtId_importedById_idx" ON "CommitteeSeal"("courtId", "importedById");

-- CreateIndex
CREATE UNIQUE INDEX "CommitteeSeal_courtId_id_key" ON "CommitteeSeal"("courtId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "CommitteeSeal_courtId_committeeId_sha256_key" ON "CommitteeSeal"("courtId", "committeeId", "sha256");

-- AddForeignKey
ALTER TABLE "CommitteeSeal" ADD CONSTRAINT "CommitteeSeal_courtId_fkey" FOREIGN KEY ("courtId") REFERENCES "Court"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CommitteeSeal" ADD CONSTRAINT "CommitteeSeal_courtId_committeeId_fkey" FOREIGN KEY ("courtId", "committeeId") REFERENCES "Committee"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "CommitteeSeal" ADD CONSTRAINT "CommitteeSeal_courtId_importedById_fkey" FOREIGN KEY ("courtId", "importedById") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- One seal of a committee stands; a withdrawn one is kept, since agreements bear it.
CREATE UNIQUE INDEX "CommitteeSeal_standing" ON "CommitteeSeal"("courtId", "committeeId") WHERE "withdrawnAt" IS NULL;

SELECT protect_court_rows();
