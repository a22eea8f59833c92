import { Problem } from '#libs/runtime';
import { MoreThan, Not } from 'typeorm';
import { SessionRow } from './account.entity.js';
import type { Caller } from './caller.js';
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

  /** The caller's sessions that are not over, newest first. */
  async list(caller: Caller): Promise<SessionView[]> {
    return this.work.read(caller, async (tx) => {
      const rows = await tx.manager.find(SessionRow, {
        where: { accountId: caller.actor, expiresAt: MoreThan(await tx.now()) },
        order: { createdAt: 'DESC', id: 'DESC' },
      });
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
      const { affected } = await tx.manager.delete(SessionRow, { id, accountId: caller.actor });
      if (affected === 0) throw new Problem('not-found', 'You have no such session.');
    });
  }

  /** Ends all of the caller's sessions but the one that asks. */
  async endOthers(caller: Caller): Promise<void> {
    await this.work.change(caller, 'sign-out', (tx) =>
      tx.manager.delete(SessionRow, { accountId: caller.actor, id: Not(caller.session?.id ?? '') }),
    );
  }
}
