-- A function that runs with its owner's rights looks names up in the catalogue and in public, never first in a
-- caller's temporary tables (CVE-2018-1058; PostgreSQL manual, CREATE FUNCTION, "Writing SECURITY DEFINER functions safely").
DO $$
DECLARE f regprocedure;
BEGIN
  FOR f IN SELECT p.oid::regprocedure FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
           WHERE n.nspname = 'public' AND (p.prosecdef OR p.proname = 'emit_live_rows')
             AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') LOOP
    EXECUTE format('ALTER FUNCTION %s SET search_path = pg_catalog, public, pg_temp', f);
  END LOOP;
END $$;
