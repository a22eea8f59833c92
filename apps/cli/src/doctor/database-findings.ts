import pg from 'pg';
import { clock, type ExaminedEnvironment } from '#libs/runtime';
import { migrations } from '#migrations';
import { note, reasonOf, well, wrong, type Finding } from './finding.js';

type Rows = <Row extends pg.QueryResultRow>(sql: string, values?: unknown[]) => Promise<Row[]>;
type Look = (rows: Rows, env: ExaminedEnvironment) => Promise<Finding[]>;

/** Seconds by which the clocks of this machine and of the database may differ. */
const apart = 2;

const schema: Look = async (rows) => {
  const [there] = await rows<{ at: string | null }>(`SELECT to_regclass('public.migrations')::text AS at`);
  if (!there?.at) return [wrong('The schema is missing: run npm run cli -- migrate')];
  const done = new Set((await rows<{ name: string }>('SELECT name FROM migrations')).map(({ name }) => name));
  const known = migrations.map(({ name }) => name);
  const missing = known.filter((name) => !done.has(name));
  const later = [...done].filter((name) => !known.includes(name));
  if (missing.length > 0)
    return [wrong(`The schema lacks ${missing.length} migrations: run npm run cli -- migrate`)];
  if (later.length > 0) return [wrong(`The schema is newer than this program: ${later.join(', ')}`)];
  return [well(`The schema is the one of this program (${known.at(-1)})`)];
};

const walls: Look = async (rows) => {
  const open = await rows<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
       AND relname <> 'migrations' AND NOT (relrowsecurity AND relforcerowsecurity) ORDER BY 1`,
  );
  return open.length === 0
    ? [well('Row level security is forced on every table')]
    : [wrong(`Row level security is not forced on ${open.map(({ name }) => name).join(', ')}`)];
};

const users: Look = async (rows, env) => {
  const findings: Finding[] = [];
  for (const part of ['api', 'worker', 'ledger'] as const) {
    const url = new URL(env[`DATABASE_URL_${part.toUpperCase() as 'API' | 'WORKER' | 'LEDGER'}`]);
    const name = decodeURIComponent(url.username);
    const [user] = await rows<{ unwalled: boolean; member: boolean }>(
      `SELECT rolsuper OR rolbypassrls OR EXISTS (SELECT 1 FROM pg_class WHERE relowner = r.oid) AS unwalled,
         pg_has_role(r.oid, $2, 'MEMBER') AS member
       FROM pg_roles r WHERE rolname = $1 AND EXISTS (SELECT 1 FROM pg_roles WHERE rolname = $2)`,
      [name, `aldis_${part}`],
    );
    if (!user)
      findings.push(
        wrong(`The database user "${name}" of the ${part} is missing: run npm run cli -- migrate`),
      );
    else if (user.unwalled)
      findings.push(wrong(`The database user "${name}" of the ${part} may pass the walls`));
    else if (!user.member)
      findings.push(wrong(`The database user "${name}" of the ${part} is no aldis_${part}`));
    else findings.push(await signsIn(url.toString(), `The database user "${name}" of the ${part}`));
  }
  return findings;
};

async function signsIn(url: string, who: string): Promise<Finding> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return well(`${who} signs in and is held by the walls`);
  } catch (error) {
    return wrong(`${who} cannot sign in: ${reasonOf(error)}`);
  } finally {
    await client.end().catch(() => undefined);
  }
}

const settings: Look = async (rows) => {
  const demanded: Readonly<Record<string, readonly string[]>> = {
    fsync: ['on'],
    full_page_writes: ['on'],
    synchronous_commit: ['on', 'remote_write', 'remote_apply'],
  };
  const found = await rows<{ name: string; setting: string }>(
    'SELECT name, setting FROM pg_settings WHERE name = ANY ($1) ORDER BY name',
    [Object.keys(demanded)],
  );
  return found.map(({ name, setting }) =>
    demanded[name]?.includes(setting)
      ? well(`${name} is ${setting}`)
      : wrong(`${name} is ${setting}: what is confirmed can be lost when the machine fails`),
  );
};

const clocks: Look = async (rows) => {
  const before = clock.now().getTime();
  const [row] = await rows<{ now: Date; ahead: string | null }>(
    `SELECT clock_timestamp() AS now, (SELECT ahead::text FROM app.clock) AS ahead`,
  );
  const middle = (before + clock.now().getTime()) / 2;
  const offset = Math.abs((row?.now.getTime() ?? 0) - middle) / 1000;
  return [
    offset <= apart
      ? well(`The clocks of this machine and of the database differ by ${offset.toFixed(1)} s`)
      : wrong(
          `The clocks of this machine and of the database differ by ${offset.toFixed(1)} s: set both by NTP`,
        ),
    ...(row?.ahead ? [note(`The time of this sample world is moved ahead by ${row.ahead}`)] : []),
  ];
};

const kind: Look = async (rows) => {
  const [instance] = await rows<{ kind: string }>('SELECT kind FROM instance');
  if (!instance) return [wrong('The instance has not been set up: run npm run cli -- init')];
  if (instance.kind === 'sample') return [note('This is a sample world: nothing in it is real')];
  const [managers] = await rows<{ count: number }>(
    `SELECT count(*)::int FROM accounts WHERE role = 'directory-manager' AND deactivated_at IS NULL`,
  );
  return managers?.count
    ? [well(`This is a real instance with ${managers.count} directory manager(s)`)]
    : [
        wrong(
          'This real instance has no directory manager: open the link that init printed, or run init again',
        ),
      ];
};

/** What there is to say of the database, asked as its owner; that it cannot be reached, where it cannot. */
export async function databaseFindings(env: ExaminedEnvironment): Promise<Finding[]> {
  const client = new pg.Client({ connectionString: env.DATABASE_URL, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  const rows: Rows = async <Row extends pg.QueryResultRow>(sql: string, values?: unknown[]) =>
    (await client.query<Row>(sql, values)).rows;
  try {
    await client.connect();
  } catch (error) {
    await client.end().catch(() => undefined);
    return [wrong(`The database cannot be reached as its owner: ${reasonOf(error)}`)];
  }
  const findings: Finding[] = [];
  try {
    for (const look of [schema, walls, users, settings, clocks, kind])
      findings.push(
        ...(await look(rows, env).catch((error: unknown) => [wrong(`${look.name}: ${reasonOf(error)}`)])),
      );
  } finally {
    await client.end();
  }
  return findings;
}

/** The ids of the vault keys that accounts, invitations and channels are sealed under. */
export async function keysInUse(env: { DATABASE_URL: string }): Promise<string[]> {
  const client = new pg.Client({ connectionString: env.DATABASE_URL, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ id: string }>(
      `SELECT DISTINCT split_part(sealed ->> 'key_id', '/', 1) AS id FROM (
         SELECT person AS sealed FROM accounts UNION ALL SELECT person FROM invitations UNION ALL SELECT address FROM channels) s
       WHERE sealed ->> 'key_id' <> 'erased'`,
    );
    return rows.map(({ id }) => id);
  } finally {
    await client.end();
  }
}
