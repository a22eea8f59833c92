import { recordByLink } from '#libs/access';
import { newId, type Tx } from '#libs/runtime';
import type { Vault } from '#libs/vault';
import { CorrectionRow } from './confirmation.entity.js';
import type { SaidWrong } from './correction-words.js';
import { correctionHolding } from './corrections.service.js';

/** Of which entry, and which channel where that is known, whoever has the link of a mail says what is wrong. */
export type ReportedEntry = Pick<CorrectionRow, 'pointOfContactId' | 'channelId' | 'partyCode'>;

/**
 * Keeps what the bearer of a link says of the entry that its mail went to, for the party of that entry to decide, and puts
 * it on its record. `use` marks the link as used, in between: the walls take a report before that, and the record after.
 */
export async function reportByLink(
  tx: Tx,
  vault: Vault,
  { pointOfContactId, channelId, partyCode }: ReportedEntry,
  said: { what: SaidWrong; text: { text: string; language: string } | null },
  use: (at: Date) => Promise<unknown>,
): Promise<void> {
  const at = await tx.now();
  const id = newId();
  await tx.manager.insert(CorrectionRow, {
    ...{
      id,
      pointOfContactId,
      channelId,
      partyCode,
      traffic: 'actual',
      via: 'link',
      reporterCode: partyCode,
    },
    ...{ what: said.what, state: 'open', reportedAt: at, reportedBy: null, toldAt: null },
    ...{ decidedAt: null, decidedBy: null, changeId: null },
    content: said.text && vault.seal(await vault.partyKey(partyCode), correctionHolding(id), said.text),
  });
  await use(at);
  await recordByLink(tx, partyCode, 'contact-reported', id);
}
