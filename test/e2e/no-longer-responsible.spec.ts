import type { CorrectionView, EntryView } from '#libs/directory';
import { AckLink } from '../harness/ack-link.js';
import type { Instance } from '../harness/instance.js';
import type { Officer } from '../harness/officer.js';
import { waitUntil } from '../harness/waiting.js';
import { refused, Walled } from '../harness/walled.js';

const minute = 60_000;

describe('a reader of a notice who is no longer responsible', () => {
  let walled: Walled;
  let instance: Instance;
  let [requester, administrator]: Officer[] = [];
  let mailbox: string;

  beforeAll(async () => {
    walled = await Walled.start();
    ({ instance } = walled);
    mailbox = 'cert@xb.example';
    [requester, administrator] = await Promise.all(
      ['officer@xa', 'administrator@xb'].map((name) => instance.officer(`${name}.example`)),
    );
  });
  afterAll(() => walled.stop());

  /** A request, and the link of the mail about it. */
  const asked = async (): Promise<{ id: string; link: AckLink }> => {
    const { id, reference } = (await requester?.files()) ?? { id: '', reference: '' };
    const mail = await waitUntil('the mail has come', () =>
      instance.sink.mailsTo(mailbox).find(({ subject }) => subject.includes(reference)),
    );
    return { id, link: AckLink.in(mail) };
  };
  const press = (link: AckLink, language = 'en') =>
    instance.anyone
      .post(link.path)
      .set('Accept-Language', language)
      .type('form')
      .send({ act: 'not-responsible' });
  const corrections = async () =>
    ((await administrator?.get('/corrections'))?.body as { items: CorrectionView[] }).items.filter(
      ({ via }) => via === 'link',
    );
  const lineOf = async (id: string) => (await requester?.sees(id))?.addressees[0];

  it('says so with one button: the party is told, and the request waits on with its reminders', async () => {
    const { id, link } = await asked();
    const before = await lineOf(id);
    for (const method of ['get', 'head'] as const) expect((await link.open(method)).status).toBe(200);
    expect((await link.open()).text).toContain('value="not-responsible"');
    expect(await corrections()).toEqual([]);
    const pressed = await press(link);
    expect([pressed.status, pressed.text]).toEqual([
      200,
      expect.stringMatching(
        /Reported at [^]*administrators of your party are told[^]*still waits for an ack/,
      ),
    ]);
    expect(pressed.text).not.toMatch(/value="not-responsible"|<script/);
    const [row, ...more] = await corrections();
    expect([more, row]).toMatchObject([
      [],
      { what: 'no-longer-responsible', state: 'open', reporter: 'XB', text: null, party: 'XB' },
    ]);
    const { address } = (
      (await administrator?.get(`/points-of-contact/${row?.pointOfContact}`))?.body as EntryView
    ).channels.find((one) => one.id === row?.channel) ?? { address: '' };
    expect(address).toBe(mailbox);
    expect(await lineOf(id)).toMatchObject({ state: 'sent', acknowledgedAt: null, version: before?.version });
    const told = await waitUntil('an administrator is told', () =>
      instance.sink.mailsTo('administrator@xb.example').find(({ text }) => text.includes('/corrections')),
    );
    expect(told.text).toMatch(/Somebody who reads this mailbox[^]*Channel: +Mail c•••t@xb.example/);
    expect(
      await instance.database.rows(
        `SELECT act, party_code, account_id, assurance FROM access_events WHERE about = $1`,
        [row?.id],
      ),
    ).toEqual([{ act: 'contact-reported', party_code: 'XB', account_id: null, assurance: 'link-and-code' }]);

    const again = await press(link, 'fr');
    expect([again.status, (await corrections()).length]).toEqual([200, 1]);
    expect(again.text).toMatch(/<html lang="fr"[^]*Signalé le[^]*attend toujours/);
    expect((await link.open()).text).toContain('Reported at');
    await instance.forward(16 * minute);
    const reminders = () => instance.sink.mailsTo(mailbox).filter(({ subject }) => /Reminder/.test(subject));
    await waitUntil('it is reminded of all the same', () => reminders()[0]);
    // Whoever presses it can still be the one who acknowledges.
    expect((await link.submit('A colleague')).status).toBe(200);
    expect(await lineOf(id)).toMatchObject({ state: 'acknowledged' });
    expect((await press(link)).text).toContain('Receipt is already acknowledged');
    expect(await corrections()).toHaveLength(1);
  });

  it('is heard once while the same is open, and not by a link that is over or unknown', async () => {
    const { link } = await asked();
    expect((await press(link)).text).toContain('Reported at');
    expect(await corrections()).toHaveLength(1);
    const late = await asked();
    await instance.database.rows('UPDATE ack_links SET expires_at = app.now() WHERE reported_at IS NULL');
    expect((await press(late.link)).status).toBe(410);
    expect((await late.link.open()).text).not.toContain('not-responsible');
    expect(
      (
        await instance.anyone
          .post(`/ack/${'x'.repeat(43)}`)
          .type('form')
          .send({ act: 'not-responsible' })
      ).status,
    ).toBe(404);
    expect(await corrections()).toHaveLength(1);
  });

  it('says it of the entry of that very link alone, whatever a statement says', async () => {
    await asked();
    const [found] = await instance.database.rows<{
      hash: string;
      notice: string;
      body: string;
      entry: string;
    }>(
      `SELECT k.token_hash AS hash, k.notice_id AS notice, k.body_id AS body, n.point_of_contact_id AS entry
       FROM ack_links k JOIN notices n ON n.id = k.notice_id WHERE k.expires_at > app.now() AND k.reported_at IS NULL`,
    );
    const { hash = '', notice, body, entry } = found ?? {};
    const bearer = {
      actor: `link:${notice}`,
      party: 'XB',
      body: body ?? '',
      purpose: 'report',
      presented: hash,
    };
    const kept = await walled.rowOf('corrections', `via = 'link'`);
    const row = {
      ...{ ...kept, id: crypto.randomUUID(), point_of_contact_id: entry, channel_id: null, state: 'open' },
      ...{ told_at: null, decided_at: null, decided_by: null },
    };
    const other = await walled.rowOf('points_of_contact', `party_code = 'XB' AND id <> '${entry}'`);
    for (const changes of [{ what: 'other' }, { point_of_contact_id: other.id }, { party_code: 'XA' }])
      expect([changes, await walled.api.adds('corrections', { ...row, ...changes }, bearer)]).toEqual([
        changes,
        refused,
      ]);
    expect(await walled.api.adds('corrections', row, { ...bearer, presented: 'f'.repeat(64) })).toBe(refused);
    expect(await walled.api.adds('corrections', row, bearer)).toBe(1);
  });

  it('takes effect when an administrator confirms it', async () => {
    const [row] = await corrections();
    const path = `/corrections/${row?.id}/decision`;
    const decided = await administrator?.post(path, { decision: 'confirm', version: 1 });
    expect([decided?.status, decided?.body]).toMatchObject([200, { state: 'confirmed' }]);
    const { channels } = (await administrator?.get(`/points-of-contact/${row?.pointOfContact}`))
      ?.body as EntryView;
    expect(channels.find(({ id }) => id === row?.channel)?.state).toBe('suspect');
  });
});
