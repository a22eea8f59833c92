import type { DataSource } from 'typeorm';
import {
  AckLinks,
  Deliveries,
  type MailOutcome,
  type NoticeOutcome,
  type NoticeOwner,
  type OutgoingMail,
} from '#libs/notifications';
import { entities } from '#libs/requests';
import { createDatabase, createLogger, environment, UnitOfWork, type Tx } from '#libs/runtime';
import { LocalKeys, Vault } from '#libs/vault';
import { attemptsOf } from '../harness/copies.js';
import { Instance } from '../harness/instance.js';
import type { Officer } from '../harness/officer.js';
import { pastSending } from '../harness/quiet.js';

const accepted: MailOutcome = { outcome: 'accepted', replyCode: 250 };

/** A gate that what is under way waits at, and that tells when somebody has come to it. */
function gate() {
  const reached = Promise.withResolvers<void>();
  const opened = Promise.withResolvers<void>();
  return {
    reached: reached.promise,
    open: opened.resolve,
    pass: async () => {
      reached.resolve();
      await opened.promise;
    },
  };
}

describe('the fence before a mail leaves', () => {
  let instance: Instance;
  let requester: Officer;
  let database: DataSource;
  let sent: OutgoingMail[];
  let outcomes: NoticeOutcome[];

  beforeAll(async () => {
    instance = await Instance.start({ worker: false });
    requester = await instance.officer('officer@xa.example');
    const { DATABASE_URL_WORKER: url } = environment.worker(instance.env);
    database = createDatabase({ url, application: 'aldis-fence', entities });
    await database.initialize();
  });
  beforeEach(() => {
    [sent, outcomes] = [[], []];
  });
  afterAll(async () => {
    await database.destroy();
    await instance.stop();
  });

  /** A worker's way of delivering, whose far end is `answer`; and which may be held up before its fence. */
  const deliveries = (
    answer: () => Promise<MailOutcome> = async () => accepted,
    beforeFence = async () => {},
  ) => {
    const vault = new Vault(LocalKeys.fromEnvironment(environment.worker(instance.env)));
    class HeldUpLinks extends AckLinks {
      override async credentials(noticeId: string, keyId: string) {
        await beforeFence();
        return super.credentials(noticeId, keyId);
      }
    }
    const channel = {
      send: async (mail: OutgoingMail) => {
        sent.push(mail);
        return answer();
      },
    };
    const logger = createLogger('fence', 'silent');
    return new Deliveries(
      new UnitOfWork(database),
      vault,
      new HeldUpLinks(vault),
      { mail: channel, endpoint: { send: answer } },
      instance.url,
      logger,
    );
  };
  const unseen = { observe: () => Promise.resolve() };
  const keep: NoticeOwner = {
    lock: () => Promise.resolve(),
    settle: async (_tx, outcome) => void outcomes.push(outcome),
  };

  const filed = async () => {
    const { id } = await requester.files();
    const find = async () => {
      const [one] = (await requester.deliveries(id)).filter(({ kind }) => kind === 'request');
      if (!one) throw new Error('the request tells nobody');
      return one;
    };
    return { id, notice: (await find()).notice, find };
  };

  it('lets one of many through that were told the same', async () => {
    const { notice, find } = await filed();
    const job = { id: notice, attempt: 1 };
    const one = deliveries();
    const workers = [one, deliveries(), deliveries()].flatMap((worker) =>
      Array.from({ length: 5 }, () => worker),
    );
    await Promise.all(workers.map((worker) => worker.deliver(job, keep, unseen)));
    await one.deliver(job, keep, unseen);
    await one.deliver({ id: notice, attempt: 2 }, keep, unseen);
    expect(sent.map(({ id }) => id)).toEqual([notice]);
    expect(outcomes).toMatchObject([{ noticeId: notice, state: 'accepted' }]);
    expect([(await find()).state, attemptsOf(await find())]).toEqual(['accepted', [[1, 'accepted']]]);
  });

  it('stops what was withdrawn after it was claimed', async () => {
    const { id, notice, find } = await filed();
    const held = gate();
    const delivering = deliveries(undefined, held.pass).deliver({ id: notice, attempt: 1 }, keep, unseen);
    await held.reached;
    expect((await find()).state).toBe('leased');
    expect((await requester.acts(id, { act: 'withdraw' })).status).toBe(200);
    held.open();
    await delivering;
    expect([sent, outcomes]).toEqual([[], []]);
    expect([(await find()).state, attemptsOf(await find())]).toEqual(['cancelled', []]);
  });

  it('records a refusal also where nothing can be learnt from it', async () => {
    const { notice, find } = await filed();
    const refusal = (): Promise<MailOutcome> =>
      Promise.resolve({ outcome: 'permanent', replyCode: 550, mailboxRefused: true });
    const blind = { observe: async (tx: Tx) => void (await tx.query('SELECT 1 / 0')) };
    await deliveries(refusal).deliver({ id: notice, attempt: 1 }, keep, blind);
    expect(outcomes).toMatchObject([{ noticeId: notice, state: 'failed' }]);
    expect((await find()).state).toBe('failed');
    expect((await deliveries().due(200, 5)).jobs.map(({ id }) => id)).not.toContain(notice);
  });

  it('a late answer changes nothing once another attempt has been made', async () => {
    const { notice, find } = await filed();
    const held = gate();
    const refusal = async (): Promise<MailOutcome> => {
      await held.pass();
      return { outcome: 'permanent', replyCode: 550 };
    };
    const delivering = deliveries(refusal).deliver({ id: notice, attempt: 1 }, keep, unseen);
    await held.reached;
    await instance.forward(pastSending);
    const { jobs } = await deliveries().due(200, 5);
    expect(jobs).toContainEqual({ id: notice, attempt: 2 });
    await deliveries().deliver({ id: notice, attempt: 2 }, keep, unseen);
    held.open();
    await delivering;
    expect(sent.map(({ id }) => id)).toEqual([notice, notice]);
    expect(outcomes.map(({ state }) => state)).toEqual(['accepted']);
    expect((await find()).state).toBe('accepted');
    expect((await find()).attempts.map(({ number, replyCode }) => [number, replyCode])).toEqual([
      [1, 550],
      [2, 250],
    ]);
  });

  it('a late answer counts while nobody has tried again', async () => {
    const { notice, find } = await filed();
    const held = gate();
    const slow = async (): Promise<MailOutcome> => {
      await held.pass();
      return accepted;
    };
    const delivering = deliveries(slow).deliver({ id: notice, attempt: 1 }, keep, unseen);
    await held.reached;
    await instance.forward(pastSending);
    await deliveries().due(200, 5);
    expect([(await find()).state, attemptsOf(await find())]).toEqual(['unknown', [[1, 'unknown']]]);
    held.open();
    await delivering;
    expect([(await find()).state, attemptsOf(await find())]).toEqual(['accepted', [[1, 'accepted']]]);
    await deliveries().deliver({ id: notice, attempt: 2 }, keep, unseen);
    expect(sent).toHaveLength(1);
  });
});
