import { recordBy, type Caller, type Work } from '#libs/access';
import { BodyRow } from '#libs/parties';
import { newId, Problem, type Tx } from '#libs/runtime';
import type { Sealed, Vault } from '#libs/vault';
import { isLanguage, textsIn, type Language } from '#libs/wording';
import { partyKept } from '../bodies.service.js';
import { faultsInSteps, procedureSteps, type KeptStep, type ProcedureStep } from './procedure.js';
import { ProcedureRow } from './procedure.entity.js';

interface InWords {
  step: ProcedureStep;
  text: { text: string; language: Language };
}

/** A step with the words of the catalogue in the language of who reads it, or its own. */
export type StepView = KeptStep & { text: { text: string; language: string } };

export interface ProcedureView {
  party: string;
  body: string | null;
  /** 0: none was set yet. */
  version: number;
  setAt: string | null;
  steps: StepView[];
  /** Steps of the catalogue that are not in the list. */
  offered: InWords[];
}

interface Which {
  body: string | null;
  version?: number | undefined;
}

const contentOf = (id: string) => ({ table: 'procedures', row: id, field: 'content' });

/** The own procedure of a party or a body as a checklist. Nobody else sees it. Raises `forbidden` for the network's staff. */
export class Procedures {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
  ) {}

  /** The newest version, or the one named. Raises `not-found` for a body of others, and a version that there is not. */
  async one(caller: Caller, which: Which): Promise<ProcedureView> {
    const party = memberOf(caller);
    return this.work.read(caller, (tx) => this.read(tx, caller, party, which));
  }

  /** Sets a new version; the steps are replaced whole. Raises `invalid-input`, and `conflict` for a stale version. */
  async set(
    caller: Caller,
    { body, version, steps }: { body: string | null; version: number; steps: KeptStep[] },
  ): Promise<ProcedureView> {
    const party = partyKept(caller);
    return this.work.change(caller, 'keep-entries', async (tx) => {
      await demandBody(tx, party, body);
      const setAt = await tx.now();
      const faults = faultsInSteps(steps, setAt.toISOString().slice(0, 10));
      if (faults.length > 0)
        throw new Problem('invalid-input', 'Some fields do not fit.', {
          errors: faults.map(({ at, field, detail }) => ({ pointer: `#/steps/${at}/${field}`, detail })),
        });
      const lock = `procedures:${party}:${body ?? ''}`;
      await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [lock]);
      if ((await newest(tx, party, { body }))?.version !== (version === 0 ? undefined : version))
        throw new Problem('conflict', 'The procedure has changed meanwhile: read it again.');
      const id = newId();
      const sealed = this.vault.seal(await this.vault.partyKey(party), contentOf(id), steps);
      await tx.manager.insert(ProcedureRow, {
        ...{ id, partyCode: party, traffic: 'actual', bodyId: body, version: version + 1 },
        ...{ content: sealed, setBy: caller.actor, setAt },
      });
      await recordBy(tx, caller, 'procedure-set', id);
      return this.read(tx, caller, party, { body });
    });
  }

  private async read(tx: Tx, caller: Caller, party: string, which: Which): Promise<ProcedureView> {
    await demandBody(tx, party, which.body);
    const row = await newest(tx, party, which);
    if (!row && which.version !== undefined)
      throw new Problem('not-found', 'There is no such version of the procedure.');
    const kept = row ? await this.vault.openPartys<KeptStep[]>(contentOf(row.id), row.content) : [];
    const language = isLanguage(caller.language) ? caller.language : 'en';
    const words = textsIn(language).procedure;
    const listed = new Set(kept.map(({ step }) => step));
    return {
      ...{ party, body: which.body, version: row?.version ?? 0, setAt: row?.setAt.toISOString() ?? null },
      steps: kept.map((one) => ({
        ...one,
        text: one.step === null ? (one.own ?? { text: '', language }) : { text: words[one.step], language },
      })),
      offered: procedureSteps
        .filter((step) => !listed.has(step))
        .map((step) => ({ step, text: { text: words[step], language } })),
    };
  }
}

function memberOf({ party }: Caller): string {
  if (party === null) throw new Problem('forbidden', 'The procedure of a party is for its own side alone.');
  return party;
}

async function demandBody(tx: Tx, partyCode: string, id: string | null): Promise<void> {
  if (id !== null && !(await tx.manager.existsBy(BodyRow, { id, partyCode })))
    throw new Problem('not-found', 'Your party has no such body.');
}

async function newest(tx: Tx, party: string, { body, version }: Which) {
  const [row] = await tx.query<{ id: string; version: number; content: Sealed; setAt: Date }>(
    `SELECT id, version, content, set_at AS "setAt" FROM procedures
     WHERE party_code = $1 AND body_id IS NOT DISTINCT FROM $2::uuid AND ($3::integer IS NULL OR version = $3)
     ORDER BY version DESC LIMIT 1`,
    [party, body, version ?? null],
  );
  return row;
}
