import { demandPermission, recordBy, type Caller, type Work } from '#libs/access';
import { newId, Problem, type Fault, type Tx } from '#libs/runtime';
import type { Sealed, Vault } from '#libs/vault';
import type { WrittenText } from '#libs/wording';
import type { Level } from '../entry-words.js';
import { ReadinessCheckRow } from './role-sheet.entity.js';
import {
  readinessResult,
  requirementsOf,
  type ReadinessAnswer,
  type ReadinessResult,
} from './role-sheets.js';
import { sheetsOf } from './role-sheets.service.js';

export interface ReadinessInput {
  network: string;
  /** Of the last check in this network; 0 where there is none. */
  version: number;
  /** Of the role sheet that was read. */
  sheetVersion: number;
  checkedOn: string;
  answers: Record<string, { answer: ReadinessAnswer; note?: WrittenText | undefined }>;
  note: WrittenText | null;
  told: boolean;
}

interface Content {
  answers: ReadinessInput['answers'];
  note: WrittenText | null;
}

export interface ReadinessCheck extends Omit<ReadinessInput, 'network'> {
  result: ReadinessResult;
}

export interface ReadinessView {
  pointOfContact: string;
  party: string;
  level: Level;
  /** On which day the party says that it last looked; all that others ever learn. */
  toldOn: string | null;
  /** For the own party alone: for each network, what its sheet asks for now and how the last answers stand. */
  own:
    { network: string; sheetVersion: number; requirements: string[]; last: ReadinessCheck | null }[] | null;
}

interface Point {
  id: string;
  party: string;
  level: Level;
  toldOn: string | null;
}

const contentOf = (id: string) => ({ table: 'readiness_checks', row: id, field: 'content' });

/** How a party looks at its own readiness against the role sheets of its networks: no score, for itself. */
export class Readiness {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
  ) {}

  /** Raises `not-found` for a point of contact that the caller does not see. */
  async one(tx: Tx, caller: Caller, id: string): Promise<ReadinessView> {
    const { id: pointOfContact, ...point } = await this.point(tx, caller, id);
    const own = point.party === caller.party ? await this.own(tx, id, point.level) : null;
    return { pointOfContact, ...point, own };
  }

  /**
   * Keeps one look. Raises `forbidden` by role and body, `not-found`, `conflict` where there is a newer look or sheet,
   * and `invalid-input` for answers that the sheet does not ask for, a network that is not the party's and a day to come.
   */
  async check(caller: Caller, id: string, input: ReadinessInput): Promise<ReadinessView> {
    demandPermission(caller, 'check-readiness');
    const { party } = caller;
    if (party === null) throw new Problem('forbidden', 'Readiness is looked at by the own party.');
    return this.work.change(caller, 'check-readiness', async (tx) => {
      const point = await this.point(tx, caller, id);
      if (point.party !== party) throw notFound();
      await this.demandKeeper(tx, id);
      await this.demandFit(tx, input, id, point.level);
      const { network: networkId, version, sheetVersion, checkedOn, told, answers, note } = input;
      const check = newId();
      const content = this.vault.seal(await this.vault.partyKey(party), contentOf(check), { answers, note });
      await tx.manager.insert(ReadinessCheckRow, {
        ...{ id: check, pointOfContactId: id, networkId, partyCode: party, traffic: 'actual' },
        ...{ version: version + 1, sheetVersion, content, checkedOn, told },
        ...{ checkedBy: caller.actor, at: await tx.now() },
      });
      await recordBy(tx, caller, 'readiness-checked', id);
      return this.one(tx, caller, id);
    });
  }

  private async demandKeeper(tx: Tx, id: string): Promise<void> {
    const [keeps] = await tx.query<{ yes: boolean | null }>('SELECT app.checks_readiness($1) AS yes', [id]);
    if (keeps?.yes !== true)
      throw new Problem(
        'forbidden',
        'The readiness is checked by officers of its own body and administrators.',
      );
  }

  private async demandFit(tx: Tx, input: ReadinessInput, id: string, level: Level): Promise<void> {
    // Two looks at once: the second waits here and finds the first.
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [
      `readiness ${id} ${input.network}`,
    ]);
    const errors: Fault[] = [];
    const [member] = await tx.query('SELECT 1 FROM app.own_networks() n WHERE n = $1', [input.network]);
    if (!member) throw invalid([{ pointer: '#/network', detail: 'is no network of your party' }]);
    const [sheet] = await sheetsOf(tx, input.network, level);
    const [last] = await this.lastChecks(tx, id, input.network);
    if (sheet?.version !== input.sheetVersion)
      throw new Problem('conflict', 'The role sheet has changed meanwhile: read it again.');
    if ((last?.version ?? 0) !== input.version)
      throw new Problem('conflict', 'The readiness was checked meanwhile: read it again.');
    const asked = new Set(requirementsOf(sheet));
    for (const answered of Object.keys(input.answers))
      if (!asked.has(answered))
        errors.push({ pointer: `#/answers/${answered}`, detail: 'is not asked by the role sheet' });
    // A day of the calendar is over last where the date line runs: fourteen hours ahead.
    const latest = new Date((await tx.now()).getTime() + 14 * 3_600_000).toISOString().slice(0, 10);
    if (input.checkedOn > latest) errors.push({ pointer: '#/checkedOn', detail: 'must not lie ahead' });
    if (errors.length > 0) throw invalid(errors);
  }

  private async point(tx: Tx, caller: Caller, id: string): Promise<Point> {
    const [point] = await tx.query<Point>(
      `SELECT p.id, p.party_code AS party, p.level, to_char(app.readiness_told(p.id), 'YYYY-MM-DD') AS "toldOn"
       FROM points_of_contact p WHERE p.id = $1 AND (p.party_code = $2 AND p.state <> 'retired'
         OR p.state IN ('verified', 'active', 'stale')
           AND ($2::text IS NULL OR p.party_code IN (SELECT app.parties_met())))`,
      [id, caller.party],
    );
    if (!point) throw notFound();
    return point;
  }

  private async own(tx: Tx, id: string, level: Level): Promise<ReadinessView['own']> {
    const networks = await tx.query<{ id: string }>(
      'SELECT n.id FROM networks n WHERE n.id IN (SELECT app.own_networks()) ORDER BY n.code',
    );
    const checks = await this.lastChecks(tx, id);
    return Promise.all(
      networks.map(async ({ id: network }) => {
        const [sheet] = await sheetsOf(tx, network, level);
        const requirements = sheet ? requirementsOf(sheet) : [];
        const row = checks.find(({ networkId }) => networkId === network);
        const last = row ? await this.opened(row, requirements) : null;
        return { network, sheetVersion: sheet?.version ?? 0, requirements, last };
      }),
    );
  }

  private async opened(row: LastCheck, requirements: readonly string[]): Promise<ReadinessCheck> {
    const { id, version, sheetVersion, checkedOn, told } = row;
    const { answers, note } = await this.vault.openPartys<Content>(contentOf(id), row.content);
    const result = readinessResult(requirements, answers);
    return { version, sheetVersion, checkedOn, told, answers, note, result };
  }

  private async lastChecks(tx: Tx, id: string, network?: string): Promise<LastCheck[]> {
    return tx.query<LastCheck>(
      `SELECT DISTINCT ON (network_id) id, network_id AS "networkId", version, sheet_version AS "sheetVersion", content,
         to_char(checked_on, 'YYYY-MM-DD') AS "checkedOn", told FROM readiness_checks
       WHERE point_of_contact_id = $1 AND party_code = app.party() AND ($2::uuid IS NULL OR network_id = $2)
       ORDER BY network_id, version DESC`,
      [id, network ?? null],
    );
  }
}

interface LastCheck {
  id: string;
  networkId: string;
  version: number;
  sheetVersion: number;
  content: Sealed;
  checkedOn: string;
  told: boolean;
}

const notFound = () => new Problem('not-found', 'There is no such point of contact.');
const invalid = (errors: Fault[]) => new Problem('invalid-input', 'Some fields do not fit.', { errors });
