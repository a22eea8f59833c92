import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { isOfJournal, type AnyReceipt, type SignedCheckpoint } from '#libs/ledger';
import { AckLink } from '../harness/ack-link.js';
import { startBrowser, Visitor } from '../harness/browser.js';
import { Instance } from '../harness/instance.js';
import { untilQuiet } from '../harness/quiet.js';

describe('the verifier, in a browser', () => {
  let instance: Instance;
  let browser: Browser;
  let visitor: Visitor;
  let folder: string;
  let items: AnyReceipt[];
  let keys: { keys: { x: string; kid: string }[] };
  let checkpoint: SignedCheckpoint;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'aldis-verifier-'));
    instance = await Instance.start();
    const requester = await instance.officer('officer@xa.example');
    const { id } = await requester.files();
    const link = AckLink.in(await instance.sink.mailTo('cert@xb.example'));
    // Only what a relay has accepted can have arrived.
    await untilQuiet(instance);
    await link.open();
    await link.submit('A. Duty');
    await untilQuiet(instance);
    await instance.stopWorker();
    await instance.forward(301_000);
    await instance.startWorker();
    await instance.worker?.sweep();
    items = ((await requester.get(`/requests/${id}/receipts`)).body as { items: AnyReceipt[] }).items;
    keys = (await instance.anyone.get('/api/v1/ledger/key')).body as typeof keys;
    const { body } = await instance.anyone.get('/api/v1/ledger/checkpoints');
    const number = items[0] && checkpointOf(items[0])?.checkpoint.number;
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

  const checkpointOf = ({ proof }: AnyReceipt) => (proof && 'way' in proof ? proof.way : proof)?.checkpoint;
  const file = (name: string, content: unknown) => ({
    ...{ name, mimeType: 'application/json' },
    buffer: Buffer.from(JSON.stringify(content)),
  });
  /** Gives files to the page and answers what it says of each. */
  const give = async ({ page }: Visitor, ...files: ReturnType<typeof file>[]) => {
    const [clear, first] = [page.locator('#clear'), page.locator('#results > li').first()];
    if (await clear.isVisible()) await clear.click();
    await first.waitFor({ state: 'detached' });
    await page.locator('#files').setInputFiles(files);
    await first.waitFor();
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

  it('says whether a snapshot of the directory holds, and when it is over', async () => {
    const snapshot = (await (await instance.officer('administrator@xb.example')).get('/snapshot')).body as {
      snapshot: { digest: string; expiresAt: string };
    };
    await visitor.page.goto('/verify');
    expect(await give(visitor, file('directory.json', snapshot))).toEqual(['It holds.']);
    const said = await visitor.page.locator('#results').innerText();
    expect(said).toContain('points of contact of 196 parties');
    expect(said).toContain(snapshot.snapshot.digest);
    snapshot.snapshot.expiresAt = '2099-01-01T00:00:00.000Z';
    expect(await give(visitor, file('directory.json', snapshot))).toEqual([
      'It does not hold: it is not signed by the published key.',
    ]);
  });

  it('says on the page of this instance that its receipts hold, with the keys that come with it', async () => {
    await visitor.page.goto('/verify');
    const given = new Set(items.map(({ receipt }) => receipt.what));
    expect([...given].sort()).toEqual([
      ...['accepted by relay', 'acknowledged', 'delivered', 'filed', 'viewed'],
    ]);
    expect(items.every((one) => checkpointOf(one) !== undefined)).toBe(true);
    expect(await give(visitor, file('receipts.json', { items }))).toEqual(items.map(() => 'It holds.'));
    expect(await visitor.page.locator('#tally').innerText()).toBe(
      `Hold: ${items.length}. Do not hold: 0. Not known: 0.`,
    );
    const said = await visitor.page.locator('#results').innerText();
    expect(said).toContain('acknowledged: somebody on the addressee’s side acknowledged receipt');
    expect(said).toMatch(/XB \(the bearer of a mail; nobody checked the name\)/);
    expect(said).toMatch(/in checkpoint \d+ \(2/);
  });

  it('says of what was observed on which evidence, and by whom only of what was done', async () => {
    const said = async (what: string) => {
      const { page } = visitor;
      await give(
        visitor,
        file(
          `${what}.json`,
          items.find(({ receipt }) => receipt.what === what),
        ),
      );
      return page.locator('#results').innerText();
    };
    const delivered = await said('delivered');
    expect(delivered).toContain('delivered: the link of a mail about it was fetched');
    expect(delivered).toContain('the link of the mail was fetched, by a person or a program (observed by');
    expect(delivered).not.toMatch(/^By$/m);
    const viewed = await said('viewed');
    expect(viewed).toContain('viewed: the request was shown');
    expect(viewed).toContain(
      'the code of the mail was typed (the bearer of a mail; nobody checked the name)',
    );
    expect(viewed).not.toContain('what was said');
  });

  it('says whether the published keys follow from those that were kept', async () => {
    const { page } = visitor;
    const said = page.locator('#succession');
    await page.locator('summary', { hasText: 'Did you keep keys' }).click();
    const kept = page.getByLabel('Keys that you kept', { exact: true });
    await kept.fill(JSON.stringify(keys));
    await said.getByText('The keys above follow from those that you kept.').waitFor();
    const x = Buffer.alloc(32, 5).toString('base64url');
    await kept.fill(JSON.stringify({ keys: keys.keys.map((key) => ({ ...key, x })) }));
    await said.getByText(`do not follow from those that you kept: ${keys.keys[0]?.kid}`).waitFor();
    await kept.fill('{');
    await said.getByText('What you kept is no set of keys.').waitFor();
    await kept.fill('');
    await said.locator('p').waitFor({ state: 'detached' });
    expect(await said.innerText()).toBe('');
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
    const first = items.find((one) => !isOfJournal(one) && one.opening !== null);
    const observed = items.find(isOfJournal);
    if (!first?.proof || isOfJournal(first) || !observed?.proof)
      throw new Error('there are no receipts with a proof');
    const { receipt, proof } = first;
    const { batch } = observed.proof;
    const changed: [object, string][] = [
      [{ ...first, receipt: { ...receipt, reference: 'AR-2026-000000' } }, 'it is not signed'],
      [{ ...first, receipt: { ...receipt, event: { ...receipt.event, party: 'XC' } } }, 'it is not signed'],
      [{ ...first, opening: { salt: '00', content: {} } }, 'what was said is not'],
      [{ ...first, proof: { ...proof, position: proof.position ^ 1 } }, 'it does not lead to the root'],
      // Places are by chance: only the first one may have no way at all.
      [
        { ...first, proof: { ...proof, path: [] } },
        proof.position === 0 ? 'it does not lead to the root' : 'its way to the checkpoint is malformed',
      ],
      [{ ...first, proof: { ...proof, path: ['no hash'] } }, 'its way to the checkpoint is malformed'],
      [{ ...first, proof: { ...proof, after: ['f'.repeat(64)] } }, 'it does not lead to the root'],
      [{ ...first, more: true }, 'it does not have the form'],
      [{ ...observed, receipt: { ...observed.receipt, what: 'filed' } }, 'it is not signed'],
      [
        { ...observed, proof: { ...observed.proof, batch: { ...batch, size: batch.size + 9 } } },
        'it does not lead to the root of its batch',
      ],
      [
        { ...observed, proof: { ...observed.proof, batch: { ...batch, at: '2026' } } },
        'its batch does not have the hash of its place',
      ],
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
    // Files that are given to the page before would go with it.
    await visitor.page.locator('html[lang=fr]').waitFor();
    expect(await give(visitor, file('receipts.json', { items }))).toEqual(items.map(() => 'Il tient.'));
    const { text } = await instance.anyone.get('/verify/aldis-verify.html?lang=fr');
    expect(text).toContain('<html lang="fr"');
    for (const { complaints } of [visitor, reader]) expect(complaints).toEqual([]);
  });
});
