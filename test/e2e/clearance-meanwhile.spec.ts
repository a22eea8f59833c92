import pg from 'pg';
import type { ApprovalView, RequestView } from '#libs/requests';
import { Instance } from '../harness/instance.js';
import { accept, chosenPassword } from '../harness/invitee.js';
import { Officer, type Answer } from '../harness/officer.js';
import { settings } from '../harness/settings.js';
import { waitUntil } from '../harness/waiting.js';

const written = (text: string) => ({ text, language: 'en' });
const answer = { act: 'determine', answer: 'can-assist', text: written('One expert.') };

describe('four eyes, while others are at work', () => {
  let instance: Instance;
  let beside: pg.Client;
  let [first, second, administrator, asked]: Officer[] = [];

  beforeAll(async () => {
    instance = await Instance.start();
    [first, administrator, asked] = await Promise.all(
      ['officer@xb', 'administrator@xb', 'officer@xa'].map((name) => instance.officer(`${name}.example`)),
    );
    const [cert] = await instance.database.rows<{ id: string }>(
      `SELECT id FROM bodies WHERE party_code = 'XB' AND kind = 'cert'`,
    );
    const email = 'second@xb.example';
    await administrator?.post('/invitations', { email, role: 'officer', body: cert?.id });
    await accept(await instance.sink.mailTo(email), 'B. Second');
    second = await Officer.signIn(instance.url, email, chosenPassword);
    await administrator?.post('/clearance-rules', { acts: ['determine'] });
    const url = Object.assign(new URL(settings.admin), { pathname: `/${instance.database.name}` });
    beside = new pg.Client({ connectionString: url.toString() });
    await beside.connect();
  });
  afterAll(async () => {
    await beside.end();
    await instance.stop();
  });

  const asks = async (request: string) =>
    ((await first?.post('/approvals', { request, ...answer })) as Answer<ApprovalView>).body;
  const approves = ({ id, digest }: ApprovalView) =>
    second!.post(`/approvals/${id}/decision`, { decision: 'approve', digest });
  const sees = async ({ id }: ApprovalView) => (await first?.get(`/approvals/${id}`))?.body as ApprovalView;
  /** Begins something that waits for the line of XB, meanwhile does something else, and answers how the first ends. */
  const heldUp = async <T>(id: string, begin: () => Promise<T>, meanwhile: () => Promise<unknown>) => {
    await beside.query('BEGIN');
    await beside.query(`SELECT 1 FROM addressees WHERE request_id = $1 AND party_code = 'XB' FOR UPDATE`, [
      id,
    ]);
    const begun = begin();
    await waitUntil('it waits for the line', async () => {
      const [waiting] = await instance.database.rows(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return waiting;
    });
    await meanwhile();
    await beside.query('COMMIT');
    return begun;
  };

  it('tell an addressee nothing of what others were told: what it does not see voids nothing', async () => {
    const { id } = (await asked?.files({ to: ['XB', 'XC'] }))!;
    const one = await asks(id);
    await approves(one);
    expect(one.versions).toEqual({ request: null, line: 1 });
    const before = await sees(one);
    const told = await asked?.acts(id, { act: 'disclose', disclosure: { to: ['XC'], parties: ['XB'] } });
    expect(told?.status).toBe(200);
    await instance.database.rows('UPDATE requests SET version = version + 1 WHERE id = $1', [id]);
    expect(await sees(one)).toEqual({ ...before, state: 'approved' });
    const done = await first?.post(`/approvals/${one.id}/carry-out`);
    expect([done?.status, (done?.body as RequestView).state]).toEqual([200, 'answered']);

    const { id: other } = (await asked?.files({ to: ['XB', 'XC'] }))!;
    const two = await asks(other);
    await approves(two);
    await asked?.acts(other, { act: 'amend', answers: { incident: { sectors: ['health-care'] } } });
    expect(await sees(two)).toMatchObject({ state: 'void', voidBecause: 'request-changed' });
  });

  it('lock the line before the approval, as acts do', async () => {
    const { id } = (await asked?.files())!;
    const one = await asks(id);
    let free: object[] = [];
    const look = async () => {
      free = await instance.database.rows(
        'SELECT state FROM approvals WHERE id = $1 FOR UPDATE SKIP LOCKED',
        [one.id],
      );
    };
    expect((await heldUp(id, async () => approves(one), look)).status).toBe(200);
    expect(free).toEqual([{ state: 'asked' }]);
    const back = async () => first!.delete(`/approvals/${one.id}`);
    expect((await heldUp(id, back, look)).status).toBe(200);
    expect(free).toEqual([{ state: 'approved' }]);
  });

  it('hold from the moment a rule is in force, also for an act that was begun before', async () => {
    const { id } = (await asked?.files())!;
    const say = { act: 'message', text: written('We look into it.') };
    const said = await heldUp(
      id,
      async () => first!.acts(id, say),
      () => administrator!.post('/clearance-rules', { acts: ['determine', 'message'] }),
    );
    expect([said.status, (said.body as { type?: string }).type]).toEqual([
      ...[409, 'urn:aldis:problem:clearance-needed'],
    ]);
    expect(JSON.stringify(await asked?.sees(id))).not.toContain('look into it');
  });
});
