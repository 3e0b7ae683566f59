-- CreateTable
CREATE TABLE "AuditStamp" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "seq" BIGINT NOT NULL,
    "hash" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "token" BYTEA NOT NULL,
    "time" TIMESTAMPTZ(3) NOT NULL,
    "authority" TEXT NOT NULL,

    CONSTRAINT "AuditStamp_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "AuditStamp_courtId_id_key" ON "AuditStamp"("courtId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "AuditStamp_courtId_seq_key" ON "AuditStamp"("courtId", "seq");

-- AddForeignKey
ALTER TABLE "AuditStamp" ADD CONSTRAINT "AuditStamp_courtId_fkey" FOREIGN KEY ("courtId") REFERENCES "Court"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A stamp is never altered.
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON "AuditStamp" FOR EACH ROW EXECUTE FUNCTION refuse_change();

SELECT protect_court_rows();
