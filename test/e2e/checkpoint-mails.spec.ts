import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CheckpointSubscription } from '#libs/access';
import type { SignedCheckpoint } from '#libs/ledger';
import { runCli } from '../harness/cli.js';
import { Instance } from '../harness/instance.js';
import type { Officer } from '../harness/officer.js';
import type { CaughtMail } from '../harness/smtp-sink.js';
import { told } from '../harness/told.js';
import { waitUntil } from '../harness/waiting.js';

const path = '/ledger/checkpoint-subscription';
const email = 'records@xb.example';
const minute = 60_000;
const hour = 60 * minute;

describe('checkpoints by mail', () => {
  let instance: Instance;
  let administrator: Officer;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'aldis-checkpoint-mails-'));
    instance = await Instance.start({ worker: false });
    administrator = await instance.officer('administrator@xb.example');
  });
  afterAll(async () => {
    await instance.stop();
    rmSync(folder, { recursive: true });
  });

  const subscribes = async (every: string, to = email) => {
    const answer = await administrator.put(path, { email: to, every });
    if (answer.status !== 200) throw new Error(`subscribing answered ${answer.status}`);
    return answer.body as CheckpointSubscription;
  };
  const latest = async () =>
    (await instance.anyone.get('/api/v1/ledger/checkpoints/latest')).body as SignedCheckpoint;
  const number = async () => (await latest()).checkpoint?.number ?? 0;
  const numbersTo = (to: string) =>
    instance.sink.mailsTo(to).map(({ attachments }) => attachments.map(({ name }) => name).join());
  /** A worker that begins anew looks at once; it has done so when it has made a checkpoint and nothing is on its way. */
  const works = async () => {
    const before = await number();
    await instance.startWorker();
    await waitUntil('a checkpoint is made', async () => (await number()) > before);
    await instance.worker?.sweep();
    await waitUntil('all mails have left', async () => {
      const open = await instance.database.rows(`SELECT 1 FROM notices WHERE settled_at IS NULL`);
      return open.length === 0;
    });
    await instance.stopWorker();
    return number();
  };
  const worksAfter = async (milliseconds: number) => {
    await instance.forward(milliseconds);
    return works();
  };

  it('are ordered by an administrator for the party, and by nobody else', async () => {
    expect((await administrator.get(path)).status).toBe(404);
    expect(await subscribes('hour')).toMatchObject({ email, every: 'hour', sent: null });
    expect((await administrator.get(path)).body).toMatchObject({ email, every: 'hour', sent: null });
    for (const name of ['officer@xb', 'officer@xa', 'secretariat@network', 'auditor@network']) {
      const other = await instance.officer(`${name}.example`);
      const answers = [await other.get(path), await other.put(path, { email }), await other.delete(path)];
      expect([name, ...answers.map(({ status }) => status)]).toEqual([name, 403, 403, 403]);
    }
    const acts = await instance.database.rows(
      `SELECT e.act, e.party_code FROM access_events e JOIN checkpoint_subscriptions s ON s.id = e.about`,
    );
    expect(acts).toEqual([{ act: 'checkpoints-subscribed', party_code: 'XB' }]);
  });

  it('go to plain addresses of this world alone', async () => {
    for (const bad of [
      '',
      'x',
      'a@b@xb.example',
      'a@xb.example\r\nBcc: b@xb.example',
      'a@xb.test',
      '"a"@xb.example',
    ])
      expect([bad, told(await administrator.put(path, { email: bad }))]).toEqual([bad, ['#/email']]);
    expect(told(await administrator.put(path, { email, every: 'week' }))).toEqual(['#/every']);
    expect(told(await administrator.put(path, { email, party: 'XA' }))).toEqual(['#/party']);
    expect((await administrator.get(path)).body).toMatchObject({ email });
  });

  let mail: CaughtMail;

  it('arrive with a file that verifies from the command line', async () => {
    const sent = await works();
    mail = await instance.sink.mailTo(email);
    const [file] = mail.attachments;
    expect(file).toMatchObject({ name: `checkpoint-${sent}.json`, mediaType: 'application/json' });
    expect(JSON.parse(file?.content ?? '')).toEqual(await latest());
    expect((await administrator.get(path)).body).toMatchObject({ sent });
    const checkpoint = join(folder, file?.name ?? '');
    const key = join(folder, 'ledger-key.json');
    writeFileSync(checkpoint, file?.content ?? '');
    writeFileSync(key, (await instance.anyone.get('/api/v1/ledger/key')).text);
    const words = ['verify', 'ledger', '--checkpoint', checkpoint, '--key', key];
    const verify = () => runCli(words, { DATABASE_URL_LEDGER: instance.database.urls.ledger });
    expect(await verify()).toMatchObject({
      code: 0,
      output: expect.stringContaining('Nothing was changed') as string,
    });
    writeFileSync(checkpoint, (file?.content ?? '').replace(/[0-9a-f]{64}/, '0'.repeat(64)));
    expect((await verify()).code).toBe(1);
  });

  it('say that they are a sample, what they are for, and how to end them', () => {
    expect(mail.text).toContain('SAMPLE');
    const words = mail.text.replaceAll(/\s+/g, ' ');
    expect(words).toContain('only copies outside can show that the record was rewritten later');
    expect(words).toContain('npm run cli -- verify ledger --checkpoint');
    expect(mail.text).toContain(`/api/v1${path}`);
    expect(mail.subject).not.toMatch(/XB|records/);
  });

  it('come in their rhythm, each number once, and after a downtime the newest alone', async () => {
    const first = numbersTo(email);
    await worksAfter(6 * minute);
    expect(numbersTo(email)).toEqual(first);
    const second = await worksAfter(hour);
    expect(numbersTo(email)).toEqual([...first, `checkpoint-${second}.json`]);
    const third = await worksAfter(10 * hour);
    expect(numbersTo(email)).toEqual([...first, `checkpoint-${second}.json`, `checkpoint-${third}.json`]);
    await instance.startWorker();
    await instance.worker?.sweep();
    await instance.stopWorker();
    expect(numbersTo(email)).toHaveLength(3);
    expect(await subscribes('checkpoint')).toMatchObject({ every: 'checkpoint', sent: third });
    const fourth = await worksAfter(6 * minute);
    const fifth = await worksAfter(6 * minute);
    expect(numbersTo(email).slice(3)).toEqual([fourth, fifth].map((one) => `checkpoint-${one}.json`));
  });

  it('wait for a relay that is away, and then only the newest arrives', async () => {
    const before = numbersTo(email).length;
    await instance.sink.stop();
    await instance.forward(6 * minute);
    const made = await number();
    await instance.startWorker();
    const untilSent = (after: number) =>
      waitUntil(`one after ${after} is written`, async () => {
        const { sent } = (await administrator.get(path)).body as CheckpointSubscription;
        return sent !== null && sent > after ? sent : undefined;
      });
    const missed = await untilSent(made);
    await instance.stopWorker();
    await instance.forward(6 * minute);
    await instance.startWorker();
    const newest = await untilSent(missed);
    await instance.sink.start();
    await instance.forward(hour / 2);
    await waitUntil('it has arrived', () => numbersTo(email).includes(`checkpoint-${newest}.json`));
    await instance.stopWorker();
    expect(numbersTo(email).slice(before)).not.toContain(`checkpoint-${missed}.json`);
  });

  it('go to the new address once it is changed, and nowhere once they are ended', async () => {
    const other = 'archive@xb.example';
    // Half a day has passed, and with it the session.
    administrator = await instance.officer('administrator@xb.example');
    await subscribes('checkpoint', other);
    const before = numbersTo(email).length;
    await worksAfter(6 * minute);
    expect([numbersTo(email).length, numbersTo(other).length]).toEqual([before, 1]);
    expect([(await administrator.delete(path)).status, (await administrator.delete(path)).status]).toEqual([
      204, 204,
    ]);
    expect((await administrator.get(path)).status).toBe(404);
    await worksAfter(25 * hour);
    expect([numbersTo(email).length, numbersTo(other).length]).toEqual([before, 1]);
    const kept = await instance.database.rows('SELECT address, due_at FROM checkpoint_subscriptions');
    expect(kept).toEqual([{ address: null, due_at: null }]);
    const acts = await instance.database.rows<{ act: string }>(
      `SELECT act FROM access_events WHERE act = 'checkpoints-unsubscribed'`,
    );
    expect(acts).toHaveLength(1);
  });
});
