import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { faultOfReceipt, isOfJournal, type AnyReceipt, type PublicKey } from '#libs/ledger';
import { bareEnvironment } from '../harness/bare-environment.js';
import { AckLink } from '../harness/ack-link.js';
import { Instance } from '../harness/instance.js';
import type { Officer } from '../harness/officer.js';
import { untilQuiet } from '../harness/quiet.js';

describe('receipts', () => {
  let instance: Instance;
  let folder: string;
  let requester: Officer;
  let addressee: Officer;
  let request: string;
  let keys: PublicKey[];
  const cli = fileURLToPath(new URL('../../dist/apps/cli/src/main.js', import.meta.url));
  const text = { text: 'From tomorrow on.', language: 'en' };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'aldis-receipts-'));
    instance = await Instance.start();
    requester = await instance.officer('officer@xa.example');
    addressee = await instance.officer('officer@xb.example');
    request = (await requester.files({ to: ['XB', 'XC'] })).id;
    const link = AckLink.in(await instance.sink.mailTo('cert@xb.example'));
    await untilQuiet(instance);
    await link.open();
    await link.open();
    await link.submit('A. Duty');
    await untilQuiet(instance);
    const note = { act: 'note', text };
    await addressee.acts(request, note);
    await addressee.acts(request, {
      act: 'determine',
      answer: 'can-assist',
      answers: { nature: { description: text } },
    });
    await untilQuiet(instance);
    keys = ((await instance.anyone.get('/api/v1/ledger/key')).body as { keys: PublicKey[] }).keys;
  });
  afterAll(async () => {
    await instance.stop();
    rmSync(folder, { recursive: true });
  });

  const of = async (officer: Officer): Promise<AnyReceipt[]> =>
    ((await officer.get(`/requests/${request}/receipts`)).body as { items: AnyReceipt[] }).items;
  const words = (receipts: AnyReceipt[]) =>
    receipts.map(({ receipt }) => `${receipt.event.addressee}: ${receipt.what}`).sort();
  /** Verifies on a machine that has nothing but files. */
  const verify = (...files: object[]) => {
    const paths = files.map((content, index) => {
      const path = join(folder, `${index}.json`);
      writeFileSync(path, JSON.stringify(content));
      return path;
    });
    writeFileSync(join(folder, 'key.json'), JSON.stringify({ keys }));
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [cli, 'verify', ...paths, '--key', join(folder, 'key.json')],
      { encoding: 'utf8', timeout: 30_000, cwd: folder, env: bareEnvironment },
    );
    return { status, stdout, stderr };
  };

  it('say in these words what happened, each side of its own lines alone', async () => {
    const xb = [
      ...['XB: accepted by relay', 'XB: acknowledged', 'XB: answered', 'XB: delivered', 'XB: filed'],
      'XB: viewed',
    ];
    expect(words(await of(requester))).toEqual([...xb, 'XC: accepted by relay', 'XC: filed']);
    expect(words(await of(addressee))).toEqual(xb);
    expect(JSON.stringify(await of(addressee))).not.toContain('"XC"');
  });

  it('say by whom and with which assurance', async () => {
    const said = (await of(addressee)).map((given) => {
      const { what, event } = given.receipt;
      return [what, 'evidence' in event ? event.evidence : event.party, event.assurance];
    });
    expect(said).toEqual(
      expect.arrayContaining([
        ['filed', 'XA', 'signed-in'],
        ['accepted by relay', 'XB', 'system'],
        ['acknowledged', 'XB', 'link-and-code'],
        ['answered', 'XB', 'signed-in'],
        ['delivered', 'link-fetched', 'system'],
        ['viewed', 'code-typed', 'link-and-code'],
      ]),
    );
  });

  it('are the same for both sides, with the exact content as the addressee saw it', async () => {
    const byId = (receipts: AnyReceipt[]) =>
      new Map(
        receipts.map(({ receipt, ...one }) => [
          receipt.event.id,
          { receipt, opening: 'opening' in one && one.opening },
        ]),
      );
    const asked = byId(await of(requester));
    for (const [id, one] of byId(await of(addressee))) expect(asked.get(id)).toEqual(one);
    const filed = (await of(addressee)).find(({ receipt }) => receipt.what === 'filed');
    expect(JSON.stringify(filed && 'opening' in filed && filed.opening)).toContain(
      'ransomware spreading between two hospitals',
    );
    expect(JSON.stringify(filed?.receipt)).not.toContain('ransomware');
  });

  it('hold with nothing but the published key, before and after the next checkpoint', async () => {
    const before = await of(requester);
    expect(before.map((one) => faultOfReceipt(one, keys))).toEqual(before.map(() => undefined));
    await instance.stopWorker();
    await instance.forward(301_000);
    await instance.startWorker();
    await instance.worker?.sweep();
    const after = await of(requester);
    expect(after.map(({ proof }) => proof === null)).toEqual(after.map(() => false));
    expect(after.map((one) => faultOfReceipt(one, keys))).toEqual(after.map(() => undefined));
    expect(after.map(({ signature }) => signature)).toEqual(before.map(({ signature }) => signature));
  });

  it('are verified from the command line on a machine that never saw the instance', async () => {
    const items = await of(addressee);
    const { status, stdout, stderr } = verify({ items }, items[0] ?? {});
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout.trim().split('\n')).toHaveLength(items.length + 1);
    expect(stdout).toMatch(
      /from XA to XB: delivered, by its evidence link-fetched \(system\), at .*; in checkpoint \d+. It holds.\n/,
    );
    expect(stdout).toMatch(
      /from XA to XB: acknowledged, by XB \(link-and-code\), at .*; in checkpoint \d+; with what was said. It holds.\n/,
    );
    const shown = items.map((one) => ({ ...one, opening: undefined }));
    expect(verify({ items: shown }).stdout).toContain('without what was said. It holds.');
  });

  it('do not hold when anything in them was changed', async () => {
    const first = (await of(addressee)).find((one) => !isOfJournal(one));
    if (!first || isOfJournal(first)) throw new Error('there is no receipt');
    const { receipt } = first;
    const forged = [
      { ...first, receipt: { ...receipt, reference: 'AR-2026-000000' } },
      { ...first, receipt: { ...receipt, event: { ...receipt.event, at: '2020-01-01T00:00:00.000000Z' } } },
      { ...first, opening: { salt: '00', content: {} } },
      { ...first, proof: first.proof && { ...first.proof, position: first.proof.position ^ 1 } },
      { ...first, kid: 'another' },
    ];
    for (const one of forged) expect(verify(one)).toMatchObject({ status: 1, stdout: '' });
    expect(verify({ odd: 1 }).stderr).toContain('does not hold receipts');
    const other = [{ ...keys[0], x: Buffer.alloc(32, 5).toString('base64url') }];
    writeFileSync(join(folder, 'other.json'), JSON.stringify({ keys: other }));
    writeFileSync(join(folder, 'one.json'), JSON.stringify(first));
    const files = [join(folder, 'one.json'), '--key', join(folder, 'other.json')];
    expect(spawnSync(process.execPath, [cli, 'verify', ...files], { encoding: 'utf8' }).stderr).toContain(
      'is not signed by the published key',
    );
    expect(
      spawnSync(process.execPath, [cli, 'verify', files[0] ?? ''], { encoding: 'utf8' }).stderr,
    ).toContain('Usage:');
  });

  it('are found one by one, and are there for nobody else', async () => {
    const receipts = await of(requester);
    for (const one of receipts) {
      const id = one.receipt.event.id;
      expect((await requester.get(`/receipts/${id}`)).body).toEqual(one);
      const mine = one.receipt.event.addressee === 'XB';
      expect((await addressee.get(`/receipts/${id}`)).status).toBe(mine ? 200 : 404);
    }
    const outsider = await instance.officer('policy@xb.example');
    expect((await outsider.get(`/receipts/${receipts[0]?.receipt.event.id}`)).status).toBe(404);
    expect((await outsider.get(`/requests/${request}/receipts`)).status).toBe(404);
    const [note] = await instance.database.rows<{ id: string }>(
      `SELECT id FROM request_events WHERE act = 'note'`,
    );
    expect((await addressee.get(`/receipts/${note?.id}`)).status).toBe(404);
    expect((await addressee.get('/receipts/abc')).status).toBe(400);
  });

  it('are read and printed in either language, without anything of what was said', async () => {
    for (const { receipt, kid, proof } of await of(requester)) {
      const { event, what, reference } = receipt;
      const page = (lang: string) => requester.get(`/receipts/${event.id}/page.html?lang=${lang}`);
      const { text: english } = await page('en');
      for (const words of [reference, what, event.at, event.id, kid, 'TLP:AMBER', 'Fictional State A'])
        expect(english).toContain(words);
      const way = proof && ('way' in proof ? proof.way : proof);
      expect(english).toContain(way?.checkpoint.checkpoint.root);
      expect(english).not.toMatch(/ransomware|From tomorrow on|A\. Duty/);
      expect((await page('fr')).text).toMatch(/Récépissé.*Comment vérifier/s);
    }
    const [first] = await of(addressee);
    const pdf = await addressee.get(`/receipts/${first?.receipt.event.id}/page.pdf`).buffer(true);
    expect([pdf.status, pdf.headers['content-type']]).toEqual([200, 'application/pdf']);
    const outsider = await instance.officer('policy@xb.example');
    expect((await outsider.get(`/receipts/${first?.receipt.event.id}/page.html`)).status).toBe(404);
    const exported = await instance.database.rows(`SELECT FROM access_events WHERE act = 'exported'`);
    expect(exported).toEqual([]);
  });
});
