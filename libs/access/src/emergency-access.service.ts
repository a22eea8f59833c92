import { newId, Problem, type Tx } from '#libs/runtime';
import type { Vault } from '#libs/vault';
import { readCode } from '#libs/wording';
import { recordAccess } from './access-record.service.js';
import { AccountRow } from './account.entity.js';
import type { Caller } from './caller.js';
import { askMinutes, asksADay, vouchers, waitMinutes, type EmergencyView } from './emergency.js';
import { reasonOf, type EmergencyQueries } from './emergency-access.queries.js';
import type { EmergencyMails } from './emergency-mails.service.js';
import type { Grant, Opened, Sessions } from './sessions.service.js';
import { demandFresh } from './step-up.js';
import type { Throttle } from './throttle.service.js';
import type { Work } from './work.service.js';

const minute = 60_000;

/**
 * Emergency access: who has lost every second factor is let in for four hours when two others of the same party vouch.
 * The database decides it (migration of emergency access); what is refused here is refused there too, in fewer words.
 */
export class EmergencyAccess {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
    private readonly queries: EmergencyQueries,
    private readonly mails: EmergencyMails,
    private readonly sessions: Sessions,
    private readonly throttle: Throttle,
  ) {}

  /**
   * Asks, from a session that waits for its second factor; that session waits longer. Raises `conflict` when an ask
   * stands already, `too-many-tries` after too many in a day, `forbidden` for accounts of no party.
   */
  async ask(caller: Caller, reason: NonNullable<EmergencyView['reason']>): Promise<EmergencyView> {
    if (caller.session?.stage !== 'second-factor')
      throw new Problem('conflict', 'You are signed in already. Nobody needs to let you in.');
    const { actor: accountId, party: partyCode, session } = caller;
    if (partyCode === null)
      throw new Problem('forbidden', 'The staff of the network is invited anew by a directory manager.');
    return this.work.change(caller, 'emergency', async (tx) => {
      // Two asks at once go one after the other.
      await tx.query('SELECT 1 FROM accounts WHERE id = $1 FOR NO KEY UPDATE', [accountId]);
      const at = await tx.now();
      await this.refuseRepeats(tx, accountId, at);
      const id = newId();
      const sealed = this.vault.seal(await this.vault.partyKey(partyCode), reasonOf(id), reason);
      const until = new Date(at.getTime() + askMinutes * minute);
      await tx.query(
        `INSERT INTO emergency_access (id, account_id, party_code, traffic, session_id, reason, asked_at, ask_until)
         VALUES ($1, $2, $3, 'actual', $4, $5, $6, $7)`,
        [id, accountId, partyCode, session.id, sealed, at, until],
      );
      await tx.query('UPDATE sessions SET expires_at = $2 WHERE id = $1', [
        session.id,
        new Date(at.getTime() + waitMinutes * minute),
      ]);
      // With the password alone it is not known who asks.
      await this.record(tx, { ...caller, assurance: 'none' }, 'emergency-asked', id);
      const view = await this.one(tx, caller, id);
      await this.mails.tell(tx, partyCode, 'asked', view);
      return view;
    });
  }

  /** Those of the party, newest first; who waits is shown their own. */
  async list(caller: Caller): Promise<EmergencyView[]> {
    const account = isWhole(caller) ? {} : { account: caller.actor };
    return this.work.read(caller, (tx) => this.queries.find(tx, account, shownTo(caller)));
  }

  /**
   * Vouches, with the code that the person has read out. Raises `step-up-needed`, `not-found`, `conflict` when it
   * is not asked any more or was vouched for already, `forbidden` for who cannot vouch, `invalid-input` for the code,
   * `too-many-tries`.
   */
  async approve(caller: Caller, id: string, code: string): Promise<EmergencyView> {
    return this.throttle.around({ factor: `vouch:${id}:${caller.actor}` }, () =>
      this.vouch(caller, id, code),
    );
  }

  private async vouch(caller: Caller, id: string, code: string): Promise<EmergencyView> {
    return this.work.change(caller, 'emergency', async (tx) => {
      demandFresh(caller, 'vouch-for-emergency', await tx.now());
      const asked = await this.locked(tx, caller, id);
      await this.refuseVouching(tx, caller, asked);
      if (!(await this.queries.codes(id)).includes(readCode(code)))
        throw new Problem('invalid-input', 'This is not the code that the waiting person sees.', {
          errors: [{ pointer: '#/code', detail: 'must be what the person reads out to you' }],
        });
      await tx.query(
        `INSERT INTO emergency_approvals (emergency_access_id, account_id, party_code, traffic, approved_at)
         VALUES ($1, $2, $3, 'actual', app.now())`,
        [id, caller.actor, caller.party],
      );
      await this.record(tx, caller, 'emergency-approved', id);
      const view = await this.one(tx, caller, id);
      if (view.state === 'granted') await this.mails.tell(tx, caller.party ?? '', 'granted', view);
      return view;
    });
  }

  /** Makes the session that waits a whole one, until the four hours are over. Raises `not-found`, `conflict`. */
  async enter(caller: Caller, id: string): Promise<Opened> {
    return this.sessions.letIn(caller, async (tx) => {
      const [begun] = await tx.query<Grant>(
        `UPDATE emergency_access SET begun_at = app.now()
         WHERE id = $1 AND account_id = $2 AND session_id = $3 AND begun_at IS NULL AND ended_at IS NULL
           AND ends_at > app.now() RETURNING id, ends_at AS "endsAt"`,
        [id, caller.actor, caller.session?.id ?? null],
      );
      if (begun) return begun;
      const found = await this.one(tx, caller, id);
      if (found.who.account !== caller.actor) throw unknown();
      throw new Problem('conflict', whyNot(found));
    });
  }

  /**
   * Refuses or ends it at once, with every session of the account that was opened since it was begun: anyone of the
   * party, or who asked. Alike when repeated.
   */
  async end(caller: Caller, id: string): Promise<EmergencyView> {
    return this.work.change(caller, 'emergency', async (tx) => {
      const view = await this.locked(tx, caller, id);
      if (!isWhole(caller) && view.who.account !== caller.actor) throw unknown();
      if (view.state === 'refused' || view.state === 'over') return view;
      await tx.query('UPDATE emergency_access SET ended_at = app.now(), ended_by = $2 WHERE id = $1', [
        id,
        caller.actor,
      ]);
      // To the millisecond, as sessions are dated.
      await tx.query(
        `DELETE FROM sessions s USING emergency_access e WHERE e.id = $1 AND s.account_id = e.account_id
           AND (s.factor = 'emergency' OR s.created_at >= date_trunc('milliseconds', e.begun_at))`,
        [id],
      );
      const act = view.state === 'asked' ? 'emergency-refused' : 'emergency-ended';
      await this.record(tx, isWhole(caller) ? caller : { ...caller, assurance: 'none' }, act, id);
      const ended = await this.one(tx, caller, id);
      if (ended.factorSetUpAt) await this.mails.tell(tx, caller.party ?? '', 'ended', ended);
      return ended;
    });
  }

  private async refuseRepeats(tx: Tx, accountId: string, at: Date): Promise<void> {
    const rows = await tx.query<{ standing: boolean; askedAt: Date }>(
      `SELECT ended_at IS NULL AND coalesce(ends_at, ask_until) > app.now() AS standing, asked_at AS "askedAt"
       FROM emergency_access WHERE account_id = $1 AND (asked_at > app.now() - interval '1 day')
       ORDER BY asked_at`,
      [accountId],
    );
    if (rows.some(({ standing }) => standing))
      throw new Problem(
        'conflict',
        'Emergency access is asked for or granted already. If that was not you, end it, and say so by telephone.',
      );
    const [first] = rows.slice(-asksADay);
    if (first && rows.length >= asksADay)
      throw new Problem('too-many-tries', 'Emergency access was asked for too often today.', {
        retryAfter: Math.ceil((first.askedAt.getTime() - at.getTime()) / 1_000) + 86_400,
      });
  }

  private async refuseVouching(tx: Tx, caller: Caller, asked: EmergencyView): Promise<void> {
    if (asked.who.account === caller.actor)
      throw new Problem('forbidden', 'Nobody vouches for themself: two others of your State do.');
    if (asked.state !== 'asked') throw new Problem('conflict', whyNot(asked));
    if (asked.approvals.some(({ by }) => by?.account === caller.actor))
      throw new Problem('conflict', `You have vouched already. It takes ${vouchers} different people.`);
    const voucher = await tx.manager.findOneByOrFail(AccountRow, { id: caller.actor });
    if (voucher.createdAt.toISOString() >= asked.askedAt)
      throw new Problem('forbidden', 'Your account is newer than this ask: somebody else has to vouch.');
    const running = await tx.query(
      'SELECT 1 FROM emergency_access WHERE account_id = $1 AND ended_at IS NULL AND ends_at > app.now()',
      [caller.actor],
    );
    if (running.length > 0)
      throw new Problem('forbidden', 'You have emergency access yourself: somebody else has to vouch.');
  }

  private async locked(tx: Tx, caller: Caller, id: string): Promise<EmergencyView> {
    await tx.query('SELECT 1 FROM emergency_access WHERE id = $1 FOR NO KEY UPDATE', [id]);
    return this.one(tx, caller, id);
  }

  private async one(tx: Tx, caller: Caller, id: string): Promise<EmergencyView> {
    const [view] = await this.queries.find(tx, { id }, shownTo(caller));
    if (!view) throw unknown();
    return view;
  }

  private async record(
    tx: Tx,
    {
      actor,
      party,
      assurance,
    }: Pick<Caller, 'actor' | 'party'> & { assurance: Caller['assurance'] | 'none' },
    act: 'emergency-asked' | 'emergency-approved' | 'emergency-refused' | 'emergency-ended',
    about: string,
  ): Promise<void> {
    await recordAccess(tx, { id: actor, partyCode: party }, { act, assurance, at: await tx.now(), about });
  }
}

const unknown = () => new Problem('not-found', 'There is no such emergency access.');
const isWhole = (caller: Caller): boolean => caller.session?.stage === 'full';
const shownTo = (caller: Caller) => ({ whole: isWhole(caller), session: caller.session?.id });

/** Why it is not to be vouched for, or lets nobody in. */
function whyNot({ state, begunAt, approvals }: EmergencyView): string {
  if (state === 'refused') return 'This emergency access was refused.';
  if (state === 'over') return 'This emergency access is over.';
  if (state === 'asked') return `So far ${approvals.length} of ${vouchers} have vouched.`;
  return begunAt
    ? 'This emergency access lets nobody in a second time.'
    : 'This emergency access is granted, to the session that asked for it.';
}
