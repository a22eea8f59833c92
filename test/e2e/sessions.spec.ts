import { samplePassword } from '#libs/directory';
import { Instance } from '../harness/instance.js';

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
});
