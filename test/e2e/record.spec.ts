import { TOTP, Secret } from 'otpauth';
import { AckLink } from '../harness/ack-link.js';
import { accept } from '../harness/invitee.js';
import { Instance } from '../harness/instance.js';
import type { Officer } from '../harness/officer.js';
import { untilQuiet } from '../harness/quiet.js';
import { tablePrints, whereAccessShows } from '../harness/table-prints.js';
import { waitUntil } from '../harness/waiting.js';

interface Act {
  act: string;
  assurance: string;
  about: string | null;
}
interface Look {
  kind: string;
  actor: string;
  assurance: string;
  request: string | null;
  sought: string | null;
}

describe('the record of what people do and read', () => {
  let instance: Instance;
  let requester: Officer;
  let addressee: Officer;
  beforeAll(async () => {
    instance = await Instance.start();
    requester = await instance.officer('officer@xa.example');
    addressee = await instance.officer('officer@xb.example');
  });
  afterAll(() => instance.stop());

  /** What was put on the record of access since the last time it was asked, but for signing in. */
  let seen = 0;
  const acts = async (): Promise<Act[]> => {
    const all = await instance.database.rows<Act>(
      `SELECT e.act, e.assurance, e.about FROM access_events e JOIN ledger_entries l ON l.subject_id = e.id
       WHERE e.act <> 'sign-in' ORDER BY e.at, e.id`,
    );
    const more = all.slice(seen);
    seen = all.length;
    return more;
  };
  /** All that is not the record itself, and not moved on by the worker. */
  const unmoved = () =>
    tablePrints(instance.database, [
      ...[...whereAccessShows, 'journal_batches', 'checkpoints', 'checkpoint_places'],
    ]);
  const looks = async (about: string): Promise<Look[]> =>
    instance.database.rows<Look>(
      `SELECT v.kind, v.actor, v.assurance, v.request_id AS request, v.sought FROM views v
         JOIN journal_entries j ON j.subject_id = v.id AND j.kind = v.kind
       WHERE coalesce(v.request_id::text, v.sought, 'all') = $1 ORDER BY v.at, v.id`,
      [about],
    );
  const idIn = (answer: { body: unknown }) => (answer.body as { id: string }).id;
  const accountOf = async (officer: Officer) =>
    ((await officer.get('/me')).body as { account: string }).account;

  it('holds each session that its bearer ended, own or other, and none that was over', async () => {
    const [first, second] = [
      await instance.officer('duty@xb.example'),
      await instance.officer('duty@xb.example'),
    ];
    const listed = (await first.get('/sessions')).body as { items: { id: string; current: boolean }[] };
    const own = listed.items.find(({ current }) => current)?.id ?? '';
    const other = listed.items.find(({ current }) => !current)?.id ?? '';
    await instance.officer('duty@xb.example');
    expect((await first.delete(`/sessions/${other}`)).status).toBe(204);
    expect((await first.delete(`/sessions/${other}`)).status).toBe(404);
    await first.delete('/sessions');
    for (const _ of [1, 2]) expect((await first.delete('/sessions/current')).status).toBe(204);
    await second.delete('/sessions/current');
    const ended = await acts();
    expect(ended.map(({ act, assurance }) => `${act} ${assurance}`)).toEqual(
      Array.from({ length: 3 }, () => 'sign-out signed-in'),
    );
    expect([ended[0]?.about, ended[2]?.about]).toEqual([other, own]);
    const late = await instance.officer('policy@xb.example');
    await instance.forward(13 * 3_600_000);
    await late.delete('/sessions/current');
    expect(await acts()).toEqual([]);
    requester = await instance.officer('officer@xa.example');
    addressee = await instance.officer('officer@xb.example');
  });

  it('holds each document that was fetched, and neither its headers nor what did not come about', async () => {
    const { id } = await requester.files();
    const outsider = await instance.officer('officer@xc.example');
    const token = (
      (await addressee.post('/tokens', { name: 'Files', scope: ['read-requests'] })).body as { token: string }
    ).token;
    await acts();
    for (const form of ['html', 'txt', 'pdf'])
      expect((await addressee.get(`/requests/${id}/document.${form}`)).status).toBe(200);
    await instance.anyone
      .get(`/api/v1/requests/${id}/document.txt`)
      .set('Authorization', `Bearer ${token}`)
      .expect(200);
    await instance.anyone
      .head(`/api/v1/requests/${id}/document.txt`)
      .set('Authorization', `Bearer ${token}`)
      .expect(200);
    expect((await outsider.get(`/requests/${id}/document.txt`)).status).toBe(404);
    await addressee.get(`/requests/${id}/receipts`);
    const exported = { act: 'exported', about: id };
    expect(await acts()).toEqual([
      ...['signed-in', 'signed-in', 'signed-in', 'api-token'].map((assurance) => ({
        ...exported,
        assurance,
      })),
    ]);
    expect((await looks(id)).map(({ assurance }) => assurance)).toEqual(['signed-in', 'api-token']);
  });

  it('holds who was invited, got an account and lost it', async () => {
    const administrator = await instance.officer('administrator@xb.example');
    const newBody = { kind: 'agency', names: { en: 'Coast guard' } };
    const invite = async (email: string) =>
      idIn(await administrator.post('/invitations', { email, role: 'observer', newBody }));
    const [taken, back] = [await invite('one@xb.example'), await invite('two@xb.example')];
    await instance.sink.mailTo('one@xb.example');
    await administrator.post(`/invitations/${taken}/resend`);
    await administrator.delete(`/invitations/${back}`);
    await accept(await instance.sink.mailTo('one@xb.example', 2), 'O. New');
    const { items } = (await administrator.get('/accounts')).body as {
      items: { id: string; name: string }[];
    };
    const account = items.find(({ name }) => name === 'O. New')?.id ?? '';
    for (const _ of [1, 2]) await administrator.delete(`/accounts/${account}`);
    expect(await acts()).toEqual([
      { act: 'invited', assurance: 'signed-in', about: taken },
      { act: 'invited', assurance: 'signed-in', about: back },
      { act: 'invited-again', assurance: 'signed-in', about: taken },
      { act: 'invitation-revoked', assurance: 'signed-in', about: back },
      { act: 'account-made', assurance: 'none', about: taken },
      { act: 'account-ended', assurance: 'signed-in', about: account },
    ]);
  });

  it('holds factors and tokens that came and went, and factors that did not fit', async () => {
    const officer = await instance.officer('policy@xb.example');
    const { secret } = (await officer.post('/totp')).body as { secret: string };
    const code = () => new TOTP({ secret: Secret.fromBase32(secret) });
    const at = async () =>
      new Date(
        ((await instance.database.rows<{ now: Date }>('SELECT app.now() AS now'))[0] ?? { now: 0 }).now,
      );
    const now = (await at()).getTime();
    officer.renewedBy(await officer.post('/totp/confirm', { code: code().generate({ timestamp: now }) }));
    const wrong = await officer.post('/sessions/current/second-factor', { totp: '000000' });
    expect(wrong.status).toBe(401);
    const token = idIn(await officer.post('/tokens', { name: 'T', scope: ['read-requests'] }));
    const next = idIn(await officer.post(`/tokens/${token}/rotate`, {}));
    for (const _ of [1, 2]) await officer.delete(`/tokens/${next}`);
    await officer.post('/recovery-codes');
    await officer.delete('/totp');
    expect((await acts()).map(({ act, about }) => [act, about])).toEqual([
      ['factor-set-up', null],
      ['factor-refused', null],
      ['token-made', token],
      ['token-rotated', token],
      ['token-made', next],
      ['token-revoked', next],
      ['recovery-codes-made', null],
      ['factor-removed', null],
    ]);
  });

  it('holds who read a request, once a minute each, and shows both sides that the addressee did', async () => {
    const { id } = await requester.files();
    await waitUntil(
      'the mail was accepted',
      async () => (await requester.sees(id)).addressees[0]?.acceptedByRelayAt,
    );
    expect(await requester.sees(id)).toMatchObject({ addressees: [{ reach: 'accepted', viewedAt: null }] });
    const before = await unmoved();
    await addressee.get(`/requests?limit=1`);
    expect(await looks(id)).toHaveLength(1);
    for (const _ of [1, 2, 3]) await addressee.sees(id);
    expect(await unmoved()).toEqual(before);
    const [asks, reads] = [await accountOf(requester), await accountOf(addressee)];
    expect((await looks(id)).map(({ actor }) => actor)).toEqual([asks, reads]);
    await instance.forward(61_000);
    await addressee.sees(id);
    expect((await looks(id)).map(({ actor }) => actor)).toEqual([asks, reads, reads]);
    const view = await requester.sees(id);
    expect(view.addressees[0]).toMatchObject({ reach: 'viewed', deliveredAt: null });
    expect(view.addressees[0]?.viewedAt).toEqual(expect.any(String));
    expect((await addressee.sees(id)).addressees[0]?.viewedAt).toBe(view.addressees[0]?.viewedAt);
  });

  it('holds what a program read, and shows nobody that it was viewed', async () => {
    const { id } = await requester.files();
    const made = await addressee.post('/tokens', { name: 'Program', scope: ['read-requests'] });
    const { token } = made.body as { token: string };
    await instance.anyone.get(`/api/v1/requests/${id}`).set('Authorization', `Bearer ${token}`).expect(200);
    expect((await looks(id)).map(({ assurance }) => assurance)).toEqual(['api-token']);
    expect((await requester.sees(id)).addressees[0]?.viewedAt).toBeNull();
    await addressee.sees(id);
    expect((await requester.sees(id)).addressees[0]?.viewedAt).not.toBeNull();
  });

  it('holds no fetch of a link that has expired, or before a relay accepted its mail, and nobody unreached for reached', async () => {
    const { id, reference } = await requester.files({ to: ['XC'] });
    const link = await waitUntil('the mail came', () => {
      const mail = instance.sink
        .mailsTo('cert@xc.example')
        .find(({ subject }) => subject.includes(reference));
      return mail && AckLink.in(mail);
    });
    const line = async () => (await requester.sees(id)).addressees[0];
    const set = (change: string) => instance.database.rows(`UPDATE ${change} WHERE request_id = '${id}'`);
    const fetched = async () => {
      expect((await link.open()).status).toBe(200);
      return (await line())?.deliveredAt ?? null;
    };
    await waitUntil('the mail was accepted', async () => (await line())?.acceptedByRelayAt);
    await untilQuiet(instance);
    await set(`ack_links SET expires_at = expires_at - interval '1 year'`);
    const late: unknown[] = [await fetched(), await fetched()];
    await set(`ack_links SET expires_at = expires_at + interval '1 year'`);
    const held = await instance.database.rows<{ id: string }>(
      `UPDATE notices SET state = 'failed' WHERE request_id = '${id}' AND state = 'accepted' RETURNING id`,
    );
    const early = [await fetched(), await fetched()];
    expect([...late, ...early]).toEqual([null, null, null, null]);
    await instance.database.rows(`UPDATE notices SET state = 'accepted' WHERE id = ANY ($1)`, [
      held.map((one) => one.id),
    ]);
    await set(`addressees SET reach = 'unreached'`);
    await link.open();
    await waitUntil('it is on the record', async () => (await line())?.deliveredAt);
    expect((await line())?.reach).toBe('unreached');
  });

  it('holds who looked up what in the directory', async () => {
    const staff = await instance.officer('secretariat@network.example');
    for (const path of ['/parties/XC', '/points-of-contact?party=XC', '/parties/ZZ']) await staff.get(path);
    await addressee.get('/parties/XC');
    await staff.get('/parties');
    expect((await looks('XC')).map(({ kind }) => kind)).toEqual(['look-up', 'look-up']);
    expect((await looks('all')).map(({ sought }) => sought)).toEqual([null]);
    expect(await looks('ZZ')).toEqual([]);
  });

  it('holds that a link was fetched, once, and nothing of a wrong one; the page does not wait for it', async () => {
    const { id, reference } = await requester.files({ to: ['XC'] });
    const link = await waitUntil('the mail came', () => {
      const mail = instance.sink
        .mailsTo('cert@xc.example')
        .find(({ subject }) => subject.includes(reference));
      return mail && AckLink.in(mail);
    });
    const line = async () => (await requester.sees(id)).addressees[0];
    await waitUntil('the mail was accepted', async () => (await line())?.acceptedByRelayAt);
    const before = await unmoved();
    expect((await instance.anyone.get(`/ack/${'A'.repeat(43)}`)).status).toBe(404);
    expect((await line())?.reach).toBe('accepted');
    expect((await link.open('head')).status).toBe(200);
    expect((await line())?.reach).toBe('accepted');
    expect((await link.open()).status).toBe(200);
    const first = await waitUntil('it is on the record', async () => (await line())?.deliveredAt);
    expect((await line())?.reach).toBe('delivered');
    const page = await link.open();
    expect(page.text).toContain('is recorded and shown to the requester');
    expect((await line())?.deliveredAt).toBe(first);
    expect(await unmoved()).toEqual(before);
    await instance.database.rows('REVOKE INSERT ON observations FROM aldis_api');
    expect((await link.open()).status).toBe(200);
    await instance.database.rows('GRANT INSERT ON observations TO aldis_api');
    await link.submit('A. Duty', '000000');
    expect((await line())?.viewedAt).toBeNull();
    await link.submit('A. Duty');
    expect(await line()).toMatchObject({ reach: 'viewed', deliveredAt: first, state: 'acknowledged' });
    expect((await looks(id)).at(-1)).toMatchObject({ assurance: 'link-and-code' });
  });
});
