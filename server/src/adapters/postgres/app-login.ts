import pg from 'pg';

/** The running service's own login where it makes one itself; a court may give another (DATABASE_APP_URL). */
const LOGIN = 'tongxi_service';

/**
 * Makes (once a server) the login that the service works with: a member of `tongxi_app` and nothing more, so that
 * nothing it can say turns it into the owner. Answers with its address. Throws with what to do when the owner may not.
 */
export async function makeAppLogin(ownerUrl: string, password: string): Promise<string> {
  await connected(ownerUrl, async (owner) => {
    try {
      const known = await owner.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [LOGIN]);
      if (known.rowCount === 0) await owner.query(`CREATE ROLE ${LOGIN}`);
      await owner.query(`ALTER ROLE ${LOGIN} LOGIN PASSWORD ${owner.escapeLiteral(password)}`);
      await owner.query(`GRANT tongxi_app TO ${LOGIN}`);
    } catch (error) {
      throw new Error(
        `DATABASE_APP_URL: the owner of this database may not make a login (${error instanceof Error ? error.message : String(error)}). Make one yourself, GRANT tongxi_app TO it, and give its address.`,
      );
    }
  });
  const url = new URL(ownerUrl);
  url.username = LOGIN;
  url.password = encodeURIComponent(password);
  return url.href;
}

/** Nobody but the owner makes temporary tables here: they could stand before the real ones. Harmless when repeated. */
export async function refuseTemporaryTables(ownerUrl: string): Promise<void> {
  await connected(ownerUrl, async (owner) => {
    const { rows } = await owner.query<{ name: string }>('SELECT quote_ident(current_database()) AS name');
    await owner.query(`REVOKE TEMPORARY ON DATABASE ${rows[0]?.name} FROM PUBLIC, tongxi_app`);
  });
}

/** Throws with one line per fault when this login is more, or less, than the service may be. */
export async function checkAppLogin(appUrl: string): Promise<void> {
  const faults = await connected(appUrl, async (login) => {
    const { rows } = await login.query<Record<string, boolean>>(`
      SELECT rolsuper OR rolbypassrls OR rolcreaterole AS "it may do everything: take an ordinary login",
        pg_has_role(current_user, (SELECT tableowner FROM pg_tables WHERE schemaname = 'public' AND tablename = 'AuditEvent'), 'MEMBER')
          AS "it owns the tables: take another login than DATABASE_URL's",
        NOT pg_has_role(current_user, 'tongxi_app', 'USAGE') AS "it lacks the role: GRANT tongxi_app TO it",
        has_database_privilege(current_database(), 'TEMPORARY')
          AS "it may make temporary tables: REVOKE TEMPORARY ON DATABASE from PUBLIC and from it"
      FROM pg_roles WHERE rolname = current_user`);
    return Object.entries(rows[0] ?? {}).filter(([, holds]) => holds);
  });
  if (faults.length > 0) throw new Error(faults.map(([fault]) => `DATABASE_APP_URL: ${fault}.`).join('\n'));
}

async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
