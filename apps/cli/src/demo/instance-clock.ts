import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { z } from 'zod';
import { databasePlace } from './own-instance.js';

const passwords = z.object({ owner: z.string() });

/** The clock of an instance of our own, moved as its database's owner: nobody else can, and no real instance lets itself be. */
export class InstanceClock {
  private constructor(private readonly owner: pg.Client) {}

  /** The clock of the instance whose data folder this is. Raises when its files or its database cannot be read. */
  static async of(folder: string): Promise<InstanceClock> {
    const secrets = await readFile(join(folder, 'database-passwords.json'), 'utf8');
    const lock = await readFile(join(await databasePlace(folder), 'postgres', 'postmaster.pid'), 'utf8');
    const owner = new pg.Client({
      host: '127.0.0.1',
      port: Number(lock.split('\n')[3]),
      user: 'aldis_owner',
      password: passwords.parse(JSON.parse(secrets)).owner,
      database: 'aldis',
    });
    // The database may go away before the connection does.
    owner.on('error', () => undefined);
    await owner.connect();
    return new InstanceClock(owner);
  }

  async now(): Promise<Date> {
    const { rows } = await this.owner.query<{ at: Date }>('SELECT app.now() AS at');
    const [row] = rows;
    if (!row) throw new Error('The instance does not tell the time.');
    return row.at;
  }

  /** Moves it ahead to an instant; where that is past already, it goes on as it is: time never runs back. */
  async moveTo(at: Date): Promise<void> {
    await this.owner.query(
      `INSERT INTO app.clock (ahead) VALUES (greatest($1::timestamptz - clock_timestamp(), interval '0'))
       ON CONFLICT (sole) DO UPDATE SET ahead = greatest(app.clock.ahead, excluded.ahead)`,
      [at.toISOString()],
    );
  }

  async close(): Promise<void> {
    await this.owner.end();
  }
}
