import { Problem, type Tx } from '#libs/runtime';
import { recordBy } from './access-record.service.js';
import { SessionRow } from './account.entity.js';
import type { Caller } from './caller.js';
import { sessionLives } from './session-life.js';
import type { Factor, SessionStage } from './step-up.js';
import type { Work } from './work.service.js';

/** A session as its own bearer sees it. */
export interface SessionView {
  id: string;
  /** Whether it is the one that asks. */
  current: boolean;
  stage: SessionStage;
  factor: Factor | null;
  createdAt: string;
  seenAt: string;
  expiresAt: string;
}

/** An account's sessions, as its bearer looks them through. */
export class OwnSessions {
  constructor(private readonly work: Work) {}

  /** The caller's sessions that are not over, nor idle for too long; newest first. */
  async list(caller: Caller): Promise<SessionView[]> {
    return this.work.read(caller, async (tx) => {
      const rows = await tx.manager
        .createQueryBuilder(SessionRow, 's')
        .where('s.account_id = :accountId', { accountId: caller.actor })
        .andWhere(sessionLives('s'))
        .orderBy({ 's.createdAt': 'DESC', 's.id': 'DESC' })
        .getMany();
      return rows.map(({ id, stage, factor, createdAt, seenAt, expiresAt }) => ({
        ...{ id, stage, factor, current: id === caller.session?.id },
        ...{
          createdAt: createdAt.toISOString(),
          seenAt: seenAt.toISOString(),
          expiresAt: expiresAt.toISOString(),
        },
      }));
    });
  }

  /** Ends one of the caller's sessions. Raises `not-found` for what is not theirs. */
  async end(caller: Caller, id: string): Promise<void> {
    await this.work.change(caller, 'sign-out', async (tx) => {
      if ((await this.endAll(tx, caller, 'id = $2', id)) === 0)
        throw new Problem('not-found', 'You have no such session.');
    });
  }

  /** Ends all of the caller's sessions but the one that asks. */
  async endOthers(caller: Caller): Promise<void> {
    await this.work.change(caller, 'sign-out', async (tx) => {
      await this.endAll(tx, caller, 'id <> $2', caller.session?.id ?? null);
    });
  }

  /** Ends them, puts those on the record that were whole and not over, and answers how many there were. */
  private async endAll(tx: Tx, caller: Caller, which: string, id: string | null): Promise<number> {
    const ended = await tx.query<{ id: string; alive: boolean }>(
      `DELETE FROM sessions WHERE account_id = $1 AND ${which}
       RETURNING id, stage = 'full' AND expires_at > app.now() AS alive`,
      [caller.actor, id],
    );
    for (const session of ended) if (session.alive) await recordBy(tx, caller, 'sign-out', session.id);
    return ended.length;
  }
}
