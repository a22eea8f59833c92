import type { PlanView } from '#libs/directory';
import { newId } from '#libs/runtime';
import { codes, places, Routed } from '../harness/routed.js';
import { sqlCallers, type SqlIdentity } from '../harness/sql-caller.js';
import { told } from '../harness/told.js';
import { waitUntil } from '../harness/waiting.js';
import { refused } from '../harness/walled.js';

const minute = 60_000;
const said = (text: string) => ({ text, language: 'en' });
const bridge = said('Dial-in Gladiolus 7.');
const ways = [
  { place: 'primary', level: 'diplomatic', kind: 'mail' },
  { place: 'contingency', means: said('By the embassy.') },
];

describe('communication plans', () => {
  let world: Routed;

  beforeAll(async () => {
    world = await Routed.start();
  });
  afterAll(() => world.instance.stop());

  const propose = async (name: string, changes: object = {}) =>
    world.by(name).post('/plans', { with: 'XB', ways, bridge, ...changes });
  const plansOf = async (name: string, query = '') =>
    ((await world.by(name).get(`/plans${query}`)).body as { items: PlanView[] }).items;

  const modeMails = (to: string, plan: string) =>
    world.instance.sink
      .mailsTo(to)
      .filter(
        ({ subject, text }) =>
          /^(Communication plan|Plan de communication)/.test(subject) && text.includes(plan),
      );

  describe('a plan of two parties', () => {
    let plan: PlanView;

    it('is proposed by one and holds once the other agrees', async () => {
      const made = await propose('officer@xa', {
        ...{ reportEvery: { crisis: 60 } },
        mayDeclare: [{ party: 'XB', roles: ['duty-officer'], levels: ['technical'] }],
      });
      plan = made.body as PlanView;
      expect([made.status, plan]).toMatchObject([
        201,
        {
          kind: 'pair',
          parties: ['XA', 'XB'],
          number: 1,
          state: 'proposed',
          allowedActs: ['withdraw'],
          bridge,
        },
      ]);
      const act = (name: string, what: string, version = plan.version) =>
        world.by(name).post(`/plans/${plan.id}/acts`, { act: what, version });
      expect((await act('officer@xa', 'agree')).status).toBe(409);
      expect((await act('duty@xb', 'agree')).status).toBe(403);
      expect((await act('officer@xb', 'agree', 2)).status).toBe(409);
      expect((await act('officer@xc', 'agree')).status).toBe(404);
      expect((await world.route('officer@xa', 'party=XB')).plan).toBe(null);
      expect((await propose('officer@xa')).status).toBe(409);
      const agreed = await act('policy@xb', 'agree');
      plan = agreed.body as PlanView;
      expect([agreed.status, plan.state, plan.allowedActs]).toEqual([200, 'in-force', ['end']]);
    });

    it('is seen by these two alone', async () => {
      for (const name of ['officer@xc', 'secretariat', 'auditor']) {
        expect(await plansOf(name)).toEqual([]);
        expect(await plansOf(name, '?with=XA')).toEqual([]);
        expect((await world.by(name).get(`/plans/${plan.id}`)).status).toBe(404);
      }
      for (const name of ['diplomat@xa', 'duty@xb'])
        expect((await plansOf(name)).map(({ id, bridge: shown }) => [id, shown])).toEqual([
          [plan.id, bridge],
        ]);
      expect((await world.route('officer@xc', 'party=XB')).plan).toBe(null);
    });

    it('is obeyed by routes between the two, and its words are among them', async () => {
      const found = await world.route('officer@xa', 'party=XB');
      expect(places(found)).toEqual([
        ...[
          'diplomatic 1 at-once',
          'technical 1 when-reminded',
          'technical 2 when-reminded',
          'policy 1 by-hand',
        ],
      ]);
      expect(found.plan).toMatchObject({ id: plan.id, kind: 'pair', mode: 'normal' });
      expect(found.otherMeans).toEqual([{ place: 'contingency', means: said('By the embassy.') }]);
      const filed = await world.by('officer@xa').files();
      await waitUntil(
        'the mail that the plan says',
        () => world.mailed('diplomatic@xb.example', filed.reference)[0],
      );
      expect(world.mailed('cert@xb.example', filed.reference)).toEqual([]);
      // Bodies of those who are told later see it from the first.
      expect((await world.by('duty@xb').sees(filed.id)).reference).toBe(filed.reference);
      await world.instance.forward(15 * minute);
      await world.instance.worker?.sweep();
      await waitUntil(
        'the first reminder',
        () => world.mailed('diplomatic@xb.example', filed.reference, 'Reminder')[0],
      );
      expect(world.mailed('cert@xb.example', filed.reference)).toEqual([]);
      await world.instance.forward(15 * minute);
      await waitUntil(
        'the last reminder',
        () => world.mailed('cert-alternate@xb.example', filed.reference)[0],
      );
      await world.by('duty@xb').acts(filed.id, { act: 'acknowledge' });
    });

    it('lets those declare a mode whom it names, with the reason, and both sides see it', async () => {
      const declare = (name: string, mode: string, version = plan.version) =>
        world
          .by(name)
          .post(`/plans/${plan.id}/modes`, { mode, version, reason: said('Hospitals are down.') });
      for (const [name, status] of [
        ['officer@xb', 403],
        ['policy@xb', 403],
        ['officer@xc', 404],
        ['secretariat', 404],
        ['observer@xc', 403],
      ] as const)
        expect([name, (await declare(name, 'crisis')).status]).toEqual([name, status]);
      expect((await declare('duty@xb', 'crisis', 1)).status).toBe(409);
      expect((await declare('duty@xb', 'normal')).status).toBe(409);
      const declared = await declare('duty@xb', 'crisis');
      plan = declared.body as PlanView;
      expect([declared.status, plan.mode]).toEqual([201, 'crisis']);
      const [seen] = await plansOf('diplomat@xa');
      expect(seen).toMatchObject({
        mode: 'crisis',
        modes: [{ mode: 'crisis', by: 'XB', reason: said('Hospitals are down.') }],
      });
      expect(seen?.allowedActs).toEqual(['end', 'declare']);
      expect(places(await world.route('officer@xa', 'party=XB')).slice(0, 3)).toEqual([
        ...['diplomatic 1 at-once', 'technical 1 at-once', 'technical 2 at-once'],
      ]);
      expect(codes((await world.route('officer@xa', 'party=XB')).steps[1] ?? { because: [] })).toContain(
        'crisis',
      );
    });

    it('has both sides told of a mode, with what changes and without how to join the bridge', async () => {
      const told = (to: string) => modeMails(to, plan.id);
      const mail = await waitUntil('the other side is told', () => told('cert@xa.example')[0]);
      expect(mail.subject).toBe('Communication plan: mode “crisis” declared');
      expect(mail.text.replace(/\s+/g, ' ')).toMatch(
        /State A and Fictional State B.*Declared by: Fictional State B.*Hospitals are down\..*every 60 minutes.*bridge.*does not, of itself, imply/,
      );
      expect(mail.text).not.toContain('Gladiolus');
      for (const at of ['diplomatic@xa', 'cert@xb', 'cert-alternate@xb', 'diplomatic@xb'])
        await waitUntil(`${at} is told`, () => told(`${at}.example`)[0]);
      await world.instance.worker?.sweep();
      expect(
        world.instance.sink.mails.filter(({ text }) => text.includes(plan.id)).map(({ to }) => to),
      ).toEqual(
        expect.not.arrayContaining(['policy@xb.example', 'cert@xc.example', 'diplomatic@xc.example']),
      );
      expect(told('cert@xa.example')).toHaveLength(1);
    });

    it('has only the newest mode told where several were declared before the mails left', async () => {
      const { sink, database, worker } = world.instance;
      const declare = async (name: string, mode: string) => {
        const input = { mode, version: plan.version, reason: said(`It is ${mode}.`) };
        plan = (await world.by(name).post(`/plans/${plan.id}/modes`, input)).body as PlanView;
      };
      /** Parties whose newest mails of a mode wait, once both are written to. */
      const written = async (modes: number) =>
        waitUntil(`both are written to of ${modes} modes`, async () => {
          await worker?.sweep();
          const [row] = await database.rows<{ told: number }>(
            'SELECT count(*)::int AS told FROM plan_modes_told',
          );
          return row?.told === 2 * modes;
        });
      await sink.stop();
      await declare('duty@xb', 'heightened');
      await written(2);
      await declare('duty@xb', 'crisis');
      await written(3);
      await sink.start();
      await world.instance.forward(minute);
      const told = () => modeMails('cert@xa.example', plan.id);
      const mail = await waitUntil('the newest one is told', () => told()[1]);
      expect(mail.text).toContain('It is crisis.');
      await worker?.sweep();
      expect(told()).toHaveLength(2);
    });

    it('is replaced by another that the two agree on, which keeps the mode, and ended by either', async () => {
      const { body } = await world.by('officer@xb').post('/plans', { with: 'XA', ways: [ways[1]] });
      const next = body as PlanView;
      expect([next.number, next.mode]).toEqual([2, 'normal']);
      const agreed = (
        await world.by('officer@xa').post(`/plans/${next.id}/acts`, { act: 'agree', version: 1 })
      ).body;
      expect(agreed).toMatchObject({ state: 'in-force', mode: 'crisis', number: 2 });
      expect((await plansOf('officer@xa', '?with=XB')).map(({ number, state }) => [number, state])).toEqual([
        [2, 'in-force'],
        [1, 'replaced'],
      ]);
      const ended = await world.by('officer@xb').post(`/plans/${next.id}/acts`, { act: 'end', version: 2 });
      expect(ended.body).toMatchObject({ state: 'ended', endedBy: 'XB', allowedActs: [] });
      const again = await world.by('officer@xb').post(`/plans/${next.id}/acts`, { act: 'end', version: 3 });
      expect(again.status).toBe(409);
      expect((await world.route('officer@xa', 'party=XB')).plan).toBe(null);
      const acts = await world.instance.database.rows<{ act: string }>(
        `SELECT act FROM access_events WHERE act ~ '^(plan|mode)-' ORDER BY at, id`,
      );
      expect(acts.map(({ act }) => act)).toEqual([
        ...['plan-proposed', 'plan-agreed', 'mode-declared', 'mode-declared', 'mode-declared'],
        ...['plan-proposed', 'plan-agreed', 'plan-ended'],
      ]);
    });

    it('names what does not fit', async () => {
      const faults: [object, string[]][] = [
        [{ with: undefined }, ['#/with']],
        [{ with: 'XA' }, ['#/with']],
        [{ with: 'ZZ' }, ['#/with']],
        [{ ways: [] }, ['#/ways']],
        [{ ways: [{ place: 'primary' }] }, ['#/ways/0']],
        [{ ways: [{ place: 'primary', kind: 'mail', means: said('And so.') }] }, ['#/ways/0']],
        [
          { ways: [{ place: 'primary', channel: world.at('XC diplomatic 1').channel }] },
          ['#/ways/0/channel'],
        ],
        [{ ways: [{ place: 'primary', channel: newId() }] }, ['#/ways/0/channel']],
        [{ mayDeclare: [{ party: 'XC', roles: ['officer'], levels: [] }] }, ['#/mayDeclare/0/party']],
        [{ reportEvery: { crisis: 0 } }, ['#/reportEvery/crisis']],
      ];
      for (const [changes, pointers] of faults)
        expect(told(await propose('officer@xa', changes))).toEqual(pointers);
      for (const name of ['duty@xb', 'observer@xc', 'auditor'])
        expect((await propose(name, { with: 'XA' })).status).toBe(403);
    });

    it('holds two agreements at one moment apart', async () => {
      const [one, other] = [
        (await propose('officer@xa')).body as PlanView,
        (await world.by('officer@xb').post('/plans', { with: 'XA', ways })).body as PlanView,
      ];
      const agree = (name: string, { id }: PlanView) =>
        world.by(name).post(`/plans/${id}/acts`, { act: 'agree', version: 1 });
      const both = await Promise.all([agree('officer@xb', one), agree('officer@xa', other)]);
      expect(both.map(({ status }) => status)).toEqual([200, 200]);
      const states = (await plansOf('officer@xa')).map(({ state }) => state);
      expect(states).toEqual(['in-force']);
      for (const { id, version } of await plansOf('officer@xa'))
        await world.by('officer@xa').post(`/plans/${id}/acts`, { act: 'end', version });
    });
  });

  it('the plan of the network is set by the secretariat, and goes behind that of a pair', async () => {
    const set = await world.by('secretariat').post('/plans', { ways: [ways[0]] });
    expect([set.status, set.body]).toMatchObject([
      201,
      { kind: 'network', parties: null, state: 'in-force' },
    ]);
    const again = (await world.by('secretariat').post('/plans', { ways: [ways[0]], only: true }))
      .body as PlanView;
    expect([again.number, (await plansOf('officer@xc')).map(({ number }) => number)]).toEqual([2, [2]]);
    const found = await world.route('officer@xc', 'party=XB');
    expect([found.plan, places(found)]).toMatchObject([
      { kind: 'network', only: true },
      ['diplomatic 1 at-once'],
    ]);
    expect(new Set(found.passedOver.map(({ because }) => because.code))).toEqual(
      new Set(['plan-says-otherwise']),
    );
    const act = (name: string, version: number) =>
      world.by(name).post(`/plans/${again.id}/acts`, { act: 'end', version });
    expect((await act('officer@xa', 1)).status).toBe(403);
    expect(told(await world.by('secretariat').post('/plans', { with: 'XA', ways }))).toEqual(['#/with']);
    expect((await act('secretariat', 1)).status).toBe(200);
    expect((await world.route('officer@xc', 'party=XB')).plan).toBe(null);
  });

  it('the plan of another network is set for its members alone, and a pair shares a network', async () => {
    const secretariat = world.by('secretariat');
    const names = { ar: 'ش', zh: '网', en: 'Regional', fr: 'Réseau', ru: 'Сеть', es: 'Red' };
    const added = await secretariat.post('/networks', { code: 'of-plans', names, levelsRequired: [] });
    const { id: network, version } = added.body as { id: string; version: number };
    for (const [at, party] of ['XA', 'XB'].entries()) {
      const joined = await secretariat.put(`/networks/${network}/members/${party}`, {
        version: version + at,
      });
      expect([joined.status, joined.body]).toEqual([200, expect.anything()]);
    }
    const set = await secretariat.post('/plans', { network, ways: [ways[0]], bridge });
    expect([set.status, set.body]).toMatchObject([201, { kind: 'network', network, number: 1 }]);
    const { id } = set.body as PlanView;
    expect((await plansOf('officer@xa')).map((one) => one.id)).toContain(id);
    expect((await plansOf('officer@xc')).map((one) => one.id)).not.toContain(id);
    expect((await world.by('officer@xc').get(`/plans/${id}`)).status).toBe(404);
    expect((await world.route('officer@xa', 'party=XB')).plan).toMatchObject({ id });
    expect((await world.route('officer@xc', 'party=XB')).plan).toBe(null);
    const belongs = (set: string) =>
      world.instance.database.rows(
        `UPDATE memberships SET ${set} WHERE party_code = 'XB' AND network_id = $1`,
        [network],
      );
    await belongs(`left_at = app.now() + interval '1 day'`);
    expect((await world.route('officer@xa', 'party=XB')).plan).toMatchObject({ id });
    await belongs(`left_at = NULL, joined_at = app.now() + interval '1 day'`);
    expect((await world.route('officer@xa', 'party=XB')).plan).toBe(null);
    await belongs('joined_at = app.now()');
    const mode = { mode: 'heightened', reason: said('Elections.'), version: 1 };
    expect((await world.by('officer@xa').post(`/plans/${id}/modes`, mode)).status).toBe(403);
    expect((await secretariat.post(`/plans/${id}/modes`, mode)).status).toBe(201);
    for (const to of ['cert@xa.example', 'diplomatic@xb.example']) {
      const mail = await waitUntil(`${to} is told`, () => modeMails(to, id)[0]);
      expect(mail.text).toMatch(/“Regional”[^]*Declared by: +Secretariat of the network/);
    }
    expect(modeMails('cert@xc.example', id)).toEqual([]);
    expect(told(await secretariat.post('/plans', { network: newId(), ways }))).toEqual(['#/network']);
    expect(told(await propose('officer@xc', { network }))).toEqual(['#/network']);
    expect((await secretariat.post(`/plans/${id}/acts`, { act: 'end', version: 2 })).status).toBe(200);
    const leaves = (what: string) =>
      world.instance.database.rows(`UPDATE memberships SET left_at = ${what} WHERE party_code = 'XC'`);
    await leaves('joined_at');
    expect(told(await propose('officer@xa', { with: 'XC' }))).toEqual(['#/with']);
    await leaves('NULL');
  });

  describe('the walls in the database', () => {
    it('keep a plan of two parties to these, and let no side agree for the other', async () => {
      const plan = (await propose('officer@xa')).body as PlanView;
      const callers = await sqlCallers(world.instance.database);
      const accounts = await world.instance.database.rows<{
        id: string;
        party: string | null;
        body: string;
        of: string;
      }>(
        `SELECT id, party_code AS party, body_id AS body, coalesce(party_code, 'network') || ' ' || role AS of FROM accounts`,
      );
      const as = (of: string): SqlIdentity => {
        const { id = '', party = null, body = '' } = accounts.find((one) => one.of === of) ?? {};
        return { actor: id, party: party ?? '', body, purpose: party === null ? 'network' : 'keep-plans' };
      };
      const outcomes = async (sql: string) => {
        const found: (number | string)[] = [];
        for (const name of [
          'XA officer',
          'XB officer',
          'XB duty-officer',
          'XC officer',
          'network directory-manager',
        ])
          found.push(await callers.api.outcome(sql, as(name), [plan.id]));
        return found;
      };
      try {
        expect(await outcomes('SELECT FROM plans WHERE id = $1')).toEqual([1, 1, 1, 0, 0]);
        const settle = (state: string) =>
          `UPDATE plans SET state = '${state}', settled_by = app.account(), settled_at = app.now() WHERE id = $1`;
        expect(await outcomes(settle('in-force'))).toEqual([refused, 1, refused, 0, 0]);
        expect(await outcomes(settle('withdrawn'))).toEqual([1, refused, refused, 0, 0]);
        expect(await outcomes(`UPDATE plans SET content = '{}' WHERE id = $1`)).toEqual(
          Array.from({ length: 5 }, () => refused),
        );
        expect(await outcomes('DELETE FROM plans WHERE id = $1')).toEqual(
          Array.from({ length: 5 }, () => refused),
        );
        const [row] = await world.instance.database.rows<object>('SELECT * FROM plans WHERE id = $1', [
          plan.id,
        ]);
        const forged = { ...row, id: newId(), state: 'in-force', settled_at: '2099-07-01T00:00:00Z' };
        for (const name of ['XA officer', 'XB officer', 'network directory-manager'])
          expect(await callers.api.adds('plans', { ...forged, proposed_by: as(name).actor }, as(name))).toBe(
            refused,
          );
        expect(await outcomes('SELECT FROM plan_modes WHERE plan_id <> $1')).toEqual([4, 4, 4, 0, 1]);
        expect(await outcomes('SELECT FROM plan_modes_told WHERE mode_id <> $1')).toEqual(
          Array.from({ length: 5 }, () => refused),
        );
        const worker = { actor: 'worker', purpose: 'sweep' };
        expect(await callers.worker.outcome('SELECT FROM plans WHERE id = $1', worker, [plan.id])).toBe(1);
        expect(await callers.worker.outcome(settle('in-force'), worker, [plan.id])).toBe(refused);
      } finally {
        for (const caller of Object.values(callers)) await caller.end();
      }
    });
  });
});
