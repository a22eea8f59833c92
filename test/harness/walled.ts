import { randomUUID } from 'node:crypto';
import { AckLink } from './ack-link.js';
import { Instance, type InstanceOptions } from './instance.js';
import { untilQuiet } from './quiet.js';
import { sqlCallers, type SqlCaller, type SqlIdentity } from './sql-caller.js';

/** SQLSTATE insufficient_privilege: the walls, or the rights of a role. */
export const refused = '42501';
export const serving = ['api', 'worker', 'ledger'] as const;
export type Row = Record<string, unknown>;

/** An instance with two requests of XA, acknowledged, and SQL in the hands of each database role. */
export class Walled {
  private constructor(
    readonly instance: Instance,
    /** Every table that there is. */
    readonly tables: readonly string[],
    readonly callers: Awaited<ReturnType<typeof sqlCallers>>,
    /** Ids by `XB cert`. */
    readonly bodies: Readonly<Record<string, string>>,
    /** The request to XB and XC, and the one to XB alone. */
    readonly both: string,
    readonly solo: string,
  ) {}

  static async start(options: InstanceOptions = {}): Promise<Walled> {
    const instance = await Instance.start(options);
    const { database, sink } = instance;
    const officer = await instance.officer('officer@xa.example');
    const both = (await officer.files({ to: ['XB', 'XC'] })).id;
    const solo = (await officer.files()).id;
    for (const to of ['cert@xb.example', 'cert@xc.example'])
      await AckLink.in(await sink.mailTo(to)).submit('A. Duty');
    await untilQuiet(instance);
    const named = await database.rows<{ relname: string }>(
      `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1`,
    );
    const tables = named.map(({ relname }) => relname).filter((table) => table !== 'migrations');
    const found = await database.rows<{ at: string; id: string }>(
      `SELECT party_code || ' ' || kind AS at, id FROM bodies`,
    );
    const bodies = Object.fromEntries(found.map(({ at, id }) => [at, id]));
    return new Walled(instance, tables, await sqlCallers(database), bodies, both, solo);
  }

  get api(): SqlCaller {
    return this.callers.api;
  }

  async stop(): Promise<void> {
    for (const caller of Object.values(this.callers)) await caller.end();
    await this.instance.stop();
  }

  /** Somebody of a body, who reads. */
  of(party: string, body: string): SqlIdentity {
    return { actor: randomUUID(), party, body: this.bodies[`${party} ${body}`] ?? '', purpose: 'read' };
  }

  async rowOf(table: string, where: string): Promise<Row> {
    const sql = `SELECT to_jsonb(t) AS row FROM ${table} t WHERE ${where} LIMIT 1`;
    const [found] = await this.instance.database.rows<{ row: Row }>(sql);
    if (!found) throw new Error(`there is no row in ${table} where ${where}`);
    return found.row;
  }

  count(caller: SqlCaller, table: string, identity: SqlIdentity) {
    return caller.outcome(`SELECT FROM ${table}`, identity);
  }
}
