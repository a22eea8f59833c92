import type { LineClocks } from '#libs/requests';
import { codes, places, Routed } from '../harness/routed.js';
import { told } from '../harness/told.js';
import { waitUntil } from '../harness/waiting.js';

const minute = 60_000;
const said = (text: string) => ({ text, language: 'en' });
const office = { weekly: [{ days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' }] };

describe('routes', () => {
  let world: Routed;

  beforeAll(async () => {
    world = await Routed.start();
  });
  afterAll(() => world.instance.stop());

  describe('a route', () => {
    it('says whom to contact, where, what time it is there, and why', async () => {
      const found = await world.route('officer@xa', 'party=XB&urgency=U1');
      expect(places(found)).toEqual([
        ...['technical 1 at-once', 'technical 2 at-once', 'diplomatic 1 by-hand', 'policy 1 by-hand'],
      ]);
      expect(found.steps[0]).toMatchObject({
        ...{
          pointOfContact: world.at('XB technical 1').id,
          means: 'mail',
          duty: 'unknown',
          zone: 'Etc/GMT-6',
        },
        channel: { kind: 'mail', address: 'cert@xb.example' },
        because: [
          { code: 'primary', text: 'It is the primary point of contact at its level.' },
          { code: 'hours-unknown' },
        ],
      });
      expect(found.steps[0]?.localTime).toMatch(/^2099-07-01T10:.*\+06:00$/);
      expect([found.plan, found.advice, found.passedOver]).toEqual([null, [], []]);
      const [first] = (await world.route('officer@xc', 'party=XB&tlp=TLP%3ARED&level=policy')).steps;
      expect([first?.means, first?.because[2]]).toEqual([
        'call-back',
        { code: 'call-back', text: expect.stringContaining('Le marquage exclut le contenu') as unknown },
      ]);
    });

    it('is asked by every member and by the staff, each look on the record, and never for nobody', async () => {
      for (const name of ['observer@xc', 'auditor'])
        expect((await world.by(name).get('/routes?party=XA')).status).toBe(200);
      const looks = await world.instance.database.rows<{ sought: string }>(
        `SELECT v.sought FROM views v JOIN accounts a ON a.id::text = v.actor WHERE a.role = 'auditor' AND v.kind = 'look-up'`,
      );
      expect(looks).toEqual([{ sought: 'XA' }]);
      expect((await world.by('officer@xa').get('/routes?party=ZZ')).status).toBe(404);
      for (const [query, parameter] of [
        ['', 'party'],
        ['party=XB&urgency=U9', 'urgency'],
        ['party=XB&tlp=PINK', 'tlp'],
        ['party=XB&level=king', 'level'],
        ['party=XB&sector=%20', 'sector'],
      ])
        expect(told(await world.by('officer@xa').get(`/routes?${query}`))).toEqual([parameter]);
    });

    it('shows a party all of its own, and others nothing that is not made known', async () => {
      const channel = world.at('XC technical 1').channel;
      await world.instance.database.rows(`UPDATE channels SET state = 'unproven' WHERE id = $1`, [channel]);
      await world.instance.database.rows(`UPDATE points_of_contact SET state = 'suspended' WHERE id = $1`, [
        world.at('XC technical 2').id,
      ]);
      const [own, others] = [
        await world.route('officer@xc', 'party=XC'),
        await world.route('officer@xa', 'party=XC'),
      ];
      expect(own.passedOver.map(({ because }) => because.code)).toEqual(['unproven', 'suspended']);
      expect(others.passedOver.map(({ because }) => because.code)).toEqual(['no-channel']);
      expect(places(others)).toEqual(places(own));
      expect(places(own)[0]).toBe('diplomatic 1 at-once');
      await world.instance.database.rows(
        `UPDATE channels SET expires_on = '2099-06-30' WHERE party_code = 'XC' AND state = 'proven'`,
      );
      const nothing = await world.route('officer@xa', 'party=XC');
      expect(nothing.steps).toEqual([]);
      expect(codes({ because: nothing.advice })).toEqual(['try-passed-over', 'ask-secretariat']);
      const filed = await world.by('officer@xa').post('/requests', {
        ...{ to: ['XC'], urgency: 'U3', tlp: 'TLP:GREEN', sentence: said('We ask.') },
      });
      expect(told(filed)).toEqual(['#/to/0']);
    });
  });

  describe('notices', () => {
    it('go to who is on duty, and the reminder to all of them', async () => {
      const hours = { weekly: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '00:01' }] };
      await world
        .by('duty@xb')
        .put(`/points-of-contact/${world.at('XB technical 1').id}/duty`, { ...hours, version: 1 });
      const filed = await world.by('officer@xa').files();
      await waitUntil(
        'the alternate is told',
        () => world.mailed('cert-alternate@xb.example', filed.reference)[0],
      );
      expect(world.mailed('cert@xb.example', filed.reference)).toEqual([]);
      await world.instance.forward(30 * minute);
      await waitUntil(
        'the primary one is reminded',
        () => world.mailed('cert@xb.example', filed.reference)[0],
      );
      await world.by('duty@xb').acts(filed.id, { act: 'acknowledge' });
      await world.by('officer@xb').acts(filed.id, { act: 'ask', text: said('Which hospitals?') });
      await world.by('officer@xa').acts(filed.id, { act: 'answer-question', text: said('Both.') });
      await waitUntil('both are told of the answer', () =>
        ['cert', 'cert-alternate'].every((name) =>
          world.mailed(`${name}@xb.example`, filed.reference).at(-1),
        ),
      );
    });

    it('go to who stands in, and leave a suspect mailbox for last', async () => {
      const now = Date.parse((await world.route('officer@xa', 'party=XB')).at);
      const absence = { from: new Date(now).toISOString(), until: new Date(now + 60 * minute).toISOString() };
      await world.by('duty@xb').post(`/points-of-contact/${world.at('XB technical 2').id}/absences`, {
        ...absence,
        substitute: world.at('XB policy 1').id,
      });
      const found = await world.route('officer@xa', 'party=XB');
      expect(found.steps[0]).toMatchObject({
        ...{ level: 'policy', standsInFor: world.at('XB technical 2').id, stage: 'at-once' },
      });
      expect(found.passedOver).toMatchObject([
        { because: { code: 'absent' }, substitute: world.at('XB policy 1').id },
      ]);
      const filed = await world.by('officer@xa').files();
      await waitUntil(
        'who stands in is told',
        () => world.mailed('cyber-policy@xb.example', filed.reference)[0],
      );
      expect((await world.by('policy@xb').sees(filed.id)).reference).toBe(filed.reference);
      await world.by('duty@xb').acts(filed.id, { act: 'acknowledge' });
      await world.instance.forward(61 * minute);
      await world.instance.database.rows(
        `UPDATE channels SET state = 'suspect', suspect_since = app.now() WHERE id = $1`,
        [world.at('XB technical 2').channel],
      );
      const next = await world.by('officer@xa').files();
      await waitUntil(
        'the primary one, off duty as it is',
        () => world.mailed('cert@xb.example', next.reference)[0],
      );
      expect(world.mailed('cert-alternate@xb.example', next.reference)).toEqual([]);
      await world.by('duty@xb').acts(next.id, { act: 'acknowledge' });
    });
  });

  it('deadlines of the addressee are counted in the hours that it has said, and say so', async () => {
    await world.instance.forward(60 * minute);
    await world.by('duty@xb').put(`/points-of-contact/${world.at('XB technical 1').id}/duty`, {
      ...{ ...office, weekly: [{ days: [1, 2, 3], from: '08:00', to: '12:00' }], version: 2 },
      ownHolidays: [{ on: '2099-07-06', name: 'Day of the Tulip' }],
    });
    const filed = await world.by('officer@xa').files({ urgency: 'U3' });
    await world
      .by('duty@xb')
      .put(`/points-of-contact/${world.at('XB technical 1').id}/duty`, { ...office, version: 3 });
    const [line] = (
      (await world.by('officer@xa').get(`/requests/${filed.id}/clocks`)).body as { items: LineClocks[] }
    ).items;
    expect(line?.calendar).toMatchObject({
      version: 3,
      zone: 'Etc/GMT-6',
      ofDuty: true,
      week: { mon: [['08:00', '12:00']] },
    });
    const clock = line?.clocks[0];
    // Past noon on Wednesday: nothing on Thursday to Sunday, nor on the holiday; eight hours by Wednesday noon.
    expect(clock?.dueAt?.utc).toBe('2099-07-08T06:00:00.000Z');
    expect(clock?.because.join(' ')).toContain(
      'in the hours of duty that the addressee has said (Etc/GMT-6, version 3',
    );
    expect(clock?.because.join(' ')).toContain('2099-07-06');
  });
});
