import { mkdir, open, readFile, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { KeyFile } from '#libs/vault';
import { readMail, type Envelope, type Mail, type MailSummary } from './mail.js';
import { MailSeal } from './mail-seal.js';

export interface MailStoreOptions {
  folder: string;
  keys: KeyFile;
  now: () => Date;
}

const summary = z.object({
  receivedAt: z.string(),
  envelope: z.object({ from: z.string(), to: z.array(z.string()) }),
  subject: z.string(),
  messageId: z.string(),
});
const fileName = /^(\d{6,12})\.sealed$/;

/**
 * The caught mails, one sealed file each, named by a running number. What a file holds in the clear is its number and
 * its size. Mails that cannot be opened (damaged, key gone) are passed over.
 */
export class MailStore {
  private readonly summaries = new Map<string, MailSummary>();
  private readonly loaded: Promise<void>;

  private constructor(
    private readonly options: MailStoreOptions,
    private readonly seal: MailSeal,
    earlier: readonly string[],
    private last: number,
  ) {
    this.loaded = this.load(earlier);
    this.loaded.catch(() => undefined);
  }

  /** Opens the folder, made when missing; mails half written when the machine stopped are removed. */
  static async open(options: MailStoreOptions): Promise<MailStore> {
    await mkdir(options.folder, { recursive: true, mode: 0o700 });
    const names = await readdir(options.folder);
    await Promise.all(
      names
        .filter((name) => name.endsWith('.tmp'))
        .map((name) => rm(join(options.folder, name), { force: true })),
    );
    const ids = names.flatMap((name) => fileName.exec(name)?.[1] ?? []).sort();
    return new MailStore(options, new MailSeal(options.keys), ids, Number(ids.at(-1) ?? 0));
  }

  /** Keeps a mail; when this resolves it is on disk. */
  async add(envelope: Envelope, raw: Buffer): Promise<MailSummary> {
    const id = String(++this.last).padStart(6, '0');
    const receivedAt = this.options.now().toISOString();
    const { subject, messageId } = await readMail(raw);
    const about = { receivedAt, envelope, subject, messageId };
    const clear = Buffer.concat([Buffer.from(`${JSON.stringify(about)}\n`), raw]);
    await this.write(`${id}.sealed`, this.seal.seal(id, clear));
    const entry = { id, ...about };
    this.summaries.set(id, entry);
    return entry;
  }

  /** All mails in the order of their arrival. */
  async list(): Promise<MailSummary[]> {
    await this.loaded;
    return [...this.summaries.values()].sort((a, b) => Number(a.id) - Number(b.id));
  }

  /** One mail in full; `undefined` when there is none with this id. */
  async one(id: string): Promise<Mail | undefined> {
    const found = await this.read(id);
    return found && { ...found.about, ...(await readMail(found.raw)) };
  }

  /** One mail as it came over the wire. */
  async raw(id: string): Promise<Buffer | undefined> {
    return (await this.read(id))?.raw;
  }

  private async load(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      const found = await this.read(id);
      if (found) this.summaries.set(id, found.about);
    }
  }

  private async read(id: string): Promise<{ about: MailSummary; raw: Buffer } | undefined> {
    const name = `${id}.sealed`;
    if (!fileName.test(name)) return undefined;
    const sealed = await readFile(join(this.options.folder, name)).catch(() => undefined);
    const clear = sealed && this.seal.open(id, sealed);
    if (!clear) return undefined;
    const end = clear.indexOf('\n');
    const about = summary.parse(JSON.parse(clear.subarray(0, end).toString('utf8')));
    return { about: { id, ...about }, raw: clear.subarray(end + 1) };
  }

  private async write(name: string, content: Buffer): Promise<void> {
    const { folder } = this.options;
    const unfinished = join(folder, `${name}.tmp`);
    const file = await open(unfinished, 'wx', 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, join(folder, name));
    const directory = await open(folder, 'r');
    await directory.sync().finally(() => directory.close());
  }
}
