import type { Tx, UnitOfWork } from '#libs/runtime';
import { readHeader, readLine, type FileHeader, type RegistryLine } from './registry-lines.js';

const batch = 10_000;
const operator = { actor: 'operator', party: null, body: null, purpose: 'import-rir' };

/** What became of a file's lines. */
export interface RegistryImport extends FileHeader {
  accepted: number;
  /** Lines that were passed over, by reason; `firstFaults` names the first that cannot be read. */
  skipped: Record<string, number>;
  firstFaults: string[];
  /** The day of the file that was in force before. */
  before: string | null;
}

type Range = readonly [range: string, country: string, status: string, since: string | null];
type System = readonly [first: number, last: number, country: string, status: string, since: string | null];

/** Takes files of the regional registries ("delegated statistics", plain or extended) over, each whole or not at all. */
export class RegistryImports {
  constructor(private readonly units: UnitOfWork) {}

  /**
   * Replaces what one registry said before. Raises with a sentence for the operator where it is no such file, is older
   * than the one in force, or lacks lines that it says it has; with `anyway` only for the first.
   */
  async take(lines: AsyncIterable<string>, anyway = false): Promise<RegistryImport> {
    const iterator = lines[Symbol.asyncIterator]();
    const header = await firstOf(iterator);
    return this.units.run(operator, async (tx) => {
      await tx.query(`SELECT pg_advisory_xact_lock(hashtext('import-rir ' || $1))`, [header.registry]);
      const before = await inForce(tx, header, anyway);
      await tx.query('DELETE FROM origin_ranges WHERE registry = $1', [header.registry]);
      await tx.query('DELETE FROM origin_systems WHERE registry = $1', [header.registry]);
      await tx.query(
        `INSERT INTO origin_files (registry, serial, file_date, records, imported_at) VALUES ($1, $2, $3, $4, app.now())
         ON CONFLICT (registry) DO UPDATE SET serial = excluded.serial, file_date = excluded.file_date,
           records = excluded.records, imported_at = excluded.imported_at`,
        [header.registry, header.serial, header.date, header.records],
      );
      const taking = new Taking(tx, header);
      for (let next = await iterator.next(); !next.done; next = await iterator.next())
        await taking.add(next.value);
      await taking.store();
      const missing = taking.missing();
      if (missing !== undefined && !anyway)
        throw new Error(`${missing} Nothing was changed; --anyway takes it as it is.`);
      return { ...header, ...taking.result, before };
    });
  }
}

async function firstOf(iterator: AsyncIterator<string>): Promise<FileHeader> {
  for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
    const line = next.value.replace(/^\uFEFF/, '').trim();
    if (line === '' || line.startsWith('#')) continue;
    const header = readHeader(line);
    if (header) return header;
    break;
  }
  throw new Error('This is no delegated statistics file of AFRINIC, APNIC, ARIN, LACNIC or the RIPE NCC.');
}

async function inForce(
  tx: Tx,
  { registry, date, serial }: FileHeader,
  anyway: boolean,
): Promise<string | null> {
  const [kept] = await tx.query<{ date: string; serial: string }>(
    'SELECT file_date::text AS date, serial FROM origin_files WHERE registry = $1',
    [registry],
  );
  if (kept && kept.date > date && !anyway)
    throw new Error(
      `The file of ${registry} is of ${date} (${serial}); the one in force is of ${kept.date} (${kept.serial}). --anyway goes back to it.`,
    );
  return kept?.date ?? null;
}

/** One file on its way into the database, some thousand lines at a time. */
class Taking {
  readonly result = { accepted: 0, skipped: {} as Record<string, number>, firstFaults: [] as string[] };
  private ranges: Range[] = [];
  private systems: System[] = [];
  private at = 1;
  private readonly seen = { ipv4: 0, ipv6: 0, asn: 0 };
  private readonly said: Partial<Record<'ipv4' | 'ipv6' | 'asn', number>> = {};

  constructor(
    private readonly tx: Tx,
    private readonly header: FileHeader,
  ) {}

  async add(text: string): Promise<void> {
    this.at++;
    const line = readLine(text, this.header.registry);
    if ('type' in line && line.is !== 'summary') this.seen[line.type]++;
    this.sort(line);
    if (this.ranges.length + this.systems.length >= batch) await this.store();
  }

  private sort(line: RegistryLine): void {
    switch (line.is) {
      case 'range': {
        const { country, status, since } = line.registered;
        for (const range of line.ranges) this.ranges.push([range, country, status, since]);
        this.result.accepted++;
        return;
      }
      case 'systems': {
        const { country, status, since } = line.registered;
        this.systems.push([line.first, line.last, country, status, since]);
        this.result.accepted++;
        return;
      }
      case 'summary':
        this.said[line.type] = line.count;
        return;
      case 'other':
        this.skip(line.why);
        return;
      case 'fault':
        this.skip('fault');
        if (this.result.firstFaults.length < 10) this.result.firstFaults.push(`line ${this.at} ${line.why}`);
        return;
      case 'nothing':
        return;
    }
  }

  private skip(why: string): void {
    this.result.skipped[why] = (this.result.skipped[why] ?? 0) + 1;
  }

  async store(): Promise<void> {
    const { registry } = this.header;
    await this.tx.query(
      `INSERT INTO origin_ranges (range, registry, country, status, since)
       SELECT (t ->> 0)::cidr, $2, t ->> 1, t ->> 2, (t ->> 3)::date FROM jsonb_array_elements($1) t ON CONFLICT DO NOTHING`,
      [JSON.stringify(this.ranges), registry],
    );
    await this.tx.query(
      `INSERT INTO origin_systems (first, last, registry, country, status, since)
       SELECT (t ->> 0)::bigint, (t ->> 1)::bigint, $2, t ->> 2, t ->> 3, (t ->> 4)::date
       FROM jsonb_array_elements($1) t ON CONFLICT DO NOTHING`,
      [JSON.stringify(this.systems), registry],
    );
    this.ranges = [];
    this.systems = [];
  }

  /** What the file says that it has, and has not: it was cut off on its way. */
  missing(): string | undefined {
    for (const type of ['ipv4', 'ipv6', 'asn'] as const) {
      const said = this.said[type];
      if (said !== undefined && said > this.seen[type])
        return `The file of ${this.header.registry} says that it has ${said} records of ${type}, and has ${this.seen[type]}.`;
    }
    return undefined;
  }
}
