import { Redis } from 'ioredis';
import { samplePassword } from '#libs/directory';
import { AckLink } from '../harness/ack-link.js';
import { ChildProcess } from '../harness/child-process.js';
import { Instance } from '../harness/instance.js';
import { Officer } from '../harness/officer.js';
import { filesOf, found, type Place } from '../harness/search.js';
import { backEnds } from '../harness/settings.js';
import { freePort, waitUntil } from '../harness/waiting.js';

describe('the search for a text', () => {
  it.each([
    ['as it is', (text: string) => Buffer.from(text)],
    ['in UTF-16', (text: string) => Buffer.from(text, 'utf16le')],
    ['in UTF-16, the other way round', (text: string) => Buffer.from(text, 'utf16le').swap16()],
    ['in base64', (text: string) => Buffer.from(Buffer.from(`{"a":"${text}"}`).toString('base64'))],
    [
      'in base64, a byte later',
      (text: string) => Buffer.from(Buffer.from(`{"ab":"${text}"}`).toString('base64')),
    ],
    [
      'in base64, two bytes later',
      (text: string) => Buffer.from(Buffer.from(`{"abc":"${text}"}`).toString('base64')),
    ],
    ['in hexadecimal', (text: string) => Buffer.from(Buffer.from(text).toString('hex'))],
  ])('finds it %s', (_, disguise) => {
    const secret = { it: 'Wörter, die niemand findet' };
    const noise = Buffer.from('noise before and after');
    expect(found(secret, Buffer.concat([noise, disguise(secret.it), noise]))).toEqual(['it']);
    expect(found(secret, noise)).toEqual([]);
  });
});

describe.each(backEnds)('what people write, with the queue on %s', (queue) => {
  let instance: Instance;
  let api: ChildProcess;
  let worker: ChildProcess;
  let monitor: Redis | undefined;
  const commands: string[] = [];
  const kept: Place[] = [];
  const references: string[] = [];
  const secrets: Record<string, string> = {
    password: samplePassword,
    'an address that signs in': 'officer@xa.example',
    'an address that is told': 'cert@xb.example',
    'an address that is refused': 'cert-alternate@xb.example',
    'an address that is given a copy': 'diplomatic@xa.example',
    'a name in an account': 'Officer of CERT XA',
    'a text that was refused': 'Daisies that were refused',
    'a text that is no JSON': 'Thistledown is no JSON',
    'a field that is none': 'Periwinkle-is-no-field',
    'a name that acknowledges': 'Ottoline Quicksilver',
  };

  beforeAll(async () => {
    instance = await Instance.start({ queue, worker: false });
    instance.sink.script('cert-alternate@xb.example', { does: 'refuse-recipient' });
    await listen();
    const env = { ...instance.env, PORT: String(await freePort()), LOG_LEVEL: 'debug' };
    api = await ChildProcess.start('api', env);
    const url = `http://localhost:${env.PORT}`;
    const officer = await Officer.signIn(url, 'officer@xa.example', samplePassword);
    for (const tlp of ['RED', 'CLEAR']) await plant(officer, tlp);
    await refused(officer);
    await keepNow('waiting');
    worker = await ChildProcess.start('worker', env);
    for (const reference of references) await acknowledge(reference);
    const open = () => instance.database.rows(`SELECT 1 FROM notices WHERE settled_at IS NULL`);
    await waitUntil('all is settled', async () => (await open()).length === 0);
    await keepNow('done');
    for (const process of [worker, api]) process.kill('SIGTERM');
    for (const process of [worker, api]) await process.end();
  });
  afterAll(async () => {
    monitor?.disconnect();
    for (const process of [worker, api]) await process.stop();
    await instance.stop();
  });

  /** Takes down each command that Redis is given: nothing else gets into its memory or files. */
  const listen = async () => {
    if (!instance.redis) return;
    const client = new Redis(instance.redis.url);
    monitor = await client.monitor();
    client.disconnect();
    monitor.on('monitor', (_time: string, command: string[]) => commands.push(command.join(' ')));
  };
  const keepNow = async (when: string) => {
    if (instance.redis)
      kept.push({ name: `the queue, ${when}`, bytes: Buffer.from(await instance.redis.dump()) });
  };

  const plant = async (officer: Officer, tlp: string) => {
    const sentence = { text: `Marmalade asks under ${tlp} for help.`, language: 'en' };
    const text = {
      text: `First line of Tourmaline under ${tlp}.\nSecond line of Tourmaline.`,
      language: 'en',
    };
    const draft = await officer.files({
      tlp,
      text,
      sentence: { text: `Saffron drafts under ${tlp}.`, language: 'en' },
      draft: true,
    });
    const { reference } = await officer.files({ tlp, sentence, text });
    await officer.acts(draft.id, {
      act: 'save',
      request: { to: ['XC'], sentence: { text: `Indigo is saved under ${tlp}.`, language: 'en' } },
    });
    references.push(reference);
    Object.assign(secrets, {
      [`the sentence under ${tlp}`]: sentence.text,
      [`the text under ${tlp}`]: `of Tourmaline under ${tlp}`,
      [`a draft under ${tlp}`]: `Saffron drafts under ${tlp}.`,
      [`a draft changed under ${tlp}`]: `Indigo is saved under ${tlp}.`,
    });
  };

  /** Calls that fail, each with something in it that must not be kept for that. */
  const refused = async (officer: Officer) => {
    const text = secrets['a text that was refused'];
    expect(
      (
        await officer.post('/requests', {
          to: ['ZZ'],
          urgency: 'U1',
          tlp: 'RED',
          sentence: { text, language: 'en' },
        })
      ).status,
    ).toBe(400);
    expect((await officer.post('/requests', { [secrets['a field that is none'] ?? '']: true })).status).toBe(
      400,
    );
    const broken = officer.post('/requests').type('json').send(`{"${secrets['a text that is no JSON']}`);
    expect((await broken).status).toBe(400);
    expect((await officer.get(`/requests?party=${encodeURIComponent(text ?? '')}`)).status).toBe(400);
  };

  const acknowledge = async (reference: string) => {
    const mail = await waitUntil(`a mail about ${reference}`, () =>
      instance.sink.mailsTo('cert@xb.example').find(({ subject }) => subject.includes(reference)),
    );
    const link = AckLink.in(mail);
    secrets[`the link about ${reference}`] = link.path.replace('/ack/', '');
    expect((await link.open()).status).toBe(200);
    expect((await link.submit(secrets['a name that acknowledges'] ?? '', '000000')).status).toBe(422);
    expect((await link.submit(secrets['a name that acknowledges'] ?? '')).status).toBe(200);
  };

  const leaks = (places: Place[]) =>
    places.flatMap(({ name, bytes }) => found(secrets, bytes).map((secret) => `${secret} in ${name}`));

  it('is not in the files of the database, nor in the log of its changes', async () => {
    const files = await filesOf(instance.database);
    const holds = (text: string) => files.filter(({ bytes }) => bytes.includes(text)).length;
    // What is in clear is found, so the search is one.
    for (const reference of references) expect(holds(reference)).toBeGreaterThanOrEqual(2);
    expect(leaks(files)).toEqual([]);
  });

  it('is not in the queue, at any time', async () => {
    const jobs = await instance.database.rows<{ row: string }>(`SELECT t::text AS row FROM bullmq.job t`);
    const rows = {
      name: 'the queue in the database',
      bytes: Buffer.from(jobs.map(({ row }) => row).join('\n')),
    };
    const [notice] = await instance.database.rows<{ id: string }>('SELECT id FROM notices LIMIT 1');
    const all = Buffer.from(commands.join('\n'));
    expect(all.includes(notice?.id ?? '')).toBe(queue === 'redis');
    expect(leaks([...kept, { name: 'what Redis was given', bytes: all }, rows])).toEqual([]);
  });

  it('is not in the logs, however much they tell', () => {
    const logs = { api: api.output, worker: worker.output };
    expect(logs.api).toContain('"route":"/api/v1/requests"');
    expect(logs.api).toContain('"route":"/ack/:token"');
    expect(logs.worker).toContain('"outcome":"permanent"');
    expect(leaks(Object.entries(logs).map(([name, text]) => ({ name, bytes: Buffer.from(text) })))).toEqual(
      [],
    );
  });

  it('is sealed in the answers that are kept for a repeat', async () => {
    const answers = await instance.database.rows<{ answer: object; row: string }>(
      'SELECT answer, t::text AS row FROM idempotent_answers t',
    );
    expect(answers.length).toBeGreaterThanOrEqual(6);
    for (const { answer } of answers)
      expect(Object.keys(answer).sort()).toEqual(['alg', 'ciphertext', 'key_id']);
    expect(leaks(answers.map(({ row }) => ({ name: 'an answer', bytes: Buffer.from(row) })))).toEqual([]);
  });
});
