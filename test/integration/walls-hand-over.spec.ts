import { randomUUID } from 'node:crypto';
import type { Officer } from '../harness/officer.js';
import { all, each, type SqlIdentity } from '../harness/sql-caller.js';
import { refused, Walled, type Row } from '../harness/walled.js';

/** SQLSTATE foreign_key_violation, and unique_violation: past the walls, the row is there already. */
const noSuchBody = '23503';
const thereAlready = '23505';

describe('the walls around handing over', () => {
  let walled: Walled;
  let onward: string;
  let [copy, requester, cert, agency]: SqlIdentity[] = [];

  beforeAll(async () => {
    walled = await Walled.start();
    const officer = async (name: string) => walled.instance.officer(`${name}.example`);
    const [asking, certOfficer, policy] = await Promise.all(
      ['officer@xa', 'officer@xb', 'policy@xb'].map(officer),
    );
    const redirects = async (who: Officer | undefined, id: string, redirectTo: object) => {
      const text = { text: 'Theirs to decide.', language: 'en' };
      const { status, body } = (await who?.acts(id, { act: 'redirect', redirectTo, text })) ?? {};
      if (status !== 200) throw new Error(`redirecting answered ${status}: ${JSON.stringify(body)}`);
    };
    onward = (await asking?.files())?.id ?? '';
    const toAgency = { party: 'XB', body: walled.bodies['XB agency'] };
    await redirects(certOfficer, walled.solo, toAgency);
    await redirects(certOfficer, onward, toAgency);
    await redirects(policy, onward, { party: 'XC' });
    [copy, requester] = [walled.of('XA', 'ministry'), walled.of('XA', 'cert')];
    [cert, agency] = [walled.of('XB', 'cert'), walled.of('XB', 'agency')];
  });
  afterAll(() => walled.stop());

  const adds = (table: string, row: Row, who: SqlIdentity | undefined) =>
    walled.api.adds(table, row, who ?? {});
  const lineOf = (request: string, body: 'XB agency' | null, party = 'XB') =>
    walled.rowOf(
      'addressees',
      `request_id = '${request}' AND party_code = '${party}' AND body_id IS NOT DISTINCT FROM ${
        body === null ? 'NULL' : `'${walled.bodies[body]}'`
      }`,
    );

  it('let the side that was asked admit its own bodies, and of the requester the body that filed', async () => {
    const { both: request_id, bodies } = walled;
    const member = (party_code: string, body: string) => ({
      ...{ request_id, party_code, body_id: bodies[body], traffic: 'actual' },
    });
    expect(await adds('request_members', member('XB', 'XB agency'), cert)).toBe(1);
    expect(await adds('request_members', member('XA', 'XA agency'), requester)).toBe(1);
    expect(await adds('request_members', member('XA', 'XA agency'), copy)).toBe(refused);
    expect(await adds('request_members', member('XC', 'XC agency'), cert)).toBe(refused);
    // A body stands under its own party alone, whoever writes it.
    expect(await adds('request_members', member('XB', 'XC cert'), cert)).toBe(noSuchBody);
    expect(await adds('request_members', member('XB', 'XC cert'), requester)).toBe(noSuchBody);
  });

  describe('let a line follow', () => {
    const follower = async (request: string, follows: Row, changes: Row = {}): Promise<Row> => {
      const row = await lineOf(request, 'XB agency');
      const blank = { state: 'sent', reach: 'none', version: 7, accepted_at: null, ended_at: null };
      const unknown = { acknowledged_at: null, acknowledged_by: null };
      return {
        ...{ ...row, ...blank, ...unknown, id: randomUUID(), follows: follows.id },
        ...{ body_id: walled.bodies['XB cert'], ...changes },
      };
    };

    it('one that its holder redirected, and nothing is known of it yet', async () => {
      const held = await lineOf(onward, 'XB agency');
      expect(await adds('addressees', await follower(onward, held), agency)).toBe(1);
      const more: Row[] = [
        { state: 'acknowledged', acknowledged_at: held.acknowledged_at, acknowledged_by: {} },
        { acknowledged_at: held.acknowledged_at, acknowledged_by: {} },
        { state: 'redirected' },
        { reach: 'accepted' },
        { answer: 'cannot' },
        { ended_at: held.acknowledged_at },
        { body_id: walled.bodies['XB agency'] },
        { follows: null, body_id: null },
      ];
      const tried = await Promise.all(more.map((changes) => follower(onward, held, changes)));
      for (const row of tried) expect(await adds('addressees', row, agency)).toBe(refused);
    });

    it('by no other hand: not of a body that handed it over, nor of the requester', async () => {
      const row = await follower(onward, await lineOf(onward, 'XB agency'));
      for (const who of [cert, requester, copy, walled.of('XC', 'cert'), {}])
        expect(await adds('addressees', row, who)).toBe(refused);
    });

    it('none that is not redirected, or is followed already', async () => {
      const open = await follower(walled.solo, await lineOf(walled.solo, 'XB agency'));
      expect(await adds('addressees', open, agency)).toBe(refused);
      const again = await follower(walled.solo, await lineOf(walled.solo, null));
      for (const body_id of [walled.bodies['XB cert'], walled.bodies['XB agency']])
        for (const who of [cert, agency])
          expect(await adds('addressees', { ...again, body_id }, who)).toBe(refused);
    });
  });

  it('let the body that holds a line change it, and of the State asked no other', async () => {
    const changed = (who: SqlIdentity | undefined) =>
      walled.api.outcome(
        `UPDATE addressees SET version = version + 1 WHERE request_id = '${walled.solo}'`,
        who,
      );
    expect(await changed(cert)).toBe(0);
    expect(await changed(agency)).toBe(1);
    expect(await changed(requester)).toBe(2);
    const holding = `SELECT id FROM addressees WHERE request_id = '${walled.solo}' AND app.holds(id)`;
    expect(await walled.api.sees(holding, agency)).toEqual([
      { id: (await lineOf(walled.solo, 'XB agency')).id },
    ]);
    for (const who of [cert, requester, {}]) expect(await walled.api.sees(holding, who)).toEqual([]);
  });

  it('keep what stands beside a line to lines of the own party and request', async () => {
    const { both } = walled;
    const own = String((await lineOf(both, null)).id);
    const beside = (table: string, more = 'true') =>
      walled.rowOf(
        table,
        `request_id = '${both}' AND addressee_id = '${own}' AND party_code = 'XB' AND ${more}`,
      );
    const unlinked = await walled.rowOf(
      'notices',
      `NOT EXISTS (SELECT 1 FROM ack_links l WHERE l.notice_id = t.id)`,
    );
    const id = randomUUID();
    const rows: Record<string, Row> = {
      clocks: await beside('clocks'),
      timers: { ...(await beside('timers')), cycle: 99 },
      messages: { ...(await beside('messages')), id },
      notices: { ...(await beside('notices')), id },
      ack_links: { ...(await beside('ack_links')), token_hash: 'x', notice_id: unlinked.id },
    };
    const tables = Object.keys(rows);
    const about = (changes: Row) =>
      each(tables, (table) => adds(table, { ...rows[table], ...changes }, cert));
    expect(await about({})).toEqual({ ...all(tables, 1), clocks: thereAlready });
    const elsewhere = [
      (await lineOf(both, null, 'XC')).id,
      (await lineOf(walled.solo, 'XB agency')).id,
      randomUUID(),
    ];
    for (const addressee_id of elsewhere) expect(await about({ addressee_id })).toEqual(all(tables, refused));
    const mails = ['messages', 'notices'];
    const told = (changes: Row, who: SqlIdentity | undefined) =>
      each(mails, (table) => adds(table, { ...rows[table], ...changes }, who));
    for (const party_code of ['XA', 'XB'])
      expect(await told({ party_code, addressee_id: null }, cert)).toEqual(all(mails, refused));
    expect(await told({ party_code: 'XA', addressee_id: elsewhere[0] }, cert)).toEqual(all(mails, refused));
    expect(await told({ party_code: 'XA' }, cert)).toEqual(all(mails, 1));
    expect(await told({ party_code: 'XA', addressee_id: null }, requester)).toEqual(all(mails, 1));
  });
});
