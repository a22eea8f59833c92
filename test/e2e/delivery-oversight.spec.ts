import { Instance } from '../harness/instance.js';
import type { Officer } from '../harness/officer.js';
import { told } from '../harness/told.js';
import { waitUntil } from '../harness/waiting.js';

interface Seen {
  items: { notice: string; channel: string; state: string; attempts: number; outcome: string | null }[];
  next: string | null;
}

const minute = 60_000;
/** What stands in a request, its mails and its addresses, and must be nowhere in what the secretariat is answered. */
const canaries = ['Marigold', 'Larkspur', 'example', 'XA', 'XB', 'XC', 'TLP', 'U1', 'AR-'];

describe('what the secretariat sees of deliveries', () => {
  let instance: Instance;
  let secretariat: Officer;
  let request: string;

  beforeAll(async () => {
    instance = await Instance.start();
    secretariat = await instance.officer('secretariat@network.example');
    instance.sink.script('cert-alternate@xb.example', { does: 'refuse-recipient' });
    instance.sink.script('cert@xc.example', { does: 'greylist' });
    const officer = await instance.officer('officer@xa.example');
    const sentence = { text: 'Marigold asks.', language: 'en' };
    const { id } = await officer.files({
      to: ['XB', 'XC'],
      sentence,
      text: { text: 'Larkspur.', language: 'en' },
    });
    request = id;
    // The last to leave: that a mailbox has refused is told to those who keep it.
    await instance.sink.mailTo('administrator@xb.example');
    await waitUntil('one was refused, one held up, and the others have left', async () => {
      const states = (await seen('?limit=100')).items.map(({ state, outcome }) => `${state} ${outcome}`);
      const left = states.filter((one) => one !== 'accepted accepted').sort();
      return left.join() === 'failed permanent,pending transient' && left.length < states.length;
    });
  });
  afterAll(() => instance.stop());

  const seen = async (query = '') => (await secretariat.get(`/deliveries${query}`)).body as Seen;
  const summary = async () => (await secretariat.get('/deliveries/summary')).body as Record<string, number>;
  const idsOf = async () =>
    (await instance.database.rows<{ id: string }>('SELECT id FROM notices ORDER BY id DESC')).map(
      ({ id }) => id,
    );

  it('is each notice by a name, its state, attempts and outcome, and nothing else', async () => {
    const { items } = await seen('?limit=100');
    const ids = await idsOf();
    expect(items.map(({ notice }) => notice)).toEqual(ids.map((id) => id.slice(-10)));
    for (const item of items)
      expect(Object.keys(item).sort()).toEqual(['attempts', 'channel', 'notice', 'outcome', 'state']);
    expect(items.find(({ state }) => state === 'failed')).toMatchObject({
      attempts: 1,
      outcome: 'permanent',
    });
  });

  it('holds none of what they are about, for whom or when', async () => {
    const paths = [
      '/deliveries?limit=100',
      '/deliveries?limit=1',
      '/deliveries?outcome=failed',
      '/deliveries/summary',
    ];
    const ids = await idsOf();
    for (const path of paths) {
      const { text } = await secretariat.get(path);
      const found = [...canaries, request, ...ids].filter((canary) => text.includes(canary));
      // The first twelve digits of an id are its time.
      const times = ids.map((id) => id.slice(0, 13)).filter((time) => text.includes(time));
      expect([path, found, times]).toEqual([path, [], []]);
    }
  });

  it('is filtered by state, and comes in pages', async () => {
    const whole = (await seen('?limit=100')).items;
    const failed = await seen('?outcome=failed');
    expect(failed).toEqual({ items: whole.filter(({ state }) => state === 'failed'), next: null });
    const paged: Seen['items'] = [];
    for (let query = '?limit=2', next: string | null = ''; next !== null; query = `?limit=2&cursor=${next}`) {
      const page: Seen = await seen(query);
      paged.push(...page.items);
      ({ next } = page);
    }
    expect(paged.map(({ notice }) => notice)).toEqual(whole.map(({ notice }) => notice));
    expect(await seen('?cursor=0000000000')).toEqual({ items: [], next: null });
    for (const [query, parameter] of [
      ['?outcome=lost', 'outcome'],
      ['?limit=101', 'limit'],
      ['?cursor=x', 'cursor'],
      ['?party=XB', 'party'],
    ])
      expect([query, told(await secretariat.get(`/deliveries${query}`))]).toEqual([query, [parameter]]);
  });

  it('is counted: how many wait, are late, have failed', async () => {
    expect(await summary()).toEqual({ waiting: 1, late: 0, failed: 1 });
    await instance.stopWorker();
    await instance.forward(11 * minute);
    expect(await summary()).toEqual({ waiting: 1, late: 1, failed: 1 });
  });

  it('is seen by directory managers and auditors alone', async () => {
    for (const path of ['/deliveries', '/deliveries/summary']) {
      expect((await (await instance.officer('auditor@network.example')).get(path)).status).toBe(200);
      for (const name of ['exercises@network', 'administrator@xb', 'officer@xa'])
        expect((await (await instance.officer(`${name}.example`)).get(path)).status).toBe(403);
    }
  });
});
