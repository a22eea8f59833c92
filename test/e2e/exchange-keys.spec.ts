import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateKey, revokeKey } from 'openpgp';
import type { EntryView, ImportView, KeyView } from '#libs/directory';
import { runCli } from '../harness/cli.js';
import { KeyKeepers } from '../harness/key-keepers.js';
import { waitUntil } from '../harness/waiting.js';

describe('keys in documents', () => {
  let keepers: KeyKeepers;
  let bodies = 0;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'aldis-keys-'));
    keepers = await KeyKeepers.start();
  });
  afterAll(async () => {
    await keepers.stop();
    rmSync(folder, { recursive: true });
  });

  const made = async (email: string) =>
    generateKey({
      ...{ type: 'curve25519', userIDs: [{ name: 'Desk', email }], keyExpirationTime: 86_400 * 400 },
      format: 'object',
    });
  const previewed = async (text: string, more: object = {}): Promise<ImportView> => {
    const answer = await keepers.administrator.post('/imports', {
      ...{ content: Buffer.from(text).toString('base64'), ...more },
    });
    expect([answer.status, answer.body]).toEqual([201, expect.anything()]);
    return answer.body as ImportView;
  };
  const acts = async (id: string, act: object): Promise<ImportView> =>
    (await keepers.administrator.post(`/imports/${id}/acts`, act)).body as ImportView;
  const keysOf = async (entry: string) =>
    ((await keepers.administrator.get('/keys')).body as { items: KeyView[] }).items.filter(
      ({ pointOfContact }) => pointOfContact === entry,
    );
  const saidOf = ({ plan }: ImportView) =>
    (plan?.findings ?? []).map(({ severity, detail }) => `${severity} ${detail}`).join('\n');
  const head = 'body:en,body kind,level,role:en,languages,zone,channel,address,key material';
  const table = (name: string, address: string, key: string) =>
    `${head}\r\n${name},cert,technical,Desk,en,Etc/UTC,mail,${address},"${key.replaceAll('"', '""')}"\r\n`;

  it.each(['csv', 'vcard', 'jcard', 'rfc2350'])(
    'go out of %s whole to their own party, come back, and wait for a second person',
    async (format) => {
      const { administrator, second, instance } = keepers;
      const secretariat = await instance.officer('secretariat@network.example');
      const name = `Body ${++bodies}`;
      const added = await administrator.post('/bodies', { kind: 'cert', names: { en: name } });
      const { id: body } = added.body as { id: string };
      const { entry, channel, address } = await keepers.contact();
      await instance.database.rows(
        `UPDATE points_of_contact SET body_id = $1, level = 'technical', position = 100 * $3 WHERE id = $2`,
        [body, entry, bodies],
      );
      const { publicKey } = await made(address);
      const fingerprint = publicKey.getFingerprint();
      await keepers.confirm(await keepers.add(channel, publicKey.armor()));
      const path = `/exports/${format}?party=XB&body=${body}`;
      const own = await administrator.get(path).buffer(true);
      const foreign = await secretariat.get(path).buffer(true);
      // In a card the lines of a key are folded, or written as an escape.
      const block = /PGP PUBLIC KEY BLOCK/;
      expect([own.status, foreign.status, block.test(own.text), block.test(foreign.text)]).toEqual([
        ...[200, 200, true, false],
      ]);
      const import_ = await previewed(own.text.replaceAll(name, `Other ${name}`));
      expect(saidOf(import_)).toMatch(
        new RegExp(`accept .*${fingerprint.toUpperCase()}.*it is proposed for ${address}`, 'i'),
      );
      const { madeEntries } = await acts(import_.id, { act: 'apply', version: import_.version });
      const [nominated = ''] = madeEntries;
      const [key] = await keysOf(nominated);
      expect(key).toMatchObject({ fingerprint, state: 'proposed', namesAddress: true, allowedActs: ['end'] });
      // As of any key: the other administrators are told.
      const told = await waitUntil('the second one is told', () =>
        instance.sink.mails.find(({ text }) => text.includes(`/api/v1/keys/${key?.id}`)),
      );
      expect(told.to).toBe('second@xb.example');
      expect((await second.post(`/keys/${key?.id}/confirm`, { version: key?.version })).body).toMatchObject({
        ...{ state: 'untested', fingerprint },
      });
      const record = await instance.database.rows(
        'SELECT act FROM access_events WHERE about = $1 ORDER BY at',
        [key?.id],
      );
      expect(record).toEqual([{ act: 'channel-key-added' }, { act: 'channel-key-confirmed' }]);
    },
  );

  it('go for the mailbox that they name, with every doubt told, and are gone when the import is undone', async () => {
    const { publicKey } = await made('elsewhere@xb.example');
    const [first, named] = ['first@xb.example', 'named@xb.example'];
    const { publicKey: ofNamed } = await made(named);
    const rows = [
      table('Bridge CERT', first, publicKey.armor()).trimEnd(),
      `Bridge CERT,cert,technical,Desk,en,Etc/UTC,mail,${named},"${ofNamed.armor()}"`,
    ];
    const seen = await previewed(rows.join('\r\n'));
    expect(saidOf(seen)).toMatch(/warn .*it is proposed for first@xb\.example.*does not name the address/);
    expect(saidOf(seen)).toMatch(/accept .*it is proposed for named@xb\.example/);
    const applied = await acts(seen.id, { act: 'apply', version: seen.version });
    const [entry = ''] = applied.madeEntries;
    const { channels } = (await keepers.administrator.get(`/points-of-contact/${entry}`)).body as EntryView;
    const at = (id?: string) => channels.find((one) => one.id === id)?.address;
    const keys = await keysOf(entry);
    expect(keys.map(({ channel, fingerprint }) => [at(channel), fingerprint])).toEqual([
      [first, publicKey.getFingerprint()],
      [named, ofNamed.getFingerprint()],
    ]);
    await acts(seen.id, { act: 'undo', version: applied.version });
    expect((await keysOf(entry)).map(({ state }) => state)).toEqual(['ended', 'ended']);
  });

  it('are taken from beside others that cannot be kept', async () => {
    const { publicKey } = await made('beside@xb.example');
    const { publicKey: revoked } = await revokeKey({
      ...{ key: (await made('beside@xb.example')).privateKey, format: 'object' },
    });
    const both = `${revoked.armor()}\n${publicKey.armor()}`;
    const said = saidOf(await previewed(table('Beside CERT', 'beside@xb.example', both)));
    expect(said).toMatch(new RegExp(`accept .*${publicKey.getFingerprint()}.*it is proposed`, 'i'));
  });

  it('are not taken where they are revoked, private, for no mailbox, or only named', async () => {
    const { publicKey, privateKey } = await made('lost@xb.example');
    const { publicKey: revoked } = await revokeKey({ key: privateKey, format: 'object' });
    for (const [key, why] of [
      [revoked.armor(), /cannot be taken: The key is revoked/],
      [privateKey.armor(), /cannot be taken: The file holds a private key/],
      ['no key at all', /cannot be taken: The file holds neither/],
    ] as const) {
      const seen = await previewed(table(`Gone ${++bodies}`, 'lost@xb.example', key));
      expect(saidOf(seen)).toMatch(why);
      const applied = await acts(seen.id, { act: 'apply', version: seen.version });
      expect(await keysOf(applied.madeEntries[0] ?? '')).toEqual([]);
    }
    const spoken = `${head}\r\nVoice,cert,technical,Desk,en,Etc/UTC,telephone,+41446681800,"${publicKey.armor()}"\r\n`;
    expect(saidOf(await previewed(spoken))).toMatch(/it is for no mailbox that is told/);
    const other = (await made('other@xb.example')).publicKey.getFingerprint().toUpperCase();
    const [columns, row] = table('Claim', 'lost@xb.example', publicKey.armor()).split('\r\n', 2);
    const claimed = `${columns},key fingerprint\r\n${table('Claim', 'lost@xb.example', publicKey.armor())
      .slice((columns ?? '').length + 2)
      .trimEnd()},${other}\r\n`;
    expect(row).toBeDefined();
    expect(saidOf(await previewed(claimed))).toMatch(/warn .*the key beside it has another fingerprint/);
    const byName = `${head.replace('material', 'fingerprint')}\r\nName,cert,technical,Desk,en,Etc/UTC,mail,lost@xb.example,${publicKey.getFingerprint()}\r\n`;
    expect(saidOf(await previewed(byName))).toMatch(/add it by hand, the document does not hold it/);
  });

  it('are left to an administrator where an operator brings them in', async () => {
    const { publicKey } = await made('desk@operator.xb.example');
    const file = join(folder, 'team.csv');
    writeFileSync(file, table('Operated CERT', 'desk@operator.xb.example', publicKey.armor()));
    const { instance } = keepers;
    const env = {
      ...{ ...instance.database.operator, PUBLIC_URL: instance.url },
      ...{ VAULT_KEY: instance.env.VAULT_KEY ?? '', LEDGER_KEY: instance.env.LEDGER_KEY ?? '' },
    };
    const { output, code } = await runCli(['import', file, '--party', 'XB', '--apply'], env);
    expect([code, output]).toEqual([
      0,
      expect.stringMatching(
        /warn +line 2: .*it is not proposed from the command line: an administrator adds it\./,
      ),
    ]);
    expect(output).not.toContain('does not hold it');
    const added = await instance.database.rows('SELECT 1 FROM contact_keys WHERE fingerprint = $1', [
      publicKey.getFingerprint(),
    ]);
    expect(added).toEqual([]);
  });
});
