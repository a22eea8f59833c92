import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SessionView } from '#libs/access';
import { samplePassword } from '#libs/directory';
import { Instance } from '../harness/instance.js';
import { settings } from '../harness/settings.js';
import { TestDatabase } from '../harness/test-database.js';

describe('signing in and out', () => {
  let instance: Instance;
  beforeAll(async () => {
    instance = await Instance.start({ worker: false });
  });
  afterAll(() => instance.stop());

  const signIn = (email: string, password: string, key?: string) => {
    const call = instance.anyone.post('/api/v1/sessions').send({ email, password });
    return key ? call.set('Idempotency-Key', key) : call;
  };

  it('answers what is next and sets a cookie that scripts cannot read and other sites cannot send', async () => {
    const answer = await signIn('Officer@XA.example', samplePassword);
    expect([answer.status, (answer.body as { next: string }).next]).toEqual([201, 'signed-in']);
    expect(answer.get('Set-Cookie')?.[0]).toMatch(
      /^__Host-aldis=[\w-]{43}; Path=\/; .*HttpOnly; Secure; SameSite=Strict$/,
    );
  });

  it('tells nobody whether it was the address or the password', async () => {
    const wrong = await signIn('officer@xa.example', 'sample-world-2027');
    const unknown = await signIn('nobody@xa.example', samplePassword);
    expect(wrong.status).toBe(401);
    expect([unknown.status, unknown.body]).toEqual([wrong.status, wrong.body]);
  });

  it('answers a repeated sign-in with the same session, and refuses the key with another password', async () => {
    const [first, second] = [
      await signIn('officer@xa.example', samplePassword, 'sign-in-1'),
      await signIn('officer@xa.example', samplePassword, 'sign-in-1'),
    ];
    expect(second.get('Set-Cookie')).toEqual(first.get('Set-Cookie'));
    expect((await signIn('officer@xa.example', 'other', 'sign-in-1')).status).toBe(401);
  });

  it('ends a session on signing out, alike when repeated, and without touching others', async () => {
    const officer = await instance.officer('officer@xa.example');
    const other = await instance.officer('officer@xa.example');
    expect((await officer.get('/me')).body).toMatchObject({
      party: 'XA',
      role: 'officer',
      instance: 'sample',
    });
    expect((await officer.delete('/sessions/current')).status).toBe(204);
    expect((await officer.delete('/sessions/current')).status).toBe(204);
    expect((await officer.get('/me')).status).toBe(401);
    expect((await other.get('/me')).status).toBe(200);
  });

  it('answers a repeated sign-in with a new session when the first is over', async () => {
    const first = await signIn('duty@xb.example', samplePassword, 'sign-in-2');
    const [cookie = ''] = first.get('Set-Cookie') ?? [];
    await instance.anyone.delete('/api/v1/sessions/current').set('Cookie', cookie.split(';')[0] ?? '');
    const [again = ''] =
      (await signIn('duty@xb.example', samplePassword, 'sign-in-2')).get('Set-Cookie') ?? [];
    const me = await instance.anyone.get('/api/v1/me').set('Cookie', again.split(';')[0] ?? '');
    expect([me.status, again === cookie]).toEqual([200, false]);
  });

  it('ends a session after twelve hours, however busy it is', async () => {
    const officer = await instance.officer('officer@xb.example');
    await instance.forward(11 * 3_600_000);
    expect((await officer.get('/me')).status).toBe(200);
    await instance.forward(3_600_001);
    expect((await officer.get('/me')).status).toBe(401);
  });

  it('lists the sessions of an account and ends one, or all others', async () => {
    const [first, second, third] = await Promise.all(
      [1, 2, 3].map(() => instance.officer('diplomat@xa.example')),
    );
    const stranger = await instance.officer('officer@xc.example');
    const listed = ((await first?.get('/sessions'))?.body as { items: SessionView[] }).items;
    expect([listed.length, listed.filter(({ current }) => current).length]).toEqual([3, 1]);
    expect(Object.keys(listed[0] ?? {})).not.toContain('token');
    const [other] = listed.filter(({ current }) => !current);
    expect((await stranger.delete(`/sessions/${other?.id}`)).status).toBe(404);
    expect((await first?.delete(`/sessions/${other?.id}`))?.status).toBe(204);
    const alive = async () => [(await second?.get('/me'))?.status, (await third?.get('/me'))?.status].sort();
    expect(await alive()).toEqual([200, 401]);
    expect((await first?.delete('/sessions'))?.status).toBe(204);
    expect(await alive()).toEqual([401, 401]);
    expect((await first?.get('/me'))?.status).toBe(200);
    expect((await stranger.get('/me')).status).toBe(200);
  });

  it('makes whoever fails five times wait, longer each time, whether there is such an account or not', async () => {
    for (const email of ['policy@xb.example', 'nobody@xb.example']) {
      const waits: (string | undefined)[] = [];
      for (let failures = 1; failures <= 5; failures++)
        expect((await signIn(email, 'wrong')).status).toBe(401);
      const held = async () => instance.database.rows(`UPDATE throttles SET last_at = app.now()`);
      for (const seconds of [1, 2, 4, 8]) {
        await held();
        const answer = await signIn(email, samplePassword);
        waits.push(answer.get('Retry-After'));
        expect([answer.status, answer.body]).toMatchObject([
          429,
          { type: 'urn:aldis:problem:too-many-tries' },
        ]);
        await instance.forward(seconds * 1_000);
        expect((await signIn(email, 'wrong')).status).toBe(401);
      }
      expect(waits).toEqual(['1', '2', '4', '8']);
    }
    await instance.forward(20_000);
    expect((await signIn('policy@xb.example', samplePassword)).status).toBe(201);
    expect((await signIn('policy@xb.example', 'wrong')).status).toBe(401);
    expect((await signIn('policy@xb.example', samplePassword)).status).toBe(201);
  });

  it('puts no try on the record that is turned away without a look', async () => {
    const refusals = async () =>
      (await instance.database.rows(`SELECT 1 FROM access_events WHERE act = 'sign-in-refused'`)).length;
    const before = await refusals();
    for (let tries = 1; tries <= 5; tries++) await signIn('observer@xc.example', 'wrong');
    // However long this took: the last try was just now.
    await instance.database.rows(`UPDATE throttles SET last_at = app.now() + interval '1 minute'`);
    for (let tries = 1; tries <= 5; tries++)
      expect((await signIn('observer@xc.example', 'wrong')).status).toBe(429);
    expect(await refusals()).toBe(before + 5);
    await instance.forward(2 * 60_000);
  });

  it('does not let many tries at once through', async () => {
    const many = Array.from({ length: 20 }, () => signIn('officer@xc.example', 'wrong'));
    const statuses = (await Promise.all(many)).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([401, 429]));
  });

  it('forgets what is over', async () => {
    await instance.officer('officer@xa.example');
    const count = async () => {
      const [row] = await instance.database.rows<{ sessions: number; answers: number; tries: number }>(
        `SELECT (SELECT count(*) FROM sessions)::int AS sessions, (SELECT count(*) FROM idempotent_answers)::int AS answers,
           (SELECT count(*) FROM throttles)::int AS tries`,
      );
      return row;
    };
    expect(Object.values((await count()) ?? {}).every((found) => found > 0)).toBe(true);
    await instance.forward(13 * 3_600_000);
    const officer = await instance.officer('officer@xa.example');
    await officer.post('/requests', { draft: true });
    await instance.startWorker();
    await instance.worker?.sweep();
    expect(await count()).toMatchObject({ sessions: 1, tries: 1 });
    await instance.stopWorker();
    await instance.forward(7 * 86_400_000);
    await instance.startWorker();
    await instance.worker?.sweep();
    expect(await count()).toEqual({ sessions: 0, answers: 0, tries: 0 });
    await instance.stopWorker();
  });
});

describe('a change of the vault key', () => {
  it('locks nobody out: accounts are found under the key before, and move to the present one', async () => {
    const database = await TestDatabase.create();
    const [id = '', before = ''] = settings.vaultKey.split(':');
    const folder = await mkdtemp(join(tmpdir(), 'aldis-keys-'));
    const file = join(folder, 'keys.json');
    const keys = { [id]: before, k2: randomBytes(32).toString('base64') };
    await writeFile(file, JSON.stringify({ current: 'k2', keys }));
    const instance = await Instance.start({ database, worker: false, env: { VAULT_KEY_FILE: file } });
    const token = async () => {
      const rows = await database.rows<{ token: string }>(
        `SELECT sign_in_token AS token FROM accounts ORDER BY id`,
      );
      return rows.map((row) => row.token);
    };
    const first = await token();
    for (let count = 0; count < 2; count++) {
      const officer = await instance.officer('officer@xa.example');
      expect((await officer.get('/me')).body).toMatchObject({ name: 'Officer of CERT XA' });
    }
    const second = await token();
    expect(second.filter((one) => !first.includes(one))).toHaveLength(1);
    await instance.stop();
    await rm(folder, { recursive: true });
  });
});
