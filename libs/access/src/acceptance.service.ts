import { newId, Problem, violatedUnique, type Tx, type UnitOfWork } from '#libs/runtime';
import { hashToken, type Vault } from '#libs/vault';
import { termsVersion, type InvitationFacts, type InviteFault, type Language } from '#libs/wording';
import { recordAccess } from './access-record.service.js';
import { AccountRow } from './account.entity.js';
import { InvitationRow } from './invitation.entity.js';
import { invitationState } from './invitation-view.js';
import type { Invitations } from './invitations.service.js';
import { passwordFault } from './password-rules.js';
import { hashPassword } from './passwords.service.js';
import { personOf, signInTokens } from './person.service.js';

/** What the bearer of an invitation's link is shown. */
export interface OpenInvitation {
  facts: InvitationFacts;
  email: string;
}

export interface AcceptanceInput {
  name: string;
  password: string;
  /** Whether the terms of use were accepted. */
  terms: boolean;
}

/** Making an account of an invitation, by whoever bears its link. Looking changes nothing. */
export class Acceptance {
  constructor(
    private readonly units: UnitOfWork,
    private readonly vault: Vault,
    private readonly invitations: Invitations,
  ) {}

  /** What a link offers; undefined when it offers nothing, whatever the reason. */
  async look(token: string, language: Language): Promise<OpenInvitation | undefined> {
    return this.presenting([hashToken(token)], async (tx) => {
      const row = await this.open(tx, token);
      if (!row) return undefined;
      const { email } = await this.invitations.invitee(row);
      return { email, facts: await this.invitations.facts(tx, row, language) };
    });
  }

  /** What is wrong with a form for this link; an empty list: nothing. */
  faults(input: AcceptanceInput, email: string): InviteFault[] {
    const password = passwordFault(input.password, email);
    return [
      ...(input.name === '' ? ['nameMissing' as const] : []),
      ...(password ? [password] : []),
      ...(input.terms ? [] : ['termsMissing' as const]),
    ];
  }

  /**
   * Opens the account for the address that the link was seen to offer. Answers `done`; `taken` when the address has an
   * account already; `unknown` when the link opens nothing (any more), or nothing for this address.
   */
  async accept(token: string, email: string, input: AcceptanceInput): Promise<'done' | 'taken' | 'unknown'> {
    if (this.faults(input, email).length > 0) throw new Problem('invalid-input', 'The form is not complete.');
    const tokens = await signInTokens(this.vault, email);
    const passwordHash = await hashPassword(input.password);
    try {
      return await this.presenting([hashToken(token), ...tokens], async (tx) => {
        await tx.query('SELECT 1 FROM invitations WHERE token_hash = $1 FOR UPDATE', [hashToken(token)]);
        const row = await this.open(tx, token);
        if (!row || (await this.invitations.invitee(row)).email !== email) return 'unknown';
        const known = await tx.query(
          'SELECT 1 FROM accounts WHERE sign_in_token = ANY ($1) AND deactivated_at IS NULL',
          [tokens],
        );
        if (known.length > 0) return 'taken';
        await this.make(tx, row, { name: input.name, email }, tokens[0] ?? '', passwordHash);
        return 'done';
      });
    } catch (error) {
      // Accepted twice at once, by two invitations to one address: the other one was first.
      if (violatedUnique(error) === undefined) throw error;
      return 'taken';
    }
  }

  private async make(
    tx: Tx,
    invitation: InvitationRow,
    person: { name: string; email: string },
    signInToken: string,
    passwordHash: string,
  ): Promise<void> {
    const id = newId();
    const at = await tx.now();
    const { partyCode, bodyId, role, language, traffic } = invitation;
    await tx.manager.insert(AccountRow, {
      ...{ id, partyCode, bodyId, role, language, traffic, signInToken, passwordHash },
      ...{ createdAt: at, deactivatedAt: null, erasedAt: null, termsVersion, termsAcceptedAt: at },
      person: this.vault.seal(await this.vault.partyKey(partyCode), personOf(id), person),
    });
    await tx.manager.update(InvitationRow, invitation.id, { acceptedAt: at, accountId: id });
    // By the bearer of a link, of whom nothing else is known yet.
    const about = invitation.id;
    await recordAccess(tx, { id, partyCode }, { act: 'account-made', assurance: 'none', at, about });
  }

  private async open(tx: Tx, token: string): Promise<InvitationRow | undefined> {
    const row = await tx.manager.findOneBy(InvitationRow, { tokenHash: hashToken(token) });
    return row && invitationState(row, await tx.now()) === 'open' ? row : undefined;
  }

  private async presenting<T>(secrets: readonly string[], work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.units.run(
      { actor: 'invitee', party: null, body: null, purpose: 'network', presented: secrets.join(',') },
      work,
    );
  }
}
