import supertest from 'supertest';
import type { ApprovalView, ClearanceRulesView, RequestView } from '#libs/requests';
import { AckLink } from '../harness/ack-link.js';
import { Instance } from '../harness/instance.js';
import { accept, chosenPassword } from '../harness/invitee.js';
import { fiveFields, Officer, type Answer } from '../harness/officer.js';
import { untilQuiet } from '../harness/quiet.js';
import { told } from '../harness/told.js';

/** A plain text without its line breaks. */
const unwrapped = (text = '') => text.replaceAll(/\s+/g, ' ');
const written = (text: string) => ({ text, language: 'en' });

describe('four eyes', () => {
  let instance: Instance;
  let [first, second, administrator, colleague, secretariat, duty, asked]: Officer[] = [];

  beforeAll(async () => {
    instance = await Instance.start();
    const named = ['officer@xb', 'administrator@xb', 'secretariat@network', 'duty@xb', 'officer@xa'];
    [first, administrator, secretariat, duty, asked] = await Promise.all(
      named.map((name) => instance.officer(`${name}.example`)),
    );
    second = await joins('second@xb.example', 'officer', 'cert');
    colleague = await joins('other-administrator@xb.example', 'party-administrator', 'agency');
  });
  afterAll(() => instance.stop());

  const joins = async (email: string, role: string, kind: string): Promise<Officer> => {
    const [row] = await instance.database.rows<{ id: string }>(
      `SELECT id FROM bodies WHERE party_code = 'XB' AND kind = '${kind}'`,
    );
    await administrator?.post('/invitations', { email, role, body: row?.id });
    await accept(await instance.sink.mailTo(email), 'B. Second');
    return Officer.signIn(instance.url, email, chosenPassword);
  };
  const sets = async (who: Officer | undefined, acts: string[], more: object = {}) =>
    (await who?.post('/clearance-rules', { acts, ...more })) as Answer<ClearanceRulesView>;
  const inForce = async (who: Officer | undefined) =>
    ((await who?.get('/clearance-rules'))?.body as ClearanceRulesView).acts;
  const asks = async (who: Officer | undefined, body: object) =>
    (await who?.post('/approvals', body)) as Answer<ApprovalView>;
  const decides = async (
    who: Officer | undefined,
    { id, digest }: ApprovalView,
    decision: string,
    text = '',
  ) =>
    (await who?.post(`/approvals/${id}/decision`, {
      ...{ decision, digest },
      ...(text ? { comment: written(text) } : {}),
    })) as Answer<ApprovalView>;
  const sees = async (who: Officer | undefined, { id }: { id: string }) =>
    (await who?.get(`/approvals/${id}`)) as Answer<ApprovalView>;
  const acts = async (who: Officer | undefined, id: string, act: object) =>
    (await who?.acts(id, act)) as Answer<RequestView>;
  const draft = async (changes: object = {}) =>
    (await first?.files({ ...fiveFields, from: 'XB', to: ['XA', 'XC'], draft: true, ...changes }))!;
  const allowed = (view: RequestView | undefined, act: string) =>
    view?.allowedActs.find((each) => each.act === act);
  const mailsAbout = (reference: string) =>
    instance.sink.mails.filter(({ subject }) => subject.includes(reference));
  const problem = ({ status, body }: { status: number; body: object }) => [
    status,
    (body as { type?: string }).type?.replace('urn:aldis:problem:', ''),
  ];

  it('are demanded by whoever may: an administrator for the party, the secretariat for the network', async () => {
    expect(await inForce(first)).toEqual([]);
    for (const who of [first, duty, await instance.officer('auditor@network.example')])
      expect(problem(await sets(who, ['send']))).toEqual([403, 'forbidden']);
    expect(told(await sets(administrator, ['acknowledge']))).toEqual(['#/acts/0']);
    const answer = await sets(administrator, ['send', 'determine', 'send'], { version: 0 });
    expect([answer.status, answer.body]).toMatchObject([
      201,
      {
        acts: ['determine', 'send'],
        items: [{ of: 'party', version: 1, state: 'in-force', loosens: false }],
      },
    ]);
    expect(problem(await sets(administrator, ['send'], { version: 0 }))).toEqual([409, 'conflict']);
    // The rule of one party is no other's affair.
    expect(await inForce(asked)).toEqual([]);
    expect(await inForce(secretariat)).toEqual([]);
    const kept = await instance.database.rows(
      `SELECT act, party_code FROM access_events WHERE act LIKE 'clearance%'`,
    );
    expect(kept).toEqual([{ act: 'clearance-changed', party_code: 'XB' }]);
  });

  it('let nothing out that nobody else has seen, and say how to ask', async () => {
    const atOnce = await first?.post('/requests', { ...fiveFields, from: 'XB', to: ['XA'] });
    expect(problem(atOnce!)).toEqual([409, 'clearance-needed']);
    const { id, reference, allowedActs } = await draft();
    expect(allowedActs.find(({ act }) => act === 'send')).toMatchObject({
      ...{ allowed: false, clearance: 'needed', because: expect.stringContaining('POST /api/v1/approvals') },
    });
    expect(allowed(await first?.sees(id), 'withdraw')).toMatchObject({ allowed: true });
    expect(problem(await acts(first, id, { act: 'send' }))).toEqual([409, 'clearance-needed']);
    // What could not be done is not asked for either.
    expect(problem(await asks(duty, { request: id, act: 'send' }))).toEqual([403, 'forbidden']);
    expect(told(await asks(first, { request: id, act: 'send', text: written('x') }))).toEqual(['#/text']);
    const incomplete = await draft({ urgency: undefined });
    expect(told(await asks(first, { request: incomplete.id, act: 'send' }))).toEqual(['#/urgency']);
    expect(problem(await asks(first, { request: id, act: 'close' }))).toEqual([409, 'act-not-possible']);
    await untilQuiet(instance);
    expect(mailsAbout(reference)).toEqual([]);
  });

  it('see exactly what will be sent, refuse, and clear what was changed for it', async () => {
    const { id, reference } = await draft({ answers: { incident: { sectors: ['health-care'] } } });
    const { status, body: one } = await asks(first, {
      ...{ request: id, act: 'send', note: written('Please before noon.') },
    });
    expect(status).toBe(201);
    expect(one).toMatchObject({ state: 'asked', draft: { to: ['XA', 'XC'], urgency: 'U1', tlp: 'AMBER' } });
    expect(allowed(await second?.sees(id), 'send')).toMatchObject({ allowed: false, clearance: 'asked' });
    expect(problem(await decides(first, one, 'approve'))).toEqual([403, 'forbidden']);
    expect(problem(await decides(duty, one, 'approve'))).toEqual([403, 'forbidden']);
    expect(problem(await acts(first, id, { act: 'send' }))).toEqual([409, 'clearance-needed']);

    const text = unwrapped((await second?.get(`/approvals/${one.id}/document.txt`))?.text);
    for (const part of [
      'TLP:AMBER',
      'U1',
      'Fictional State A',
      'Fictional State C',
      'ransomware',
      one.digest,
    ])
      expect(text).toContain(part);
    expect(text).toContain('Nothing of this has been done');
    for (const part of ['before noon', 'Composed', 'Clearance asked']) expect(text).not.toContain(part);
    const french = (await second?.get(`/approvals/${one.id}/document.html?lang=fr`))?.text;
    expect(french).toContain('En attente d’une seconde personne');

    expect(problem(await decides(second, { ...one, digest: '0'.repeat(64) }, 'approve'))).toEqual([
      ...[409, 'conflict'],
    ]);
    expect(told(await decides(second, one, 'refuse'))).toEqual(['#/comment']);
    const refused = await decides(second, one, 'refuse', 'Name the ward.');
    expect(refused.body).toMatchObject({
      ...{ state: 'refused', comment: written('Name the ward.'), note: written('Please before noon.') },
      ...{ askedBy: { name: 'Officer of CERT XB' }, decidedBy: { name: 'B. Second' } },
    });
    expect(problem(await decides(second, one, 'approve'))).toEqual([409, 'conflict']);

    const request = { ...fiveFields, from: 'XB', to: ['XA', 'XC'], sentence: written('For ward 3.') };
    await acts(first, id, { act: 'save', request });
    const two = (await asks(first, { request: id, act: 'send' })).body;
    expect((await decides(second, two, 'approve', 'Good.')).body).toMatchObject({ state: 'approved' });
    expect(allowed(await first?.sees(id), 'send')).toMatchObject({ allowed: true, clearance: 'approved' });
    await untilQuiet(instance);
    expect(mailsAbout(reference)).toEqual([]);

    // A change voids it at once, and the one after it is cleared anew.
    await acts(second, id, { act: 'save', request: { ...request, urgency: 'U2' } });
    expect((await sees(first, two)).body).toMatchObject({ state: 'void', voidBecause: 'request-changed' });
    const stale = await acts(first, id, { act: 'send' });
    expect([problem(stale), told(stale)]).toEqual([
      [409, 'clearance-needed'],
      ['#/draft/urgency', '#/version'],
    ]);
    expect(problem((await first?.post(`/approvals/${two.id}/carry-out`))!)).toEqual([
      ...[409, 'clearance-needed'],
    ]);
    const three = (await asks(first, { request: id, act: 'send' })).body;
    await decides(second, three, 'approve');
    const sent = await acts(first, id, { act: 'send' });
    expect([sent.status, sent.body.state]).toEqual([200, 'sent']);
    await untilQuiet(instance);
    expect(mailsAbout(reference).length).toBeGreaterThan(2);
    expect((await sees(first, three)).body).toMatchObject({ state: 'used', endedAt: expect.any(String) });
  });

  it('leave their trace with the own side, and none with the other', async () => {
    const page = (await first?.get('/requests?direction=outgoing&state=sent'))?.body as {
      items: { id: string }[];
    };
    const id = page.items[0]?.id ?? '';
    const own = (await first?.sees(id))?.timeline.filter(({ clearance }) => clearance) ?? [];
    expect(own.map(({ act, by, said }) => [act, by.name, said?.text?.text])).toEqual([
      ['request-clearance', 'Officer of CERT XB', 'Please before noon.'],
      ['refuse-clearance', 'B. Second', 'Name the ward.'],
      ['request-clearance', 'Officer of CERT XB', undefined],
      ['clear', 'B. Second', 'Good.'],
      ['request-clearance', 'Officer of CERT XB', undefined],
      ['clear', 'B. Second', undefined],
    ]);
    const theirs = JSON.stringify(await asked?.sees(id));
    for (const word of ['clear', 'before noon', 'B. Second']) expect(theirs).not.toContain(word);
    expect((await asked?.get('/approvals'))?.body).toEqual({ items: [], next: null });
    const handedOn = (await first?.get(`/requests/${id}/document.txt`))?.text;
    expect(handedOn).not.toContain('before noon');
    const listed = (await duty?.get('/approvals?state=used&limit=1'))?.body as { items: ApprovalView[] };
    expect(listed.items).toMatchObject([{ request: id, act: 'send', state: 'used' }]);
    for (const who of [secretariat, administrator])
      expect(problem((await who?.get('/approvals'))!)).toEqual([403, 'forbidden']);
    for (const { clearance } of own)
      for (const who of [asked, secretariat, administrator, await instance.officer('policy@xb.example')])
        expect((await who?.get(`/approvals/${clearance?.approval}`))?.status).toBe(404);
  });

  it('hold on a line as well: an acknowledgement does not wait, an answer does', async () => {
    const { id, reference } = (await asked?.files())!;
    const link = AckLink.in(await instance.sink.mailTo('cert@xb.example'));
    expect((await link.submit('A. Duty')).status).toBe(200);
    const answer = { act: 'determine', answer: 'can-assist', text: written('Two experts.') };
    expect(problem(await acts(first, id, answer))).toEqual([409, 'clearance-needed']);
    const one = (await asks(first, { request: id, ...answer })).body;
    const text = unwrapped((await second?.get(`/approvals/${one.id}/document.txt`))?.text);
    for (const part of ['Two experts.', reference, 'Recorded, once done, as: Answered', 'Not done yet'])
      expect(text).toContain(part);
    await decides(second, one, 'approve');
    const other = await acts(second, id, { ...answer, text: written('Three experts.') });
    expect([problem(other), told(other)]).toEqual([[409, 'clearance-needed'], ['#/text']]);
    // What another tried has not touched what was cleared; what the other side does, has.
    expect((await sees(first, one)).body.state).toBe('approved');
    await acts(asked, id, { act: 'message', text: written('It has spread.') });
    expect((await sees(first, one)).body).toMatchObject({ state: 'void', voidBecause: 'line-changed' });
    const two = (await asks(first, { request: id, ...answer })).body;
    await decides(second, two, 'approve');
    const done = (await second?.post(`/approvals/${two.id}/carry-out`))!;
    expect([done.status, done.body]).toMatchObject([200, { state: 'answered' }]);
    const seen = await asked?.sees(id);
    expect(seen?.timeline.at(-1)).toMatchObject({ act: 'determine', by: { name: 'B. Second' } });
    expect(JSON.stringify(seen)).not.toContain('clear');
  });

  it('are taken back by whoever asked', async () => {
    const { id } = await draft();
    const one = (await asks(first, { request: id, act: 'send' })).body;
    expect(problem((await second?.delete(`/approvals/${one.id}`))!)).toEqual([403, 'forbidden']);
    await decides(second, one, 'approve');
    for (let again = 0; again < 2; again++)
      expect((await first?.delete(`/approvals/${one.id}`))?.body).toMatchObject({ state: 'withdrawn' });
    expect(problem(await acts(first, id, { act: 'send' }))).toEqual([409, 'clearance-needed']);
  });

  it('clear one use, however many try at once', async () => {
    const { id, reference } = await draft({ to: ['XA'] });
    const one = (await asks(first, { request: id, act: 'send' })).body;
    await decides(second, one, 'approve');
    const answers = await Promise.all([
      acts(first, id, { act: 'send' }),
      acts(second, id, { act: 'send' }),
      first!.post(`/approvals/${one.id}/carry-out`),
      second!.post(`/approvals/${one.id}/carry-out`),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    await untilQuiet(instance);
    const requests = mailsAbout(reference).filter(({ subject }) =>
      subject.includes('Request for assistance'),
    );
    expect(new Set(requests.map(({ to }) => String(to))).size).toBe(requests.length);
  });

  it('are not lent to a program, and need the second factor given just now', async () => {
    const { id } = await draft({ to: ['XA'] });
    const one = (await asks(first, { request: id, act: 'send' })).body;
    const scope = ['file-requests', 'read-requests'];
    const { token } = (await second?.post('/tokens', { name: 'Program', scope }))?.body as { token: string };
    const program = (path: string, body: object) =>
      supertest(instance.url).post(`/api/v1${path}`).set('Authorization', `Bearer ${token}`).send(body);
    const { digest } = one;
    const deciding = { decision: 'approve', digest };
    expect(problem(await program(`/approvals/${one.id}/decision`, deciding))).toEqual([403, 'forbidden']);
    await instance.database.rows(
      `UPDATE sessions SET factor = 'totp', factor_at = app.now() - interval '6 minutes'`,
    );
    expect(problem(await decides(second, one, 'approve'))).toEqual([403, 'step-up-needed']);
    expect(problem(await sets(administrator, ['send', 'determine', 'message']))).toEqual([
      ...[403, 'step-up-needed'],
    ]);
    await instance.database.rows(`UPDATE sessions SET factor = 'none', factor_at = app.now()`);
    await decides(second, one, 'approve');
    const sent = await program(`/requests/${id}/acts`, { act: 'send' });
    expect(sent.status).toBe(200);
  });

  it('keep words out of acts that do not wait, where messages have to be cleared', async () => {
    await sets(administrator, ['send', 'determine', 'message']);
    const { id } = (await asked?.files())!;
    for (const act of ['acknowledge', 'take'])
      expect(problem(await acts(first, id, { act, text: written('Hello.') }))).toEqual([
        ...[409, 'clearance-needed'],
      ]);
    expect((await acts(duty, id, { act: 'acknowledge' })).status).toBe(200);
    expect((await acts(first, id, { act: 'note', text: written('Ours.') })).status).toBe(200);
  });

  it('are loosened by two persons', async () => {
    const newest = async () =>
      ((await administrator?.get('/clearance-rules'))?.body as ClearanceRulesView).items[0];
    const waiting = await sets(administrator, ['determine']);
    expect(waiting.body.items[0]).toMatchObject({ state: 'waiting', loosens: true });
    expect(await inForce(first)).toEqual(['determine', 'message', 'send']);
    const agrees = (who: Officer | undefined, id = waiting.body.items[0]?.id) =>
      who!.post(`/clearance-rules/${id}/agreement`);
    expect(problem(await agrees(administrator))).toEqual([403, 'forbidden']);
    expect(problem(await agrees(first))).toEqual([403, 'forbidden']);
    for (const who of [secretariat]) expect(problem(await agrees(who))).toEqual([404, 'not-found']);
    expect((await agrees(colleague)).body).toMatchObject({ acts: ['determine'] });
    expect(problem(await agrees(colleague))).toEqual([409, 'conflict']);
    expect(await newest()).toMatchObject({ state: 'in-force', agreedBy: expect.any(String) });
    // What replaces it meanwhile ends the waiting.
    const id = (await sets(administrator, [])).body.items[0]?.id;
    await sets(colleague, ['determine', 'send']);
    expect(problem(await agrees(colleague, id))).toEqual([409, 'conflict']);
    expect(await inForce(first)).toEqual(['determine', 'send']);
  });

  it('are added to by a party, and not taken away, where the network demands them', async () => {
    expect((await sets(secretariat, ['accept-offer'])).status).toBe(201);
    expect(await inForce(asked)).toEqual(['accept-offer']);
    const id = (await sets(administrator, [])).body.items[0]?.id;
    await colleague?.post(`/clearance-rules/${id}/agreement`);
    expect(await inForce(first)).toEqual(['accept-offer']);
    const listed = ((await asked?.get('/clearance-rules'))?.body as ClearanceRulesView).items;
    expect(listed.map(({ of }) => of)).toEqual(['network']);
    const { id: request } = (await first?.files({ from: 'XB', to: ['XA'] }))!;
    await acts(asked, request, { act: 'determine', answer: 'can-assist' });
    expect(problem(await acts(first, request, { act: 'accept-offer' }))).toEqual([409, 'clearance-needed']);
    const one = (await asks(first, { request, act: 'accept-offer', addressee: 'XA' })).body;
    await decides(second, one, 'approve');
    expect((await acts(first, request, { act: 'accept-offer' })).body.state).toBe('sent');
    expect((await first?.sees(request))?.addressees[0]?.state).toBe('agreed');
  });

  it('are kept by the database alone: another process of the api carries out what was cleared', async () => {
    const { id: request } = (await first?.files({ from: 'XB', to: ['XA'] }))!;
    await acts(asked, request, { act: 'determine', answer: 'can-assist' });
    const one = (await asks(first, { request, act: 'accept-offer' })).body;
    await decides(second, one, 'approve');
    const other = await Instance.start({ database: instance.database, worker: false });
    const officer = await other.officer('officer@xb.example');
    const done = await officer.post(`/approvals/${one.id}/carry-out`, undefined, 'once');
    const again = await officer.post(`/approvals/${one.id}/carry-out`, undefined, 'once');
    await other.api.close();
    await other.sink.stop();
    expect([done.status, again.status, again.body]).toEqual([200, 200, done.body]);
    expect((await asked?.sees(request))?.state).toBe('agreed');
  });
});
