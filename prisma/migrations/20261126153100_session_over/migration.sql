-- An open event stream hears at once that the session or device behind it is over, or that its screen is handed over.
CREATE FUNCTION tell_session_over() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM pg_notify('tongxi_live', json_build_object('court', NEW."courtId", 'number', '0',
    'topic', 'over:' || NEW.id, 'kind', 'over', 'data', '{}'::json)::text);
  RETURN NULL;
END $$;

CREATE TRIGGER tell_over AFTER UPDATE ON "PartySession" FOR EACH ROW
  WHEN (OLD."revokedAt" IS DISTINCT FROM NEW."revokedAt") EXECUTE FUNCTION tell_session_over();
CREATE TRIGGER tell_over AFTER UPDATE ON "StaffSession" FOR EACH ROW
  WHEN (OLD."revokedAt" IS DISTINCT FROM NEW."revokedAt" OR OLD."handedOverAt" IS DISTINCT FROM NEW."handedOverAt")
  EXECUTE FUNCTION tell_session_over();
CREATE TRIGGER tell_over AFTER UPDATE ON "Device" FOR EACH ROW
  WHEN (OLD."revokedAt" IS DISTINCT FROM NEW."revokedAt") EXECUTE FUNCTION tell_session_over();
