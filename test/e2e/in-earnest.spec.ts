import type { EntryChannelView, EntryView, RouteView } from '#libs/directory';
import type { Instance } from '../harness/instance.js';
import { Keepers } from '../harness/keepers.js';
import type { Officer } from '../harness/officer.js';
import { untilQuiet } from '../harness/quiet.js';
import { told } from '../harness/told.js';
import { verify } from '../harness/vouching.js';

describe('whom somebody reaches in earnest', () => {
  let keepers: Keepers;
  let instance: Instance;
  let requester: Officer;

  beforeAll(async () => {
    keepers = await Keepers.start();
    ({ instance } = keepers.walled);
    requester = keepers.others.officer;
  });
  afterAll(() => keepers.stop());

  const proven = (channel: string) =>
    instance.database.rows(`UPDATE channels SET state = 'proven', proven_at = app.now() WHERE id = $1`, [
      channel,
    ]);

  it('are those who serve the sector of the incident, where nobody is on duty', async () => {
    const { database, sink } = instance;
    // Both on duty in three days, for an hour.
    const weekly = [
      { days: [new Date(Date.now() + 3 * 86_400_000).getUTCDay() || 7], from: '00:00', to: '01:00' },
    ];
    await database.rows(
      `UPDATE points_of_contact SET duty = $1 WHERE party_code = 'XB' AND level = 'technical'`,
      [JSON.stringify({ weekly })],
    );
    await database.rows(
      `UPDATE points_of_contact SET body_id = $1
      WHERE party_code = 'XB' AND level = 'technical' AND position = 2`,
      [keepers.walled.bodies['XB agency']],
    );
    const declared = { kind: 'sector', value: 'energy' };
    const { body: agency } = await keepers.first.get(`/bodies/${keepers.walled.bodies['XB agency']}`);
    const { kind, names, sharingBoundary, profile, version } = agency as Record<string, unknown>;
    const changed = await keepers.first.put(`/bodies/${keepers.walled.bodies['XB agency']}`, {
      ...{ kind, names, sharingBoundary, profile, version, constituency: [declared] },
    });
    expect([changed.status, changed.body]).toEqual([200, expect.anything()]);
    const toldOf = async (answers?: object) => {
      const { reference } = await requester.files(answers ? { answers } : {});
      await untilQuiet(instance);
      return sink.mails
        .filter(({ to, subject }) => to.endsWith('@xb.example') && subject.includes(reference))
        .map(({ to }) => to);
    };
    expect(await toldOf()).toEqual(['cert@xb.example']);
    expect(await toldOf({ incident: { sectors: ['energy'] } })).toEqual(['cert-alternate@xb.example']);
    const { body: route } = await requester.get('/routes?party=XB&sector=energy');
    expect((route as RouteView).steps[0]?.channel).toMatchObject({
      ...{ address: 'cert-alternate@xb.example', keys: [] },
      reach: expect.objectContaining({ checks: expect.any(Number), answered: expect.any(Number) }),
    });
  });

  it('are none on channels for exercises: these hold no entry active, and documents about teams leave them out', async () => {
    const { first, second } = keepers;
    const id = await keepers.nominated();
    const mailbox = { kind: 'mail', address: 'drill@xb.example', purpose: 'exercise' };
    const { body } = await first.post(`/points-of-contact/${id}/channels`, mailbox);
    const channel = body as EntryChannelView;
    await proven(channel.id);
    expect((await verify(second, id)).body).toMatchObject({ state: 'verified' });
    const { version } = (await keepers.seen(id)).channels[0] ?? {};
    const use = { version, encryption: 'none', expiresOn: null };
    await first.put(`/channels/${channel.id}`, { ...use, purpose: 'any' });
    expect((await keepers.seen(id)).state).toBe('active');
    await first.put(`/channels/${channel.id}`, { ...use, version: (version ?? 0) + 1, purpose: 'exercise' });
    const { state, body: of } = (await first.get(`/points-of-contact/${id}`)).body as EntryView;
    expect(state).toBe('verified');

    await instance.database.rows(
      `UPDATE points_of_contact SET position = position + 100
      WHERE body_id = $1 AND level = 'technical' AND id <> $2`,
      [of.id, id],
    );
    const exported = async (format: string) =>
      first.get(`/exports/${format}?party=XB&body=${of.id}`).buffer(true);
    for (const format of ['rfc2350', 'ti-json'])
      expect([format, (await exported(format)).text.includes('drill@xb.example')]).toEqual([format, false]);
    expect((await exported('csv')).text).toContain('drill@xb.example');
  });

  it('are no parties that share no network, nor languages that there are not', async () => {
    const { first } = keepers;
    await instance.database.rows(`UPDATE memberships SET left_at = app.now() WHERE party_code = 'XC'`);
    const offer = {
      ...{
        kind: 'training',
        languages: ['en'],
        leadHours: 4,
        place: 'remote',
        lastsDays: null,
        cost: 'free',
      },
      description: [{ text: 'A course.', language: 'en' }],
      pointOfContact: await keepers.nominated(),
    };
    const audience = { to: 'parties', parties: ['XA', 'XC'] };
    expect(told(await first.post('/capabilities', { ...offer, audience }))).toEqual(['#/audience/parties/1']);
    for (const language of ['en-a', 'xx-1'])
      expect([
        language,
        told(
          await first.post('/capabilities', {
            ...offer,
            audience: { to: 'networks', networks: [] },
            languages: [language],
          }),
        )[0],
      ]).toEqual([...[language, '#/languages/0']]);
  });
});
