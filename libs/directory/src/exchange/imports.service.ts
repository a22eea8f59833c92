import { createHash } from 'node:crypto';
import { demandFresh, recordBy, withoutKey, type AccessAct, type Caller, type Work } from '#libs/access';
import type { PartyQueries } from '#libs/parties';
import { newId, Problem, type Tx } from '#libs/runtime';
import type { Vault } from '#libs/vault';
import { partyKept } from '../bodies.service.js';
import { readFor } from '../channels.service.js';
import type { Findables } from '../finding/findables.service.js';
import type { FormatName } from '../formats/draft-entry.js';
import { detectFormat, formatNamed } from '../formats/formats.js';
import { kindNames } from '../keys/key-mailing.service.js';
import type { ProposalMailing } from '../life/proposal-mailing.service.js';
import { PointOfContactRow } from '../point-of-contact.entity.js';
import { keysOfDocument } from './document-keys.js';
import { Entering, type EnteredKey } from './entering.service.js';
import { ImportProgressRow, ImportRow } from './import.entity.js';
import {
  cameMeanwhile,
  planImport,
  type ImportChoice,
  type ImportPlan,
  type ReadAddress,
  type Standing,
} from './import-plan.js';
import { ImportQueries, contentOf, type ImportView } from './imports.queries.js';

/** What is brought in: a document, its format where that is known, and where what it leaves out belongs. */
export interface ImportInput extends ImportChoice {
  content: Uint8Array;
  format?: FormatName | undefined;
}

/** In whose name an import is made: an administrator's of the party, or the operator's of the instance. */
export interface Importer {
  change<T>(caller: Caller, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** A small transaction of its own, beside the one that changes. */
  beside<T>(caller: Caller, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Puts it on the record. */
  record(tx: Tx, caller: Caller, act: AccessAct, about: string): Promise<void>;
  /** The account that is written down beside it. */
  account(caller: Caller): string | null;
}

/** An administrator, under the walls. */
export const byAdministrator = (work: Work): Importer => ({
  change: (caller, change) => work.change(caller, 'keep-entries', change),
  beside: (caller, change) => work.change(withoutKey(caller), 'keep-entries', change),
  record: recordBy,
  account: ({ actor }) => actor,
});

const refusalsLeft = () =>
  new Problem('act-not-possible', 'Some of the document is refused. Say withoutRefused to leave that out.');

/** Documents that a party's administrators bring in: looked at first, applied all or nothing, undone while nobody has relied on them. */
export class Imports {
  private readonly queries: ImportQueries;

  constructor(
    private readonly importer: Importer,
    private readonly vault: Vault,
    private readonly parties: PartyQueries,
    private readonly findables: Findables,
    /** Tells those who can confirm the keys that come with it; without it none are proposed. */
    private readonly proposals?: ProposalMailing,
  ) {
    this.queries = new ImportQueries(vault);
  }

  async list(tx: Tx, caller: Caller): Promise<Omit<ImportView, 'plan'>[]> {
    partyKept(caller);
    return this.queries.all(tx);
  }

  async one(tx: Tx, caller: Caller, id: string): Promise<ImportView> {
    partyKept(caller);
    return this.queries.one(tx, id);
  }

  /** Reads a document and says what it would do; nothing else happens. Raises `invalid-input` for what no format fits. */
  async preview(caller: Caller, { content, format: named, ...choice }: ImportInput): Promise<ImportView> {
    const party = partyKept(caller);
    const format = named === undefined ? detectFormat(content) : formatNamed(named);
    if (!format)
      throw new Problem('invalid-input', 'Some fields do not fit.', {
        errors: [{ pointer: '#/content', detail: 'is of no format that is known: name the format' }],
      });
    const at = await this.importer.beside(caller, (tx) => tx.now());
    // Read apart from any transaction: it may take seconds.
    const reading = await format.read(content, { at, party });
    // A key is proposed by a person: one that an operator brings in is added by hand.
    const keys = this.proposals ? await keysOfDocument(reading, at) : undefined;
    return this.importer.change(caller, async (tx) => {
      const standing = await standingOf(tx, party);
      refuseOtherBody(standing, choice.body);
      const { kind: instance } = await this.parties.instance(tx);
      const readAddress: ReadAddress = (kind, address) => readFor(instance, kind, address);
      const plan = planImport(reading, standing, choice, readAddress, keys);
      const id = newId();
      await tx.manager.insert(ImportRow, {
        ...{ id, partyCode: party, traffic: 'actual', format: format.name, bytes: content.byteLength },
        digest: createHash('sha256').update(content).digest('hex'),
        ...{ state: 'previewed', total: plan.contacts.length },
        ...{ previewedBy: this.importer.account(caller), previewedAt: await tx.now() },
        content: this.vault.seal(await this.vault.partyKey(party), contentOf(id), plan),
      });
      await tx.manager.insert(ImportProgressRow, {
        ...{ importId: id, partyCode: party, traffic: 'actual', done: 0 },
      });
      await this.importer.record(tx, caller, 'import-previewed', id);
      return this.queries.one(tx, id);
    });
  }

  /**
   * Enters all that was accepted, or nothing: nominations, to be verified like any other. Raises `act-not-possible`
   * where something was refused and `withoutRefused` does not say so, and `conflict` where what it met has changed.
   * `heard` is told how many points of contact are entered so far, as everybody who reads the import is.
   */
  async apply(
    caller: Caller,
    id: string,
    version: number,
    withoutRefused: boolean,
    heard: (done: number) => void = () => undefined,
  ): Promise<ImportView> {
    const party = partyKept(caller);
    const told = async (done: number) => {
      await this.importer.beside(caller, (tx) => tx.manager.update(ImportProgressRow, id, { done }));
      heard(done);
    };
    return this.importer.change(caller, async (tx) => {
      const { plan } = await this.open(tx, id, version, 'previewed');
      if (!plan) throw new Problem('internal', 'The import has lost its content.');
      if (!withoutRefused && plan.findings.some(({ severity }) => severity === 'refuse'))
        throw refusalsLeft();
      if (plan.contacts.length + plan.bodies.length === 0)
        throw new Problem('act-not-possible', 'There is nothing to be entered.');
      if (plan.contacts.some(({ channels }) => channels.some(({ keys = [] }) => keys.length > 0)))
        demandFresh(caller, 'change-key', await tx.now());
      await refuseWhatCameMeanwhile(tx, party, plan);
      const { kind: instance } = await this.parties.instance(tx);
      const by = this.importer.account(caller);
      const entered = await new Entering(this.vault, instance, by).enter(tx, party, plan, told);
      await this.findables.keep(tx, party);
      for (const entry of entered.entries) await this.importer.record(tx, caller, 'entry-nominated', entry);
      for (const key of entered.keys) await this.proposed(tx, caller, key);
      for (const body of entered.bodies) await this.importer.record(tx, caller, 'body-added', body);
      await tx.manager.update(ImportRow, id, {
        ...{
          state: 'applied',
          appliedBy: this.importer.account(caller),
          appliedAt: await tx.now(),
          version: version + 1,
        },
        ...{ madeBodies: entered.bodies, madeEntries: entered.entries },
      });
      await this.importer.record(tx, caller, 'import-applied', id);
      return this.queries.one(tx, id);
    });
  }

  /** Takes back all that came of it. Raises `act-not-possible` once somebody has verified or changed some of that. */
  async undo(caller: Caller, id: string, version: number): Promise<ImportView> {
    const party = partyKept(caller);
    return this.importer.change(caller, async (tx) => {
      const { madeBodies, madeEntries } = await this.open(tx, id, version, 'applied');
      const at = await tx.now();
      await refuseRelied(tx, madeEntries, madeBodies);
      await tx.query(
        `UPDATE channels SET state = 'ended', ended_at = $2, version = version + 1
         WHERE point_of_contact_id = ANY ($1::uuid[]) AND state <> 'ended'`,
        [madeEntries, at],
      );
      await tx.query(
        `UPDATE points_of_contact SET state = 'retired', ended_at = $2, changed_at = $2, version = version + 1
         WHERE id = ANY ($1::uuid[]) AND state <> 'retired'`,
        [madeEntries, at],
      );
      await tx.query(
        `UPDATE bodies SET state = 'retired', version = version + 1 WHERE id = ANY ($1::uuid[]) AND state <> 'retired'`,
        [madeBodies],
      );
      await this.findables.keep(tx, party);
      for (const entry of madeEntries) await this.importer.record(tx, caller, 'entry-retired', entry);
      for (const body of madeBodies) await this.importer.record(tx, caller, 'body-retired', body);
      await tx.manager.update(ImportRow, id, {
        ...{ state: 'undone', endedAt: at, content: null, version: version + 1 },
      });
      await this.importer.record(tx, caller, 'import-undone', id);
      return this.queries.one(tx, id);
    });
  }

  /** Puts a preview away; nothing of what it held is kept. */
  async discard(caller: Caller, id: string, version: number): Promise<ImportView> {
    partyKept(caller);
    return this.importer.change(caller, async (tx) => {
      await this.open(tx, id, version, 'previewed');
      await tx.manager.update(ImportRow, id, {
        ...{ state: 'discarded', endedAt: await tx.now(), content: null, version: version + 1 },
      });
      await this.importer.record(tx, caller, 'import-discarded', id);
      return this.queries.one(tx, id);
    });
  }

  /** A key that came with it waits for a second person, who is told, as of any that is added. */
  private async proposed(
    tx: Tx,
    caller: Caller,
    { id, entry, channel, address, key: { kind, fingerprint } }: EnteredKey,
  ): Promise<void> {
    const about = await tx.manager.findOneByOrFail(PointOfContactRow, { id: entry });
    await this.proposals?.tell(tx, caller, about, {
      ...{ id, path: 'keys', what: 'add-key', channel, until: null, ended: null },
      ...{ added: { kind: 'mail', address }, key: { kind: kindNames[kind], fingerprint } },
    });
    await this.importer.record(tx, caller, 'channel-key-added', id);
  }

  /** An import in a state, locked so that what tells how far it is does not wait. */
  private async open(tx: Tx, id: string, version: number, state: ImportView['state']) {
    await tx.query('SELECT 1 FROM imports WHERE id = $1 FOR NO KEY UPDATE', [id]);
    const found = await this.queries.opened(tx, id);
    if (found.row.version !== version)
      throw new Problem('conflict', 'The import has changed meanwhile: read it again.');
    if (found.row.state !== state)
      throw new Problem('act-not-possible', `An import that is ${found.row.state} cannot be changed so.`);
    return { ...found.row, plan: found.plan };
  }
}

async function standingOf(tx: Tx, party: string): Promise<Standing> {
  const bodies = await tx.query<Standing['bodies'][number]>(
    `SELECT id, names FROM bodies WHERE party_code = $1 AND state = 'active'`,
    [party],
  );
  const contacts = await tx.query<Standing['contacts'][number]>(
    `SELECT body_id AS body, level, role_names AS "roleNames" FROM points_of_contact
     WHERE party_code = $1 AND state <> 'retired'`,
    [party],
  );
  return { at: await tx.now(), party, bodies, contacts };
}

function refuseOtherBody({ bodies }: Standing, body: string | undefined): void {
  if (body === undefined || bodies.some(({ id }) => id === body)) return;
  throw new Problem('invalid-input', 'Some fields do not fit.', {
    errors: [{ pointer: '#/body', detail: 'is no body of your party' }],
  });
}

/** Two administrators may have previewed the same document: what one has entered the other does not enter again. */
async function refuseWhatCameMeanwhile(tx: Tx, party: string, plan: ImportPlan): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [`imports:${party}`]);
  if (cameMeanwhile(plan, await standingOf(tx, party)))
    throw new Problem('conflict', 'The directory has changed since the preview: make a new one.');
}

/** Nobody may have relied on what is taken back: all of it is as it was entered. */
async function refuseRelied(tx: Tx, entries: readonly string[], bodies: readonly string[]): Promise<void> {
  await tx.query('SELECT 1 FROM points_of_contact WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE', [
    entries,
  ]);
  const [relied] = await tx.query<{ entries: number; others: number; accounts: number }>(
    `SELECT (SELECT count(*)::int FROM points_of_contact WHERE id = ANY ($1::uuid[]) AND state NOT IN ('nominated', 'retired')) AS entries,
       (SELECT count(*)::int FROM points_of_contact WHERE body_id = ANY ($2::uuid[]) AND NOT id = ANY ($1::uuid[]) AND state <> 'retired') AS others,
       (SELECT count(*)::int FROM accounts WHERE body_id = ANY ($2::uuid[]) AND deactivated_at IS NULL) AS accounts`,
    [entries, bodies],
  );
  if (relied && relied.entries + relied.others + relied.accounts > 0)
    throw new Problem(
      'act-not-possible',
      `It cannot be undone any more: of what came of it ${relied.entries} points of contact are verified, and its bodies ` +
        `have ${relied.others} others and ${relied.accounts} accounts. Retire what is wrong one by one.`,
    );
}
