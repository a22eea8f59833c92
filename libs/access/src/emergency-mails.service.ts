import type { Outbox } from '#libs/notifications';
import type { PartyQueries } from '#libs/parties';
import type { Tx } from '#libs/runtime';
import type { Sealed, Vault } from '#libs/vault';
import { chooseLanguage, emergencyMail } from '#libs/wording';
import type { EmergencyView } from './emergency.js';
import { personOf, type Person } from './person.service.js';

/** Tells the party's administrators, and the person themself, of an emergency access. */
export class EmergencyMails {
  constructor(
    private readonly vault: Vault,
    private readonly outbox: Outbox,
    private readonly parties: PartyQueries,
    private readonly publicUrl: string,
  ) {}

  async tell(
    tx: Tx,
    partyCode: string,
    what: 'asked' | 'granted' | 'ended',
    view: EmergencyView,
  ): Promise<void> {
    const { kind: instance } = await this.parties.instance(tx);
    const readers = await tx.query<{ id: string; language: string; person: Sealed }>(
      `SELECT id, language, person FROM accounts
       WHERE party_code = $1 AND deactivated_at IS NULL AND (id = $2 OR role = 'party-administrator') ORDER BY id`,
      [partyCode, view.who.account],
    );
    const vouchers = view.approvals.flatMap(({ by }) => (by?.name && what === 'granted' ? [by.name] : []));
    for (const { id, language, person } of readers) {
      const { email } = await this.vault.openPartys<Person>(personOf(id), person);
      const own = id === view.who.account;
      const facts = {
        ...{ language: chooseLanguage([language]), instance, what, own },
        name: view.who.name ?? view.who.account,
        ...{ askedAt: new Date(view.askedAt), until: new Date(view.endedAt ?? view.endsAt ?? view.askUntil) },
        vouchers: own ? [] : vouchers,
      };
      await this.outbox.enqueueEmergency(tx, {
        ...{ emergencyAccessId: view.id, partyCode, address: email, wantedFor: `emergency:${view.id}` },
        text: emergencyMail(facts, this.publicUrl),
      });
    }
  }
}
