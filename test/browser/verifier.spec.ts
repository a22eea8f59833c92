import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import type { SignedCheckpoint, SignedReceipt } from '#libs/ledger';
import { AckLink } from '../harness/ack-link.js';
import { startBrowser, Visitor } from '../harness/browser.js';
import { Instance } from '../harness/instance.js';
import { untilQuiet } from '../harness/quiet.js';

describe('the verifier, in a browser', () => {
  let instance: Instance;
  let browser: Browser;
  let visitor: Visitor;
  let folder: string;
  let items: SignedReceipt[];
  let keys: { keys: { x: string; kid: string }[] };
  let checkpoint: SignedCheckpoint;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'aldis-verifier-'));
    instance = await Instance.start();
    const requester = await instance.officer('officer@xa.example');
    const { id } = await requester.files();
    await AckLink.in(await instance.sink.mailTo('cert@xb.example')).submit('A. Duty');
    await untilQuiet(instance);
    await instance.stopWorker();
    await instance.forward(301_000);
    await instance.startWorker();
    await instance.worker?.sweep();
    items = ((await requester.get(`/requests/${id}/receipts`)).body as { items: SignedReceipt[] }).items;
    keys = (await instance.anyone.get('/api/v1/ledger/key')).body as typeof keys;
    const { body } = await instance.anyone.get('/api/v1/ledger/checkpoints');
    const number = items[0]?.proof?.checkpoint.checkpoint.number;
    const kept = (body as { items: SignedCheckpoint[] }).items;
    checkpoint = kept.find((one) => one.checkpoint.number === number) ?? checkpoint;
    browser = await startBrowser();
    visitor = await Visitor.at(browser, { baseURL: instance.url });
  });
  afterAll(async () => {
    await browser.close();
    await instance.stop();
    rmSync(folder, { recursive: true });
  });

  const file = (name: string, content: unknown) => ({
    ...{ name, mimeType: 'application/json' },
    buffer: Buffer.from(JSON.stringify(content)),
  });
  /** Gives files to the page and answers what it says of each. */
  const give = async ({ page }: Visitor, ...files: ReturnType<typeof file>[]) => {
    await page
      .locator('#clear')
      .click({ force: true, timeout: 1_000 })
      .catch(() => undefined);
    await page.locator('#files').setInputFiles(files);
    await page.locator('#results > li').first().waitFor();
    return page.locator('#results h3').allInnerTexts();
  };
  /** The file that the page offers, opened from disk by a browser without a network. */
  const saved = async () => {
    const [download] = await Promise.all([
      visitor.page.waitForEvent('download'),
      visitor.page.getByRole('link', { name: 'Save this verifier' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('aldis-verify.html');
    const path = join(folder, 'aldis-verify.html');
    await download.saveAs(path);
    const reader = await Visitor.at(browser, { offline: true });
    await reader.page.goto(pathToFileURL(path).href);
    return { path, reader };
  };
  let reader: Visitor;

  it('says on the page of this instance that its receipts hold, with the keys that come with it', async () => {
    await visitor.page.goto('/verify');
    expect(items.length).toBeGreaterThanOrEqual(3);
    expect(await give(visitor, file('receipts.json', { items }))).toEqual(items.map(() => 'It holds.'));
    expect(await visitor.page.locator('#tally').innerText()).toBe(
      `Hold: ${items.length}. Do not hold: 0. Not known: 0.`,
    );
    const said = await visitor.page.locator('#results').innerText();
    expect(said).toContain('acknowledged: somebody on the addressee’s side acknowledged receipt');
    expect(said).toMatch(/XB \(the bearer of a mail; nobody checked the name\)/);
    expect(said).toMatch(/in checkpoint \d+ \(2/);
  });

  it('is one file that works from disk, without a network, and is the one whose digest the page gives', async () => {
    const kept = await saved();
    reader = kept.reader;
    const digest = createHash('sha256').update(readFileSync(kept.path)).digest('hex');
    expect(await visitor.page.getByText(digest).count()).toBe(1);
    const said = await give(reader, file('receipts.json', { items }));
    expect(said).toEqual(['There are no keys yet to verify it with.']);
    expect(await give(reader, file('keys.json', keys), file('all.json', { items }))).toEqual(
      items.map(() => 'It holds.'),
    );
  });

  it('knows the checkpoint that was kept, and tells it from another of the same number', async () => {
    const [first] = items;
    const same = await give(reader, file('checkpoint.json', checkpoint), file('receipt.json', first));
    expect(same).toEqual(['It is signed by the published key.', 'It holds.']);
    expect(await reader.page.locator('#results').innerText()).toContain('the same as the checkpoint');
    const other = { ...checkpoint, checkpoint: { ...checkpoint.checkpoint, root: 'f'.repeat(64) } };
    const [forged, told] = await give(reader, file('checkpoint.json', other), file('receipt.json', first));
    expect(forged).toBe('It does not hold: it is not signed by the published key.');
    expect(told).toMatch(/two records were told\.$/);
  });

  it('finds what was changed', async () => {
    const first = items.find(({ opening }) => opening !== null);
    if (!first?.proof) throw new Error('there is no receipt with a proof');
    const { receipt, proof } = first;
    const changed: [object, string][] = [
      [{ ...first, receipt: { ...receipt, reference: 'AR-2026-000000' } }, 'it is not signed'],
      [{ ...first, receipt: { ...receipt, event: { ...receipt.event, party: 'XC' } } }, 'it is not signed'],
      [{ ...first, opening: { salt: '00', content: {} } }, 'what was said is not'],
      [{ ...first, proof: { ...proof, position: proof.position ^ 1 } }, 'it does not lead to the root'],
      [{ ...first, proof: { ...proof, path: [] } }, 'its way to the checkpoint is malformed'],
      [{ ...first, proof: { ...proof, after: ['f'.repeat(64)] } }, 'it does not lead to the root'],
      [{ ...first, more: true }, 'it does not have the form'],
    ];
    for (const [given, fault] of changed)
      expect(await give(reader, file('one.json', given))).toEqual([
        expect.stringContaining(`It does not hold: ${fault}`),
      ]);
    expect(await give(reader, file('odd.json', { odd: 1 }))).toEqual([
      expect.stringContaining('holds neither'),
    ]);
  });

  it('finds that the key is another', async () => {
    const other = {
      keys: keys.keys.map((key) => ({ ...key, x: Buffer.alloc(32, 5).toString('base64url') })),
    };
    expect(await give(reader, file('keys.json', other), file('one.json', items[0]))).toEqual([
      'It does not hold: it is not signed by the published key.',
    ]);
  });

  it('sends nothing: its policy stops it, in page and file', async () => {
    for (const { page } of [visitor, reader]) {
      const reached = await page.evaluate(
        `fetch(${JSON.stringify(`${instance.url}/api/v1/health`)}).then(() => 'reached', () => 'stopped')`,
      );
      expect(reached).toBe('stopped');
    }
    for (const { complaints } of [visitor, reader]) {
      expect(complaints.filter((one) => /Content Security Policy/.test(one)).length).toBeGreaterThan(0);
      complaints.length = 0;
    }
  });

  it('is there in French, as page and as file', async () => {
    await visitor.page.getByRole('link', { name: 'Français' }).click();
    expect(await give(visitor, file('receipts.json', { items }))).toEqual(items.map(() => 'Il tient.'));
    const { text } = await instance.anyone.get('/verify/aldis-verify.html?lang=fr');
    expect(text).toContain('<html lang="fr"');
    for (const { complaints } of [visitor, reader]) expect(complaints).toEqual([]);
  });
});
