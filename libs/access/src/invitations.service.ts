import { randomBytes } from 'node:crypto';
import { isExampleAddress, isMailAddress, type Outbox } from '#libs/notifications';
import { BodyRow, type PartyQueries } from '#libs/parties';
import { newId, Problem, type Tx } from '#libs/runtime';
import { hashToken, isNothing, type Vault } from '#libs/vault';
import { chooseLanguage, invitationMail, type InvitationFacts, type Language } from '#libs/wording';
import type { AccessAct } from './access-acts.js';
import { recordBy } from './access-record.service.js';
import type { Caller } from './caller.js';
import { InvitationRow } from './invitation.entity.js';
import { invitationState, type InvitationView } from './invitation-view.js';
import { managedRoles, networkRoles, permits, type Role } from './permissions.js';
import type { Work } from './work.service.js';

/** How long an invitation can be used, in days; sending it again begins anew. */
const invitationDays = 7;

export const inviteeOf = (invitationId: string) => ({
  table: 'invitations',
  row: invitationId,
  field: 'person',
});

/** Whom to invite, to what. Of a party: to a body that there is, or one that this makes. */
export interface InvitationInput {
  email: string;
  role: Role;
  language: string;
  party?: string | undefined;
  body?: string | undefined;
  newBody?: { kind: BodyRow['kind']; names: Record<string, string> } | undefined;
}

/** What a view is made of. */
type Listed = Omit<InvitationView, 'email' | 'state' | 'createdAt' | 'expiresAt'> &
  Pick<InvitationRow, 'person' | 'createdAt' | 'expiresAt' | 'acceptedAt' | 'revokedAt'> & { now: Date };

const wantedFor = (id: string): string => `invitation:${id}`;
const fault = (pointer: string, detail: string) =>
  new Problem('invalid-input', 'Nobody can be invited so.', { errors: [{ pointer, detail }] });

/** A new token, its hash and when it ends. */
export function newInvitationToken(at: Date) {
  const token = randomBytes(32).toString('base64url');
  return {
    token,
    tokenHash: hashToken(token),
    expiresAt: new Date(at.getTime() + invitationDays * 86_400_000),
  };
}

/** Invitations as those handle them who may invite. Raises `forbidden` by role, `not-found` for what is others'. */
export class Invitations {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
    private readonly outbox: Outbox,
    private readonly parties: PartyQueries,
    private readonly publicUrl: string,
  ) {}

  /** Invites somebody and has the mail sent. Raises `invalid-input` with a pointer to what does not fit. */
  async invite(caller: Caller, input: InvitationInput): Promise<InvitationView> {
    if (!managedRoles(caller.role).includes(input.role))
      throw new Problem('forbidden', `The role "${caller.role}" invites nobody as "${input.role}".`);
    return this.work.change(caller, 'invite', async (tx) => {
      const { kind } = await this.parties.instance(tx);
      refuseAddress(input.email, kind);
      const partyCode = await this.partyOf(tx, caller, input);
      const bodyId = partyCode === null ? null : await this.bodyOf(tx, partyCode, input);
      const id = newId();
      const createdAt = await tx.now();
      const { token, ...secret } = newInvitationToken(createdAt);
      const row: InvitationRow = {
        ...{ id, partyCode, bodyId, role: input.role, language: input.language, createdAt, ...secret },
        ...{ traffic: 'actual', invitedBy: caller.actor, accountId: null, acceptedAt: null, revokedAt: null },
        person: this.vault.seal(await this.vault.partyKey(partyCode), inviteeOf(id), { email: input.email }),
      };
      await tx.manager.insert(InvitationRow, row);
      await this.send(tx, row, input.email, token);
      await recordBy(tx, caller, 'invited', id);
      return this.view(tx, id);
    });
  }

  /** Invitations that the caller answers for, newest first. */
  async list(caller: Caller): Promise<InvitationView[]> {
    if (!permits(caller.role, 'read-accounts'))
      throw new Problem('forbidden', `The role "${caller.role}" does not include "read-accounts".`);
    return this.work.read(caller, async (tx) => {
      return this.views(tx);
    });
  }

  /** Sends it again, with a new link for another while; the link before is over. */
  async resend(caller: Caller, id: string): Promise<InvitationView> {
    return this.changeOpen(caller, id, 'invited-again', async (tx, row) => {
      const { token, ...secret } = newInvitationToken(await tx.now());
      await this.outbox.cancel(tx, wantedFor(id));
      await tx.manager.update(InvitationRow, id, secret);
      const { email } = await this.invitee(row);
      await this.send(tx, { ...row, ...secret }, email, token);
    });
  }

  /** Takes it back: its link opens nothing any more. */
  async revoke(caller: Caller, id: string): Promise<InvitationView> {
    return this.changeOpen(caller, id, 'invitation-revoked', async (tx) => {
      await this.outbox.cancel(tx, wantedFor(id));
      await tx.manager.update(InvitationRow, id, { revokedAt: await tx.now() });
    });
  }

  /** What an invitation offers, in words of one language. */
  async facts(tx: Tx, row: InvitationRow, language: Language): Promise<InvitationFacts> {
    const instance = await this.parties.instance(tx);
    const network = await this.parties.network(tx);
    const party = row.partyCode === null ? undefined : await this.parties.one(tx, row.partyCode);
    const body = party?.bodies?.find(({ id }) => id === row.bodyId);
    const named = (names: Record<string, string>) =>
      names[language] ?? names.en ?? Object.values(names)[0] ?? '';
    return {
      ...{ language, instance: instance.kind, role: row.role, expiresAt: row.expiresAt },
      network: named(network.names),
      ...(party ? { state: named(party.names) } : {}),
      ...(body ? { body: named(body.names) } : {}),
    };
  }

  async invitee(row: Pick<InvitationRow, 'id' | 'person'>): Promise<{ email: string }> {
    return this.vault.openPartys(inviteeOf(row.id), row.person);
  }

  private async changeOpen(
    caller: Caller,
    id: string,
    act: AccessAct,
    change: (tx: Tx, row: InvitationRow) => Promise<void>,
  ): Promise<InvitationView> {
    if (managedRoles(caller.role).length === 0)
      throw new Problem('forbidden', `The role "${caller.role}" invites nobody.`);
    return this.work.change(caller, 'invite', async (tx) => {
      // Locked first: whoever accepts it at this moment goes before or after, not between.
      await tx.query('SELECT 1 FROM invitations WHERE id = $1 FOR UPDATE', [id]);
      const row = await tx.manager.findOneBy(InvitationRow, { id });
      if (!row) throw new Problem('not-found', 'There is no such invitation.');
      if (row.acceptedAt ?? row.revokedAt)
        throw new Problem(
          'conflict',
          `This invitation is ${row.acceptedAt ? 'accepted' : 'revoked'} already.`,
        );
      await change(tx, row);
      await recordBy(tx, caller, act, id);
      return this.view(tx, id);
    });
  }

  private async send(tx: Tx, row: InvitationRow, email: string, token: string): Promise<void> {
    const facts = await this.facts(tx, row, chooseLanguage([row.language]));
    await this.outbox.enqueueInvitation(tx, {
      ...{ invitationId: row.id, partyCode: row.partyCode, address: email, wantedFor: wantedFor(row.id) },
      text: invitationMail(facts, `${this.publicUrl}/invite/${token}`),
    });
  }

  private async partyOf(tx: Tx, caller: Caller, { role, party, body, newBody }: InvitationInput) {
    if (networkRoles.some((one) => one === role)) {
      if (party !== undefined) throw fault('#/party', 'belongs to no role of the network itself');
      if (body !== undefined || newBody) throw fault('#/body', 'belongs to no role of the network itself');
      return null;
    }
    const code = party ?? caller.party;
    if (code === null) throw fault('#/party', 'is needed for a role of a party');
    if (caller.party !== null && code !== caller.party)
      throw fault('#/party', `is not your party, which is ${caller.party}`);
    if (!(await this.parties.known(tx, [code])).has(code))
      throw fault('#/party', 'is no party of this network');
    return code;
  }

  private async bodyOf(tx: Tx, partyCode: string, { body, newBody }: InvitationInput): Promise<string> {
    if ((body === undefined) === (newBody === undefined))
      throw fault('#/body', 'is needed, or newBody in its place, and not both');
    if (newBody) {
      const id = newId();
      await tx.manager.insert(BodyRow, { id, partyCode, traffic: 'actual', ...newBody });
      return id;
    }
    const known = await tx.manager.findOneBy(BodyRow, { id: body ?? '', partyCode });
    if (!known || known.state === 'retired') throw fault('#/body', 'is no body of this party');
    return known.id;
  }

  private async view(tx: Tx, id: string): Promise<InvitationView> {
    const [view] = await this.views(tx, id);
    if (!view) throw new Problem('not-found', 'There is no such invitation.');
    return view;
  }

  /** Those that the walls show, or one of them, each with the state of its newest mail: one statement. */
  private async views(tx: Tx, id?: string): Promise<InvitationView[]> {
    const rows = await tx.query<Listed>(
      `SELECT i.id, i.person, i.role, i.party_code AS party, i.body_id AS body, i.language, i.account_id AS account,
         i.created_at AS "createdAt", i.expires_at AS "expiresAt", i.accepted_at AS "acceptedAt",
         i.revoked_at AS "revokedAt", app.now() AS now,
         (SELECT n.state FROM notices n WHERE n.invitation_id = i.id ORDER BY n.id DESC LIMIT 1) AS mail
       FROM invitations i WHERE $1::uuid IS NULL OR i.id = $1 ORDER BY i.id DESC LIMIT 500`,
      [id ?? null],
    );
    const views = rows.map(async ({ person, acceptedAt, revokedAt, createdAt, expiresAt, now, ...row }) => ({
      ...row,
      email: isNothing(person) ? null : (await this.invitee({ id: row.id, person })).email,
      state: invitationState({ acceptedAt, revokedAt, expiresAt }, now),
      createdAt: createdAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
    }));
    return Promise.all(views);
  }
}

/** Raises when nobody can be written to there. Real people get no sample accounts, and samples no real ones. */
export function refuseAddress(email: string, instance: 'sample' | 'real'): void {
  const detail = addressFault(email, instance);
  if (detail) throw fault('#/email', detail);
}

/** Why no mail can be sent to an address by this instance; undefined: it can. */
export function addressFault(email: string, instance: 'sample' | 'real'): string | undefined {
  if (!isMailAddress(email)) return 'must be a plain mail address';
  if (isExampleAddress(email) === (instance === 'sample')) return undefined;
  return instance === 'sample' ? 'must end in .example in a sample world' : 'must not end in .example';
}
