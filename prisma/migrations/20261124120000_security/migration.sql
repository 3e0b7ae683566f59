-- What Prisma's schema language cannot say: the application's role, row-level security, the audit chain,
-- rows that never change, and the exclusion of double bookings.

CREATE EXTENSION IF NOT EXISTS btree_gist;

-- The application connects as this role (startup option role=tongxi_app), never as the owner.
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tongxi_app') THEN CREATE ROLE tongxi_app NOLOGIN; END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
DO $$ BEGIN EXECUTE format('GRANT tongxi_app TO %I', current_user); EXCEPTION WHEN OTHERS THEN NULL; END $$;

GRANT USAGE ON SCHEMA public TO tongxi_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO tongxi_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO tongxi_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO tongxi_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO tongxi_app;
REVOKE ALL ON "_prisma_migrations" FROM tongxi_app;

-- One court never reads another's: every row with a courtId is visible only inside that court's transaction.
CREATE FUNCTION current_court() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT nullif(current_setting('app.court_id', true), '')::uuid $$;

CREATE FUNCTION protect_court_rows() RETURNS void LANGUAGE plpgsql AS $$
DECLARE t text;
BEGIN
  FOR t IN SELECT c.table_name FROM information_schema.columns c
           JOIN information_schema.tables b USING (table_schema, table_name)
           WHERE c.table_schema = 'public' AND c.column_name = 'courtId' AND b.table_type = 'BASE TABLE' LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('DROP POLICY IF EXISTS own_court ON %I', t);
    EXECUTE format('CREATE POLICY own_court ON %I USING ("courtId" = (SELECT current_court())) WITH CHECK ("courtId" = (SELECT current_court()))', t);
  END LOOP;
END $$;
SELECT protect_court_rows();
REVOKE EXECUTE ON FUNCTION protect_court_rows() FROM PUBLIC;
REVOKE INSERT, UPDATE, DELETE ON "Court" FROM tongxi_app;
GRANT INSERT ON "Court" TO tongxi_app;

-- Before anybody is known, only this tells which court a secret belongs to; it answers with the court alone.
CREATE FUNCTION locate_court(kind text, key text) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
  SELECT CASE kind
    WHEN 'login' THEN (SELECT "courtId" FROM "StaffUser" WHERE "loginName" = key)
    WHEN 'staff-session' THEN (SELECT "courtId" FROM "StaffSession" WHERE "tokenHash" = key)
    WHEN 'party-session' THEN (SELECT "courtId" FROM "PartySession" WHERE "tokenHash" = key)
    WHEN 'device' THEN (SELECT "courtId" FROM "Device" WHERE "tokenHash" = key)
    WHEN 'enrolment' THEN (SELECT "courtId" FROM "Device" WHERE "enrolCodeHash" = key)
    WHEN 'invitation' THEN (SELECT "courtId" FROM "Invitation" WHERE "secretHash" = key)
    WHEN 'spoken-code' THEN (SELECT "courtId" FROM "Invitation" WHERE "spokenCodeHash" = key AND "revokedAt" IS NULL ORDER BY "createdAt" DESC LIMIT 1)
    WHEN 'passkey' THEN (SELECT "courtId" FROM "Passkey" WHERE "credentialId" = key)
    WHEN 'room' THEN (SELECT "courtId" FROM "Session" WHERE "room" = key)
    WHEN 'seat' THEN (SELECT "courtId" FROM "Seat" WHERE "identity" = key)
    WHEN 'document' THEN (SELECT "courtId" FROM "Document" WHERE "sha256" = key ORDER BY "createdAt" LIMIT 1)
  END $$;

-- Demo is an immutable flag of the database.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN RAISE EXCEPTION 'rows of % never change', TG_TABLE_NAME USING ERRCODE = '55000'; END $$;
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON "SystemFlag" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE UNIQUE INDEX "SystemFlag_single" ON "SystemFlag" ((true));
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON "AuditEvent" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON "Document" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON "TimestampToken" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON "CeremonyStep" FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- The audit log: the application may read and, through append_audit alone, add.
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON "AuditEvent", "AuditHead" FROM tongxi_app;
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON "AuditPersonal" FROM tongxi_app;
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON "LiveEvent" FROM tongxi_app;

-- Adds one link (hash = SHA-256 of previous hash, sequence number and canonical payload, joined by line feeds)
-- and the live events of the same act. The head row's lock makes both sequences follow the order of commits.
CREATE FUNCTION append_audit(payload text, personal jsonb, topics text[]) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  court uuid := current_court();
  body jsonb := payload::jsonb;
  last_seq bigint; last_hash text; next_hash text;
BEGIN
  IF court IS NULL OR (body->>'courtId')::uuid IS DISTINCT FROM court THEN
    RAISE EXCEPTION 'audit outside its court' USING ERRCODE = '42501';
  END IF;
  LOOP
    SELECT seq, hash INTO last_seq, last_hash FROM "AuditHead" WHERE "courtId" = court FOR UPDATE;
    EXIT WHEN FOUND;
    INSERT INTO "AuditHead" (id, "courtId", seq, hash) VALUES (gen_random_uuid(), court, 0, '') ON CONFLICT DO NOTHING;
  END LOOP;
  last_seq := last_seq + 1;
  next_hash := encode(sha256(convert_to(last_hash || E'\n' || last_seq || E'\n' || payload, 'UTF8')), 'hex');
  UPDATE "AuditHead" SET seq = last_seq, hash = next_hash WHERE "courtId" = court;
  INSERT INTO "AuditEvent" (id, "courtId", seq, at, action, "actorKind", "actorId", duty, "caseId", "subjectType",
      "subjectId", data, commitments, "requestId", payload, "prevHash", hash)
    VALUES (gen_random_uuid(), court, last_seq, (body->>'at')::timestamptz, body->>'action', body->>'actorKind', body->>'actorId',
      (body->>'duty')::"Duty", (body->>'caseId')::uuid, body->>'subjectType', body->>'subjectId', body->'data',
      body->'commitments', body->>'requestId', payload, last_hash, next_hash);
  INSERT INTO "AuditPersonal" (id, "courtId", seq, key, salt, "valueEnc")
    SELECT (p->>'id')::uuid, court, last_seq, p->>'key', p->>'salt', decode(p->>'value', 'base64') FROM jsonb_array_elements(personal) p;
  PERFORM emit_live_rows(court, topics, body->>'action', jsonb_build_object('at', body->>'at'));
  RETURN last_seq;
END $$;

CREATE FUNCTION emit_live_rows(court uuid, topics text[], kind text, data jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = public AS $$
DECLARE topic text; live bigint;
BEGIN
  FOREACH topic IN ARRAY topics LOOP
    INSERT INTO "LiveEvent" (id, "courtId", topic, kind, data) VALUES (gen_random_uuid(), court, topic, kind, data) RETURNING number INTO live;
    PERFORM pg_notify('tongxi_live', json_build_object('court', court, 'number', live, 'topic', topic, 'kind', kind, 'data', data)::text);
  END LOOP;
END $$;
REVOKE EXECUTE ON FUNCTION emit_live_rows(uuid, text[], text, jsonb) FROM PUBLIC;

-- Live events without an audited act (presence, draft updates). Data stays small: NOTIFY carries 8000 bytes.
CREATE FUNCTION emit_live(topics text[], kind text, data jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE court uuid := current_court();
BEGIN
  IF court IS NULL THEN RAISE EXCEPTION 'event outside its court' USING ERRCODE = '42501'; END IF;
  PERFORM 1 FROM "AuditHead" WHERE "courtId" = court FOR UPDATE;
  PERFORM emit_live_rows(court, topics, kind, data);
END $$;

-- Nobody is booked twice at the same time (mediator, judge, station screen).
ALTER TABLE "Booking" ADD CONSTRAINT "Booking_no_overlap"
  EXCLUDE USING gist ("courtId" WITH =, resource WITH =, tstzrange("startsAt", "endsAt") WITH &&) WHERE (active);

-- At most one living agreement a case, one living session a room.
CREATE UNIQUE INDEX "Agreement_one_living" ON "Agreement" ("courtId", "caseId") WHERE status NOT IN ('VOID', 'REFUSED');
CREATE UNIQUE INDEX "Session_one_running" ON "Session" ("courtId", "caseId") WHERE status IN ('CHECKING', 'OPEN', 'PAUSED', 'ONSITE');
CREATE UNIQUE INDEX "Seat_one_staff" ON "Seat" ("courtId", "sessionId", "staffUserId") WHERE "staffUserId" IS NOT NULL AND kind <> 'STATION';
CREATE UNIQUE INDEX "Seat_one_party" ON "Seat" ("courtId", "sessionId", "partyId") WHERE "partyId" IS NOT NULL AND "agentId" IS NULL;
CREATE UNIQUE INDEX "Seat_one_agent" ON "Seat" ("courtId", "sessionId", "agentId") WHERE "agentId" IS NOT NULL;
CREATE UNIQUE INDEX "Seat_one_station" ON "Seat" ("courtId", "sessionId", "deviceId") WHERE kind = 'STATION';
CREATE UNIQUE INDEX "Appointment_one" ON "Appointment" ("courtId", "caseId", duty, "staffUserId") WHERE status IN ('OFFERED', 'ACCEPTED');
