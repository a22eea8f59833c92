import type { RequestSummary } from '#libs/requests';
import { Instance } from '../harness/instance.js';
import type { Officer } from '../harness/officer.js';

interface Page {
  items: RequestSummary[];
  next: string | null;
}

describe('the list of requests', () => {
  let instance: Instance;
  let requester: Officer;
  let addressee: Officer;
  const filed: string[] = [];

  beforeAll(async () => {
    instance = await Instance.start({ worker: false });
    requester = await instance.officer('officer@xa.example');
    addressee = await instance.officer('officer@xb.example');
    const requests = [
      { urgency: 'U1' },
      { urgency: 'U2', to: ['XC'] },
      { urgency: 'U3', to: ['XB', 'XC'] },
      { urgency: 'U4', draft: true },
      { urgency: 'U1', traffic: 'exercise' },
    ];
    for (const request of requests) filed.push((await requester.files(request)).id);
    await addressee.acts(filed[2] ?? '', { act: 'acknowledge' });
  });
  afterAll(() => instance.stop());

  const list = async (officer: Officer, query = ''): Promise<Page> =>
    (await officer.get(`/requests${query}`)).body as Page;
  const numbers = (page: Page): number[] => page.items.map((item) => filed.indexOf(item.id));

  it('shows the newest first, to each side its own', async () => {
    expect(numbers(await list(requester))).toEqual([4, 3, 2, 1, 0]);
    expect(numbers(await list(addressee))).toEqual([4, 2, 0]);
    expect(
      (await list(addressee)).items.map((item) => [item.direction, item.addressees.length, item.to]),
    ).toEqual([
      ['incoming', 1, ['XB']],
      ['incoming', 1, ['XB']],
      ['incoming', 1, ['XB']],
    ]);
  });

  it('is turned page by page, without a gap and without one twice, while new ones come in', async () => {
    const first = await list(requester, '?limit=2');
    expect(numbers(first)).toEqual([4, 3]);
    await requester.files({ urgency: 'U4' });
    const second = await list(requester, `?limit=2&cursor=${first.next}`);
    expect(numbers(second)).toEqual([2, 1]);
    const third = await list(requester, `?limit=2&cursor=${second.next}`);
    expect(numbers(third)).toEqual([0]);
    expect(third.next).toBeNull();
  });

  it.each([
    ['?direction=incoming', []],
    ['?direction=outgoing&urgency=U1', [4, 0]],
    ['?state=draft', [3]],
    ['?state=acknowledged', [2]],
    ['?party=XC', [2, 1]],
    ['?party=XC&urgency=U3&state=sent', [2]],
    ['?party=XA', []],
  ])('is filtered by %s', async (query, expected) => {
    const page = await list(requester, query);
    expect(numbers(page).filter((number) => number >= 0)).toEqual(expected);
  });

  it("is filtered for an addressee by its own line's state and by the requester", async () => {
    expect(numbers(await list(addressee, '?state=acknowledged'))).toEqual([2]);
    expect(numbers(await list(addressee, '?party=XA&urgency=U3'))).toEqual([2]);
    // That XC is addressed too is not to be found out by asking.
    expect((await list(addressee, '?party=XC')).items).toEqual([]);
  });

  it('is filtered by the state that is shown, not by that of a line which was handed over', async () => {
    const { id } = await requester.files({ urgency: 'U4' });
    const { bodies } = (await addressee.get('/parties/XB')).body as {
      bodies: { id: string; kind: string }[];
    };
    const body = bodies.find(({ kind }) => kind === 'agency')?.id;
    const text = { text: 'Theirs to decide.', language: 'en' };
    const redirected = await addressee.acts(id, { act: 'redirect', redirectTo: { party: 'XB', body }, text });
    expect(redirected.status).toBe(200);
    const agency = await instance.officer('policy@xb.example');
    await agency.acts(id, { act: 'acknowledge' });
    for (const officer of [requester, addressee, agency]) {
      const found = async (state: string) =>
        (await list(officer, `?state=${state}`)).items.map((item) => item.id).includes(id);
      expect([await found('redirected'), await found('acknowledged')]).toEqual([false, true]);
    }
    const named = await requester.files({ urgency: 'U4' });
    await addressee.acts(named.id, { act: 'redirect', redirectTo: { party: 'XC' }, text });
    expect((await list(addressee, '?state=redirected')).items.map((item) => item.id)).toEqual([named.id]);
  });
});
