import { randomUUID } from 'node:crypto';
import type { BodyView, EntryChangeView, EntryChannelView, EntryView } from '#libs/directory';
import { accept, chosenPassword } from '../harness/invitee.js';
import type { Instance } from '../harness/instance.js';
import { Officer } from '../harness/officer.js';
import type { CaughtMail } from '../harness/smtp-sink.js';
import { verify } from '../harness/vouching.js';
import { refused, Walled } from '../harness/walled.js';

interface Faulted {
  errors: { pointer: string }[];
}
const nobody = randomUUID();

describe('entries that a party keeps itself', () => {
  let walled: Walled;
  let instance: Instance;
  let administrator: Officer;
  let second: Officer;
  let secretariat: Officer;
  let officer: Officer;
  let cert: string;

  beforeAll(async () => {
    walled = await Walled.start();
    ({ instance } = walled);
    cert = walled.bodies['XB cert'] ?? '';
    [administrator, secretariat, officer] = (await Promise.all(
      ['administrator@xb.example', 'secretariat@network.example', 'officer@xa.example'].map((email) =>
        instance.officer(email),
      ),
    )) as [Officer, Officer, Officer];
    const email = 'second@xb.example';
    const invited = { email, role: 'party-administrator', body: walled.bodies['XB agency'] };
    await administrator.post('/invitations', invited);
    await accept(await instance.sink.mailTo(email), 'Second administrator');
    second = await Officer.signIn(instance.url, email, chosenPassword);
  });
  afterAll(() => walled.stop());

  const contact = (changes: object = {}) => ({
    ...{
      body: cert,
      level: 'technical',
      roleNames: { en: 'Night desk' },
      languages: ['en'],
      zone: 'Etc/UTC',
    },
    ...changes,
  });
  const nominated = async (changes: object = {}): Promise<EntryView> => {
    const answer = await administrator.post('/points-of-contact', contact(changes));
    expect([answer.status, answer.body]).toEqual([201, expect.anything()]);
    return answer.body as EntryView;
  };
  const seen = async (id: string, by = administrator) =>
    (await by.get(`/points-of-contact/${id}`)).body as EntryView;
  const acts = async (by: Officer, id: string, act: string) =>
    by.post(`/points-of-contact/${id}/acts`, { act, version: (await seen(id)).version });
  const added = async (entry: string, address: string): Promise<EntryChannelView> => {
    const answer = await administrator.post(`/points-of-contact/${entry}/channels`, {
      kind: 'mail',
      address,
    });
    expect([answer.status, answer.body]).toEqual([201, expect.anything()]);
    return answer.body as EntryChannelView;
  };
  /** The second person confirms what answered 202; the id of the new channel, where there is one. */
  const confirmed = async ({ status, body }: { status: number; body: unknown }): Promise<string | null> => {
    expect(status).toBe(202);
    const { id } = body as EntryChangeView;
    const answer = await second.post(`/entry-changes/${id}/acts`, { act: 'confirm' });
    expect([answer.status, answer.body]).toMatchObject([200, { state: 'done' }]);
    return (answer.body as EntryChangeView).newChannelId;
  };
  const codeIn = ({ text }: CaughtMail) => /\b(\d{6})\b/.exec(text)?.[1] ?? '';
  /** Whoever is told of a new request to XB on the wires of the technical level. */
  const toldOf = async (): Promise<string[]> => {
    const { id } = await officer.files();
    const rows = await instance.database.rows<{ entry: string }>(
      `SELECT point_of_contact_id AS entry FROM notices WHERE request_id = $1 AND party_code = 'XB'`,
      [id],
    );
    return rows.map(({ entry }) => entry);
  };
  const pointers = ({ body }: { body: unknown }) => (body as Faulted).errors.map(({ pointer }) => pointer);

  it('let the secretariat add observers and organizations, and nobody a Member State', async () => {
    const names = { en: 'Regional organization' };
    const added_ = await secretariat.post('/parties', { code: 'REG1', kind: 'regional-organization', names });
    expect([added_.status, added_.body]).toMatchObject([201, { code: 'REG1', alpha3: null, bodies: [] }]);
    const observer = { code: 'QQ', kind: 'observer-state', alpha3: 'QQQ', names };
    for (const [body, at] of [
      [{ code: 'REG1', kind: 'other', names }, '#/code'],
      [{ code: 'FR', kind: 'observer-state', alpha3: 'FRA', names }, '#/code'],
      [{ ...observer, code: 'QZ', alpha3: 'DEU' }, '#/code'],
      [{ ...observer, code: 'XD' }, '#/code'],
      [{ code: 'AQ', kind: 'observer-state', names }, '#/alpha3'],
      [{ code: 'ORG', kind: 'other', alpha3: 'ORG', names }, '#/alpha3'],
      [{ code: 'FRA', kind: 'member-state', names }, '#/kind'],
    ] as const) {
      const answer = await secretariat.post('/parties', body);
      expect([body, answer.status, pointers(answer)]).toEqual([body, 400, expect.arrayContaining([at])]);
    }
    for (const other of [administrator, officer])
      expect((await other.post('/parties', { code: 'ORG', kind: 'other', names })).status).toBe(403);
  });

  it('say what a body is and whom it answers for, and refuse a change of what has changed', async () => {
    const constituency = [
      { kind: 'range', value: '2001:DB8::/32' },
      { kind: 'asn', value: '64500' },
    ];
    const input = {
      ...{ kind: 'cert', names: { en: 'Sector CERT', ar: 'فريق', zh: '应急组' }, constituency },
      profile: { services: ['Triage'], nonMisuse: { declaredOn: '2026-01-02' } },
    };
    const made = (await administrator.post('/bodies', input)).body as BodyView;
    expect(made).toMatchObject({
      ...{ party: 'XB', state: 'active', sharingBoundary: 'body', version: 1, profile: input.profile },
      constituency: [
        { kind: 'asn', value: 'AS64500' },
        { kind: 'range', value: '2001:db8::/32' },
      ],
    });
    const path = `/bodies/${made.id}`;
    const next = { ...input, version: 1, constituency: [], sharingBoundary: 'government' };
    expect((await administrator.put(path, next)).body).toMatchObject({ version: 2, constituency: [] });
    expect((await administrator.put(path, next)).status).toBe(409);
    const misfit = [
      { kind: 'asn', value: '1' },
      { kind: 'asn', value: 'AS1' },
      { kind: 'range', value: '1/8' },
    ];
    const refusedOne = await administrator.post('/bodies', { ...input, constituency: misfit });
    expect(pointers(refusedOne)).toEqual(['#/constituency/1/value', '#/constituency/2/value']);
    for (const other of [officer, secretariat]) {
      expect((await other.post('/bodies', input)).status).toBe(403);
      expect((await other.get(path)).body).toMatchObject({ id: made.id, sharingBoundary: 'government' });
    }
    const listed = async (by: Officer, of = 'party=XB&kind=cert') =>
      ((await by.get(`/bodies?${of}`)).body as { items: BodyView[] }).items.map(({ id }) => id);
    expect(await listed(officer)).toEqual([cert, made.id]);
    expect(await listed(administrator, 'kind=cert')).toHaveLength(197);
    expect((await officer.get('/bodies?kind=cert')).status).toBe(403);
    const retire = (version: number) => administrator.post(`${path}/acts`, { act: 'retire', version });
    expect((await retire(1)).status).toBe(409);
    expect((await retire(2)).body).toMatchObject({ state: 'retired', version: 3 });
    expect((await retire(3)).status).toBe(409);
    expect([await listed(officer), await listed(administrator)]).toEqual([[cert], [cert, made.id]]);
    expect((await administrator.post('/points-of-contact', contact({ body: made.id }))).status).toBe(400);
    expect((await administrator.post(`/bodies/${cert}/acts`, { act: 'retire', version: 1 })).status).toBe(
      409,
    );
    const { body: party } = await officer.get('/parties/XB');
    expect((party as { bodies: BodyView[] }).bodies).toContainEqual(
      expect.objectContaining({ id: made.id, state: 'retired' }),
    );
  });

  it('have a place of their own, which others make room for', async () => {
    const level = 'law-enforcement-liaison';
    const [one, two] = [await nominated({ level }), await nominated({ level, position: 1 })];
    const three = await nominated({ level, position: 900 });
    const places = async () =>
      Promise.all([one, two, three].map(async ({ id }) => (await seen(id)).position));
    expect(await places()).toEqual([2, 1, 3]);
    const { level: _, ...said } = contact({ position: 1, person: { name: 'A. Duty', title: 'Head' } });
    const path = `/points-of-contact/${three.id}`;
    const changed = await administrator.put(path, { ...said, version: three.version });
    expect([changed.status, changed.body]).toMatchObject([200, { position: 1, person: { name: 'A. Duty' } }]);
    expect(await places()).toEqual([3, 2, 1]);
    expect((await administrator.put(path, { ...said, version: three.version })).status).toBe(409);
    await acts(administrator, three.id, 'retire');
    expect((await seen(three.id)).state).toBe('retired');
    expect((await nominated({ level, position: 1 })).position).toBe(1);
  });

  it('are told of requests once two people have vouched and a code has come back, until they end', async () => {
    const mailbox = 'night-desk@xb.example';
    const { id } = await nominated({ position: 1 });
    expect((await officer.get(`/points-of-contact/${id}`)).status).toBe(404);
    const channel = await added(id, mailbox);
    expect(channel).toMatchObject({ state: 'unproven', address: mailbox, position: 1 });
    expect(await toldOf()).not.toContain(id);

    const own = await acts(administrator, id, 'verify');
    expect([own.status, (await seen(id)).allowedActs]).toEqual([403, ['retire']]);
    expect((await verify(second, id)).body).toMatchObject({ state: 'verified' });
    expect(await toldOf()).not.toContain(id);

    const proof = `/channels/${channel.id}/proof`;
    expect((await administrator.post(proof)).status).toBe(201);
    const first = codeIn(await instance.sink.mailTo(mailbox));
    expect((await administrator.post(proof)).status).toBe(201);
    const newest = codeIn(await instance.sink.mailTo(mailbox, 2));
    const confirm = (code: string) => administrator.post(`${proof}/confirm`, { code });
    if (first !== newest) expect((await confirm(first)).status).toBe(400);
    expect((await confirm(newest)).body).toMatchObject({ state: 'proven' });
    expect((await confirm(newest)).status).toBe(409);
    expect(await seen(id, officer)).toMatchObject({ state: 'active', allowedActs: [] });
    expect(await toldOf()).toContain(id);
    await instance.sink.mailTo(mailbox, 3);

    expect((await acts(administrator, id, 'suspend')).body).toMatchObject({ state: 'suspended' });
    expect(await toldOf()).not.toContain(id);
    expect((await officer.get(`/points-of-contact/${id}`)).status).toBe(404);
    expect((await acts(administrator, id, 'resume')).body).toMatchObject({ state: 'active' });
    const day = { kind: 'mail', address: 'day-desk@xb.example' };
    const other = await confirmed(await administrator.post(`/points-of-contact/${id}/channels`, day));
    expect((await seen(id, officer)).channels.map((one) => one.id)).toEqual([channel.id]);
    await confirmed(await administrator.delete(`/channels/${channel.id}`));
    expect((await administrator.delete(`/channels/${channel.id}`)).body).toMatchObject({ state: 'ended' });
    expect(await seen(id)).toMatchObject({
      state: 'verified',
      channels: [{ id: other }, { state: 'ended' }],
    });
    expect(await toldOf()).not.toContain(id);
    const record = await instance.database.rows<{ act: string }>(
      `SELECT act FROM access_events WHERE about IN ($1, $2) ORDER BY at, id`,
      [id, channel.id],
    );
    expect(record.map(({ act }) => act)).toEqual([
      ...['entry-nominated', 'channel-added', 'entry-verified', 'channel-proof-sent', 'channel-proof-sent'],
      ...['channel-proven', 'entry-suspended', 'entry-resumed', 'channel-ended'],
    ]);
  });

  it('are proven within a day and five tries, and asked for five codes at most', async () => {
    const { id } = await nominated();
    const { id: channel } = await added(id, 'tries@xb.example');
    const proof = `/channels/${channel}/proof`;
    expect((await administrator.post(`${proof}/confirm`, { code: '000000' })).status).toBe(400);
    await administrator.post(proof);
    const code = codeIn(await instance.sink.mailTo('tries@xb.example'));
    const wrong = code === '000000' ? '000001' : '000000';
    for (const _ of [1, 2, 3, 4, 5])
      expect((await administrator.post(`${proof}/confirm`, { code: wrong })).status).toBe(400);
    expect((await administrator.post(`${proof}/confirm`, { code })).status).toBe(400);
    for (const _ of [2, 3, 4, 5]) expect((await administrator.post(proof)).status).toBe(201);
    expect((await administrator.post(proof)).status).toBe(429);
    const { id: late } = await added(id, 'late@xb.example');
    await administrator.post(`/channels/${late}/proof`);
    const over = codeIn(await instance.sink.mailTo('late@xb.example'));
    await instance.database.rows(`UPDATE channel_codes SET expires_at = app.now() WHERE channel_id = $1`, [
      late,
    ]);
    expect((await administrator.post(`/channels/${late}/proof/confirm`, { code: over })).status).toBe(400);
    expect(await seen(id)).toMatchObject({ state: 'nominated', channels: [{ state: 'unproven' }, {}] });
  });

  it('take only addresses and uses that fit, field by field', async () => {
    const { id } = await nominated();
    const path = `/points-of-contact/${id}/channels`;
    for (const [body, at] of [
      [{ kind: 'mail', address: 'desk@xb.test' }, '#/address'],
      [{ kind: 'mail', address: 'a@xb.example, b@xb.example' }, '#/address'],
      [{ kind: 'mail', address: 'desk@xb.example', encryption: 'required' }, '#/encryption'],
      [{ kind: 'telephone', address: '022 917 12 34' }, '#/address'],
      [{ kind: 'webhook', address: 'https://hooks.xb.test/' }, '#/address'],
      [{ kind: 'fax', address: '+41229171234', expiresOn: '2020-01-01' }, '#/expiresOn'],
    ] as const) {
      const answer = await administrator.post(path, body);
      expect([body, answer.status, pointers(answer)]).toEqual([body, 400, [at]]);
    }
    const made = await administrator.post(path, { kind: 'telephone', address: '+41 22 917 12 34' });
    const { id: channel, version } = made.body as EntryChannelView;
    expect(made.body).toMatchObject({ address: '+41229171234', state: 'unproven' });
    expect((await administrator.post(`/channels/${channel}/proof`)).status).toBe(409);
    const use = { purpose: 'urgent', expiresOn: '2099-12-31', version };
    expect((await administrator.put(`/channels/${channel}`, use)).body).toMatchObject({ purpose: 'urgent' });
    expect((await administrator.put(`/channels/${channel}`, use)).status).toBe(409);
    const moved = { ...use, version: version + 1, address: '+41229171235' };
    expect(pointers(await administrator.put(`/channels/${channel}`, moved))).toEqual(['#/address']);
    for (const changes of [{ zone: '+03:00' }, { zone: 'Mars' }, { languages: [] }, { body: nobody }])
      expect(pointers(await administrator.post('/points-of-contact', contact(changes)))).toEqual([
        `#/${Object.keys(changes)[0]}`,
      ]);
  });

  it('are changed by their own administrators alone, through the routes and below them', async () => {
    const { id } = await nominated();
    const { id: channel } = await added(id, 'walls@xb.example');
    for (const other of [officer, secretariat])
      for (const answer of [
        await other.post('/points-of-contact', contact()),
        await other.post(`/points-of-contact/${id}/acts`, { act: 'retire', version: 1 }),
        await other.delete(`/channels/${channel}`),
        await other.post(`/channels/${channel}/proof`),
      ])
        expect(answer.status).toBe(403);
    const who = async (role: string, party: string | null) => {
      const where = `role = '${role}' AND party_code IS NOT DISTINCT FROM ${party === null ? 'NULL' : `'${party}'`}`;
      const actor = String((await walled.rowOf('accounts', where)).id);
      return { actor, ...(party === null ? {} : { party }), purpose: party === null ? 'network' : 'keep' };
    };
    const own = await who('party-administrator', 'XB');
    const entry = await walled.rowOf('points_of_contact', `id = '${id}'`);
    const row = { ...entry, id: randomUUID(), position: 900 };
    const line = {
      ...(await walled.rowOf('channels', `id = '${channel}'`)),
      id: randomUUID(),
      position: 900,
    };
    const { api } = walled;
    const changes = ['points_of_contact', 'channels', 'bodies', 'constituencies'].map(
      (table) => `UPDATE ${table} SET ${table === 'constituencies' ? 'value = value' : 'version = version'}`,
    );
    for (const other of [
      { ...own, party: 'XA' },
      await who('officer', 'XB'),
      await who('officer', 'XA'),
      await who('directory-manager', null),
    ]) {
      expect([
        await api.adds('points_of_contact', row, other),
        await api.adds('channels', line, other),
      ]).toEqual([refused, refused]);
      for (const sql of changes.slice(0, 3))
        expect([sql, await api.outcome(`${sql} WHERE party_code = 'XB'`, other)]).toEqual([sql, 0]);
      expect(await api.sees('SELECT 1 FROM channel_codes', other)).toEqual([]);
    }
    expect(await api.adds('points_of_contact', row, own)).toBe(1);
    // Nothing begins verified or proven, and who vouches is not for a statement to say.
    expect(await api.adds('points_of_contact', { ...row, state: 'active' }, own)).toBe(refused);
    expect(await api.adds('channels', { ...line, state: 'proven' }, own)).toBe(refused);
    expect(await api.adds('points_of_contact', { ...row, party_code: 'XA' }, own)).toBe(refused);
    const verified = `UPDATE points_of_contact SET state = 'verified' WHERE id = '${id}'`;
    const nominator = { ...own, actor: String(entry.nominated_by) };
    expect(await api.outcome(verified, nominator)).toBe(refused);
    const [other] = await instance.database.rows<{ id: string }>(
      `SELECT id FROM accounts WHERE role = 'party-administrator' AND party_code = 'XB' AND id <> $1`,
      [nominator.actor],
    );
    // Nobody does without a call back on the note verbale.
    expect(await api.outcome(verified, { ...own, actor: other?.id ?? '' })).toBe(refused);
    const names = `UPDATE points_of_contact SET nominated_by = NULL WHERE id = '${id}'`;
    expect(await api.outcome(names, nominator)).toBe(refused);
  });
});
