import { recordBy, type Caller, type Work } from '#libs/access';
import { Problem, type Tx } from '#libs/runtime';
import { partyKept } from '../bodies.service.js';
import { ExportConsentRow } from './export-consent.entity.js';
import type { ExportConsent } from './export-consent.js';

export interface ExportConsentView {
  party: string;
  consent: ExportConsent;
  changedAt: string | null;
  /** 0 while nothing was said. */
  version: number;
}

/** What parties let others take out of the directory. */
export class ExportConsents {
  constructor(private readonly work: Work) {}

  /** What the caller's party says. Raises `forbidden` for the network's staff. */
  async own(tx: Tx, caller: Caller): Promise<ExportConsentView> {
    if (caller.party === null) throw new Problem('forbidden', 'Only parties say what may be taken out.');
    const row = await tx.manager.findOneBy(ExportConsentRow, { partyCode: caller.party });
    const { consent, changedAt, version } = row ?? { consent: 'whole' as const, changedAt: null, version: 0 };
    return { party: caller.party, consent, changedAt: changedAt?.toISOString() ?? null, version };
  }

  /** Raises `conflict` for a version that is not the newest, `forbidden` by role. */
  async set(caller: Caller, version: number, consent: ExportConsent): Promise<ExportConsentView> {
    const partyCode = partyKept(caller);
    return this.work.change(caller, 'keep-entries', async (tx) => {
      const changedAt = await tx.now();
      const changed = await tx.query(
        version === 0
          ? `INSERT INTO export_consents (party_code, traffic, consent, changed_at, version)
             VALUES ($1, 'actual', $2, $3, $4 + 1) ON CONFLICT DO NOTHING RETURNING version`
          : `UPDATE export_consents SET consent = $2, changed_at = $3, version = version + 1
             WHERE party_code = $1 AND version = $4 RETURNING version`,
        [partyCode, consent, changedAt, version],
      );
      if (changed.length === 0) throw new Problem('conflict', 'It has changed meanwhile: read it again.');
      await recordBy(tx, caller, 'export-consent-changed');
      return this.own(tx, caller);
    });
  }
}

/** What each party that said something lets others take out. */
export async function consentsOf(tx: Tx): Promise<Map<string, ExportConsent>> {
  const rows = await tx.manager.find(ExportConsentRow);
  return new Map(rows.map(({ partyCode, consent }) => [partyCode, consent]));
}
