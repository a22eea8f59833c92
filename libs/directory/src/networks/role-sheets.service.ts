import { demandPermission, recordBy, type Caller, type Work } from '#libs/access';
import type { PartyQueries } from '#libs/parties';
import { newId, Problem, type Tx } from '#libs/runtime';
import type { DocumentText, Language, RoleSheetText } from '#libs/wording';
import { levels, type Level } from '../entry-words.js';
import type { NetworkQueries } from './networks.queries.js';
import { openNetwork } from './networks.service.js';
import { roleSheetDocument } from './role-sheet-document.js';
import { RoleSheetRow } from './role-sheet.entity.js';
import { sheetFaults, sheetThatHolds, type RoleSheet } from './role-sheets.js';

/** Role sheets of networks: guidance on what points of contact at a level are for (A/76/135, 77 (a)). */
export class RoleSheets {
  constructor(
    private readonly work: Work,
    private readonly networks: NetworkQueries,
    private readonly parties: PartyQueries,
  ) {}

  /** Those of a network, one for each level. Raises `not-found` where the caller's party does not belong to it. */
  async all(tx: Tx, caller: Caller, network: string): Promise<RoleSheet[]> {
    await this.networks.one(tx, caller, network);
    return sheetsOf(tx, network);
  }

  /** One of them, to be read or printed. */
  async document(
    tx: Tx,
    caller: Caller,
    network: string,
    level: Level,
    language: Language,
  ): Promise<DocumentText> {
    const { code, names } = await this.networks.one(tx, caller, network);
    const [sheet] = await sheetsOf(tx, network, level);
    if (!sheet) throw new Error('every level has a sheet');
    const { kind: instance } = await this.parties.instance(tx);
    const name = names[language] ?? names['en'] ?? code;
    return roleSheetDocument(sheet, { code, name, language, instance, producedAt: await tx.now() });
  }

  /**
   * Puts a network's own words in the place of what holds now, or takes them back (no texts). Raises `forbidden` by
   * role, `conflict` for a version that is not the newest, `invalid-input` where languages say different things.
   */
  async adapt(
    caller: Caller,
    network: string,
    level: Level,
    { texts, version }: { texts: RoleSheetText[]; version: number },
  ): Promise<RoleSheet> {
    demandPermission(caller, 'keep-networks');
    const errors = sheetFaults(texts);
    if (errors.length > 0) throw new Problem('invalid-input', 'Some fields do not fit.', { errors });
    return this.work.change(caller, 'keep-networks', async (tx) => {
      await openNetwork(tx, network);
      const [held] = await sheetsOf(tx, network, level);
      if (held?.version !== version)
        throw new Problem('conflict', 'The role sheet has changed meanwhile: read it again.');
      const row = { version: version + 1, texts };
      await tx.manager.insert(RoleSheetRow, {
        ...{ ...row, id: newId(), networkId: network, level, traffic: 'actual' },
        ...{ changedBy: caller.actor, at: await tx.now() },
      });
      await recordBy(tx, caller, 'role-sheet-changed', network);
      return sheetThatHolds(level, row);
    });
  }
}

/** The sheets that hold in a network, by level; nothing is asked about who reads. */
export async function sheetsOf(tx: Tx, network: string, level?: Level): Promise<RoleSheet[]> {
  const rows = await tx.query<Pick<RoleSheetRow, 'level' | 'version' | 'texts'>>(
    `SELECT DISTINCT ON (level) level, version, texts FROM role_sheets
     WHERE network_id = $1 AND ($2::text IS NULL OR level = $2) ORDER BY level, version DESC`,
    [network, level ?? null],
  );
  const byLevel = new Map(rows.map((row) => [row.level, row]));
  return (level ? [level] : levels).map((each) => sheetThatHolds(each, byLevel.get(each)));
}
