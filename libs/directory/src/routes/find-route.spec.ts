import fc from 'fast-check';
import {
  channelKinds,
  channelPurposes,
  channelStates,
  contactStates,
  encryptions,
  levels,
} from '../entry-words.js';
import { findRoute } from './find-route.js';
import { planModes, planPlaces } from './route-words.js';
import type { RouteCandidate, RouteChannel, RouteNeed, RoutePlan } from './route-words.js';

const at = new Date('2026-07-01T09:00:00Z');
const need: RouteNeed = {
  ...{ urgency: 'U1', tlp: 'AMBER', levels: ['technical', 'diplomatic', 'policy'], traffic: 'actual', at },
};
const mail = (id: string, changes: Partial<RouteChannel> = {}): RouteChannel => ({
  ...{ id, kind: 'mail', position: 1, purpose: 'any', state: 'proven', encryption: 'none' },
  ...{ expiresOn: null, hasKey: false, ...changes },
});
const contact = (id: string, changes: Partial<RouteCandidate> = {}): RouteCandidate => ({
  ...{ id, level: 'technical', position: 1, state: 'active', duty: 'unknown', absent: false },
  ...{ substitute: null, sectors: [], body: 'body', channels: [mail(`${id}-mail`)], ...changes },
});
const plan = (changes: Partial<RoutePlan>): RoutePlan => ({
  ...{ id: 'p', version: 1, kind: 'pair', mode: 'normal', only: false, ways: [], ...changes },
});
const steps = (candidates: RouteCandidate[], changes: Partial<RouteNeed> = {}, plans: RoutePlan[] = []) =>
  findRoute(candidates, { ...need, ...changes }, plans).steps.map(
    ({ channel, stage }) => `${channel} ${stage}`,
  );
const reasons = (candidates: RouteCandidate[], changes: Partial<RouteNeed> = {}, plans: RoutePlan[] = []) =>
  Object.fromEntries<string>(
    findRoute(candidates, { ...need, ...changes }, plans).passedOver.map((one) => [
      String(one.channel),
      one.because,
    ]),
  );

describe('a route', () => {
  it('goes to those on duty first, in their order, and leaves the others for the reminder', () => {
    const desks = [
      contact('a', { duty: 'off' }),
      contact('b', { position: 2, duty: 'unknown' }),
      contact('c', { position: 3, duty: 'on' }),
      contact('d', { level: 'diplomatic', duty: 'on' }),
    ];
    expect(steps(desks)).toEqual([
      ...['c-mail at-once', 'b-mail at-once', 'a-mail when-reminded', 'd-mail by-hand'],
    ]);
  });

  it('reaches the primary one at once when nobody is on duty', () => {
    const desks = [contact('b', { position: 2, duty: 'off' }), contact('a', { duty: 'off' })];
    expect(steps(desks)).toEqual(['a-mail at-once', 'b-mail when-reminded']);
    expect(findRoute(desks, need, []).steps[0]?.because).toEqual(['primary', 'off-duty', 'last-left']);
  });

  it('goes first to the body whose constituency it is about, but for what the plan says', () => {
    const desks = [
      contact('a'),
      contact('b', { level: 'diplomatic', position: 2, body: 'other' }),
      contact('c', { level: 'policy', body: 'other', channels: [mail('c-mail', { state: 'suspect' })] }),
    ];
    const named = (changes: Partial<RouteNeed>, plans: RoutePlan[] = []) =>
      findRoute(desks, { ...need, ...changes }, plans).steps.map((step) => step.contact);
    expect(named({})).toEqual(['a', 'b', 'c']);
    expect(named({ body: 'other' })).toEqual(['b', 'a', 'c']);
    expect(findRoute(desks, { ...need, body: 'other' }, []).steps[0]?.because[0]).toBe('constituency');
    const obeyed = plan({ ways: [{ place: 'primary', level: 'technical' }] });
    expect(named({ body: 'other' }, [obeyed])).toEqual(['a', 'b', 'c']);
  });

  it('puts who stands in in the place of who is absent, through others who are absent too', () => {
    const desks = [
      contact('a', { absent: true, substitute: 'b' }),
      contact('b', { level: 'policy', absent: true, substitute: 'l' }),
      contact('c', { position: 2 }),
      contact('l', { level: 'law-enforcement-liaison', position: 4 }),
    ];
    const route = findRoute(desks, need, []);
    expect(route.steps.map(({ channel, standsInFor }) => [channel, standsInFor])).toEqual([
      ['l-mail', 'a'],
      ['c-mail', null],
    ]);
    expect(route.passedOver).toEqual([
      { contact: 'a', channel: 'a-mail', because: 'absent', substitute: 'l', couldBeTried: true },
      { contact: 'b', channel: 'b-mail', because: 'absent', substitute: 'l', couldBeTried: true },
    ]);
  });

  it('still reaches who is absent when nobody usable stands in', () => {
    const round = [
      contact('a', { absent: true, substitute: 'b' }),
      contact('b', { position: 2, absent: true, substitute: 'a' }),
    ];
    expect(steps(round)).toEqual(['a-mail at-once', 'b-mail when-reminded']);
    const suspended = contact('b', { position: 2, state: 'suspended' });
    expect(steps([contact('a', { absent: true, substitute: 'b' }), suspended])).toEqual(['a-mail at-once']);
  });

  it('lets stale entries follow, and suspect channels come last of all', () => {
    const desks = [
      contact('a', { state: 'stale' }),
      contact('b', {
        position: 2,
        channels: [mail('b1', { state: 'suspect' }), mail('b2', { position: 2 })],
      }),
    ];
    expect(steps(desks)).toEqual(['b2 at-once', 'a-mail when-reminded', 'b1 when-reminded']);
    expect(steps([contact('a', { channels: [mail('a1', { state: 'suspect' })] })])).toEqual(['a1 at-once']);
  });

  it('says why a channel was passed over', () => {
    const channels = [
      mail('unproven', { state: 'unproven' }),
      mail('ended', { state: 'ended' }),
      mail('expired', { expiresOn: '2026-06-30' }),
      mail('today', { expiresOn: '2026-07-01' }),
      mail('routine', { purpose: 'routine' }),
      mail('exercise', { purpose: 'exercise' }),
      mail('required', { encryption: 'required' }),
      mail('webhook', { kind: 'webhook', encryption: 'required', hasKey: true }),
    ];
    const desks = [
      contact('a', { channels }),
      contact('b', { level: 'law-enforcement-liaison' }),
      contact('c', { state: 'suspended' }),
      contact('d', { channels: [] }),
    ];
    expect(reasons(desks)).toEqual({
      ...{ unproven: 'unproven', ended: 'ended', expired: 'expired' },
      ...{ exercise: 'wrong-purpose', required: 'no-valid-key', webhook: 'no-valid-key' },
      ...{ 'b-mail': 'level-not-wanted', 'c-mail': 'suspended', null: 'no-channel' },
    });
    expect(steps(desks)).toEqual(['today at-once', 'routine when-reminded']);
    expect(reasons(desks, { traffic: 'exercise' })).not.toHaveProperty('exercise');
  });

  it('uses what is for matters of another urgency last, and rather than nothing', () => {
    const routine = contact('a', { channels: [mail('routine', { purpose: 'routine' })] });
    const desks = [routine, contact('d', { level: 'diplomatic', duty: 'off' })];
    expect(steps(desks)).toEqual(['d-mail at-once', 'routine when-reminded']);
    expect(steps(desks, { urgency: 'U3' })).toEqual(['routine at-once', 'd-mail by-hand']);
    const [only] = findRoute([routine], need, []).steps;
    expect(only).toMatchObject({
      stage: 'at-once',
      because: expect.arrayContaining(['other-purpose']) as [],
    });
    const urgent = contact('a', { channels: [mail('urgent', { purpose: 'urgent' })] });
    expect([steps([urgent], { urgency: 'U4' }), reasons([urgent], { urgency: 'U4' })]).toEqual([
      ...[['urgent at-once'], {}],
    ]);
    const away = contact('b', { absent: true, substitute: 'a' });
    expect(steps([routine, away])).toEqual(['b-mail at-once', 'routine when-reminded']);
  });

  it('tells an endpoint whatever the label, in its place beside mailboxes', () => {
    const channels = [
      mail('hook', { kind: 'webhook' }),
      mail('m', { position: 2 }),
      mail('sms', { kind: 'gateway', position: 3 }),
    ];
    expect(steps([contact('a', { channels })])).toEqual([
      ...['hook at-once', 'm when-reminded', 'sms when-reminded'],
    ]);
    const [first] = findRoute([contact('a', { channels })], { ...need, tlp: 'RED' }, []).steps;
    expect([first?.means, first?.because.includes('endpoint')]).toEqual(['endpoint', true]);
  });

  it('makes a mail a call-back where nothing may stand in it, and a telephone a call', () => {
    const channels = [mail('m'), mail('t', { kind: 'emergency-telephone', position: 2 })];
    const means = (changes: Partial<RouteNeed>, hasKey = false) =>
      findRoute(
        [contact('a', { channels: channels.map((one) => ({ ...one, hasKey })) })],
        { ...need, ...changes },
        [],
      ).steps.map((step) => step.means);
    expect(means({})).toEqual(['mail', 'call']);
    expect(means({ tlp: 'RED' })).toEqual(['call-back', 'call']);
    expect(means({ tlp: 'RED' }, true)).toEqual(['mail', 'call']);
    expect(means({ tlp: 'AMBER+STRICT' })).toEqual(['call-back', 'call']);
    expect(means({ tlp: 'AMBER+STRICT' }, true)).toEqual(['mail', 'call']);
  });

  it('obeys the plan of the pair before that of the network, place by place, and then goes on', () => {
    const desks = [
      contact('a', { channels: [mail('a1'), mail('a2', { kind: 'telephone', position: 2 })] }),
      contact('d', { level: 'diplomatic' }),
    ];
    const pair = plan({
      ways: [
        { place: 'emergency', kind: 'telephone' },
        { place: 'primary', level: 'diplomatic', kind: 'mail' },
        { place: 'alternate', means: { text: 'By the embassy.', language: 'en' } },
      ],
    });
    const network = plan({ kind: 'network', ways: [{ place: 'primary', channel: 'a1' }] });
    const route = findRoute(desks, need, [network, pair]);
    expect(route.steps.map(({ channel, place, stage }) => [channel, place, stage])).toEqual([
      ['d-mail', 'primary', 'at-once'],
      ['a2', 'emergency', 'by-hand'],
      ['a1', null, 'when-reminded'],
    ]);
    expect(route.otherMeans).toEqual([
      { place: 'alternate', means: { text: 'By the embassy.', language: 'en' } },
    ]);
    expect(steps(desks, {}, [plan({ ...pair, mode: 'crisis' })])).toEqual([
      ...['d-mail at-once', 'a2 by-hand', 'a1 at-once'],
    ]);
  });

  it('is in the tensest mode of all plans between the two, and follows the tensest of networks', () => {
    const desks = [contact('a'), contact('b', { position: 2, duty: 'off' })];
    const [calm, crisis] = [
      plan({ kind: 'network' }),
      plan({ id: 'tense', kind: 'network', mode: 'crisis' }),
    ];
    for (const plans of [
      [calm, crisis],
      [plan({}), calm, crisis],
    ]) {
      expect(findRoute(desks, need, plans).mode).toBe('crisis');
      expect(steps(desks, {}, plans)).toEqual(['a-mail at-once', 'b-mail at-once']);
    }
    expect(findRoute(desks, need, [calm, crisis]).plan).toMatchObject({ id: 'tense' });
    expect(findRoute(desks, need, [plan({}), crisis]).plan).toMatchObject({ kind: 'pair' });
    expect(findRoute(desks, need, []).mode).toBe('normal');
    expect(steps(desks, {}, [calm])).toEqual(['a-mail at-once', 'b-mail when-reminded']);
  });

  it('uses nothing beside a plan that says so, unless no mail could be sent then', () => {
    const desks = [contact('a', { channels: [mail('a1'), mail('a2', { kind: 'telephone', position: 2 })] })];
    const only = (kind: 'mail' | 'telephone') => plan({ only: true, ways: [{ place: 'primary', kind }] });
    expect(steps(desks, {}, [only('mail')])).toEqual(['a1 at-once']);
    expect(reasons(desks, {}, [only('mail')])).toEqual({ a2: 'plan-says-otherwise' });
    expect(steps(desks, {}, [only('telephone')])).toEqual(['a2 by-hand', 'a1 at-once']);
  });

  it('prefers who serves the sector, among those on duty', () => {
    const desks = [
      contact('a', { duty: 'on' }),
      contact('b', { position: 2, duty: 'on', sectors: ['energy'] }),
    ];
    expect(steps(desks, { sectors: ['energy'] })).toEqual(['b-mail at-once', 'a-mail at-once']);
    expect(steps(desks, { sectors: ['water', 'gas'] })).toEqual(['a-mail at-once', 'b-mail at-once']);
  });

  it('never answers nothing without saying what could be tried', () => {
    expect(findRoute([], need, []).advice).toEqual(['ask-secretariat']);
    const desks = [contact('a', { level: 'law-enforcement-liaison' })];
    expect(findRoute(desks, need, []).advice).toEqual([
      'try-passed-over',
      'ask-other-levels',
      'ask-secretariat',
    ]);
  });
});

const ids = ['a', 'b', 'c', 'd', 'e'];
const someChannel = fc.record({
  kind: fc.constantFrom(...channelKinds),
  position: fc.integer({ min: 1, max: 4 }),
  purpose: fc.constantFrom(...channelPurposes),
  state: fc.constantFrom(...channelStates, 'proven', 'suspect'),
  encryption: fc.constantFrom(...encryptions),
  expiresOn: fc.constantFrom(null, null, '2026-06-30', '2026-07-01'),
  hasKey: fc.boolean(),
});
const someCandidate = fc.record({
  level: fc.constantFrom(...levels),
  position: fc.integer({ min: 1, max: 3 }),
  state: fc.constantFrom(...contactStates, 'active', 'active'),
  duty: fc.constantFrom('on', 'off', 'unknown'),
  absent: fc.boolean(),
  substitute: fc.constantFrom(null, ...ids),
  sectors: fc.constantFrom([], ['energy']),
  body: fc.constantFrom('body', 'other'),
  channels: fc.array(someChannel, { maxLength: 3 }),
});
const candidates = fc.array(someCandidate, { maxLength: ids.length }).map((list) =>
  list.map((one, index): RouteCandidate => {
    const id = ids[index] ?? '';
    return {
      ...one,
      id,
      channels: one.channels.map((channel, place) => ({ ...channel, id: `${id}${place}` })),
    };
  }),
);
const somePlan = fc.record({
  id: fc.constant('p'),
  version: fc.constant(1),
  kind: fc.constantFrom('pair', 'network'),
  mode: fc.constantFrom(...planModes),
  only: fc.boolean(),
  ways: fc.array(
    fc.record(
      {
        place: fc.constantFrom(...planPlaces),
        level: fc.constantFrom(...levels),
        kind: fc.constantFrom(...channelKinds),
      },
      { requiredKeys: ['place'] },
    ),
    { maxLength: 4 },
  ),
});
const needs = fc.record({
  urgency: fc.constantFrom('U1', 'U2', 'U3', 'U4'),
  tlp: fc.constantFrom('RED', 'AMBER+STRICT', 'AMBER', 'GREEN', 'CLEAR'),
  levels: fc.constant(need.levels),
  sectors: fc.constantFrom(undefined, ['energy']),
  traffic: fc.constantFrom('actual', 'exercise'),
  at: fc.constant(at),
});
const anyCase = [candidates, needs, fc.array(somePlan, { maxLength: 2 })] as const;

describe('any route', () => {
  const holds = (
    claim: (found: ReturnType<typeof findRoute>, all: RouteCandidate[], asked: RouteNeed) => void,
  ) =>
    fc.assert(
      fc.property(...anyCase, (all, asked, plans) => claim(findRoute(all, asked, plans), all, asked)),
      { numRuns: 400 },
    );
  const channelOf = (all: RouteCandidate[], id: string | null) =>
    all.flatMap(({ channels }) => channels).find((one) => one.id === id);

  it('holds each channel once, chosen or passed over, and each point of contact without one', () => {
    holds(({ steps: taken, passedOver }, all) => {
      const said = [...taken, ...passedOver].map(({ contact: of, channel }) => `${of}/${channel}`);
      const there = all.flatMap(({ id, channels }) =>
        channels.length === 0 ? [`${id}/null`] : channels.map((channel) => `${id}/${channel.id}`),
      );
      expect(said.toSorted()).toEqual(there.toSorted());
    });
  });

  it('is the same whatever order the candidates come in', () => {
    fc.assert(
      fc.property(...anyCase, (all, asked, plans) => {
        expect(findRoute(all.toReversed(), asked, plans).steps).toEqual(findRoute(all, asked, plans).steps);
      }),
    );
  });

  it('never puts a suspect channel before a proven one', () => {
    holds(({ steps: taken }, all) => {
      const states = taken.map(({ channel }) => Number(channelOf(all, channel)?.state === 'suspect'));
      expect(states).toEqual(states.toSorted());
    });
  });

  it('takes no step on what is ended, unproven, expired or for something else, nor to the suspended', () => {
    holds(({ steps: taken }, all, { traffic }) => {
      for (const step of taken) {
        const channel = channelOf(all, step.channel);
        expect(['proven', 'suspect']).toContain(channel?.state);
        expect(channel?.expiresOn).not.toBe('2026-06-30');
        if (traffic === 'actual') expect(channel?.purpose).not.toBe('exercise');
        expect(['verified', 'active', 'stale']).toContain(all.find(({ id }) => id === step.contact)?.state);
      }
    });
  });

  it('obeys the order of the plan, and goes beside it only after it', () => {
    holds(({ steps: taken }, all) => {
      const proven = taken.filter(({ channel }) => channelOf(all, channel)?.state === 'proven');
      const places = proven.map(({ place }) =>
        place === null ? planPlaces.length : planPlaces.indexOf(place),
      );
      expect(places).toEqual(places.toSorted((one, other) => one - other));
    });
  });

  it('sends a mail at once if any can be sent, and gives advice if there is no step at all', () => {
    holds(({ steps: taken, advice }) => {
      const mails = taken.filter(({ means }) => means !== 'call');
      expect(mails.some(({ stage }) => stage === 'at-once')).toBe(mails.length > 0);
      expect(taken.filter(({ means, stage }) => means === 'call' && stage !== 'by-hand')).toEqual([]);
      expect(advice.length > 0).toBe(taken.length === 0);
    });
  });

  it('passes over who is absent only for somebody who is there', () => {
    holds(({ passedOver }, all) => {
      for (const { because, substitute } of passedOver)
        if (because === 'absent') expect(all.find(({ id }) => id === substitute)?.absent).toBe(false);
    });
  });

  it('writes nothing of what is TLP:RED in a mail without a key', () => {
    holds(({ steps: taken }, all, { tlp }) => {
      for (const { channel, means } of taken)
        if (tlp === 'RED' && means === 'mail') expect(channelOf(all, channel)?.hasKey).toBe(true);
    });
  });
});
