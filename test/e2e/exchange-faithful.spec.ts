import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateKey } from 'openpgp';
import type { EntryView, ImportView } from '#libs/directory';
import { runCli } from '../harness/cli.js';
import { KeyKeepers } from '../harness/key-keepers.js';

interface Team {
  short_name: string | null;
  host_organisation: string | null;
  postal_address: string | null;
  pgp_keys: { fingerprint: string; expires: string | null }[];
}

describe('documents of the directory', () => {
  let keepers: KeyKeepers;
  let folder: string;
  const profile = {
    shortName: 'CERT-XB',
    affiliation: 'Ministry of Ports',
    postalAddress: '1 Quay\n1000 Port',
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'aldis-faithful-'));
    keepers = await KeyKeepers.start();
  });
  afterAll(async () => {
    await keepers.stop();
    rmSync(folder, { recursive: true });
  });

  const exported = async (format: string, body: string) => {
    const answer = await keepers.administrator.get(`/exports/${format}?party=XB&body=${body}`);
    expect([answer.status, answer.text]).toEqual([200, expect.anything()]);
    return answer.text || (answer.body as Buffer).toString();
  };
  const previewed = async (text: string): Promise<ImportView> => {
    const content = Buffer.from(text).toString('base64');
    return (await keepers.administrator.post('/imports', { content })).body as ImportView;
  };
  const acts = (id: string, act: object) => keepers.administrator.post(`/imports/${id}/acts`, act);
  const own = async () =>
    ((await keepers.administrator.get('/own-points-of-contact')).body as { items: EntryView[] }).items;
  const operator = () => ({
    ...keepers.instance.database.operator,
    ...{ VAULT_KEY: keepers.instance.env.VAULT_KEY ?? '', PUBLIC_URL: keepers.instance.url },
    LEDGER_KEY: keepers.instance.env.LEDGER_KEY ?? '',
  });

  it('tell the keys of those who are written to, what a body is called for short, and nothing that is over', async () => {
    const { administrator, instance } = keepers;
    const added = await administrator.post('/bodies', {
      ...{ kind: 'cert', names: { en: 'Port CERT' }, profile },
    });
    expect([added.status, added.body]).toMatchObject([201, { profile }]);
    const { id: body } = added.body as { id: string };
    const { entry, channel, address } = await keepers.contact();
    await instance.database.rows('UPDATE points_of_contact SET body_id = $1 WHERE id = $2', [body, entry]);
    const { publicKey } = await generateKey({
      ...{
        type: 'curve25519',
        userIDs: [{ email: address }],
        format: 'object',
        keyExpirationTime: 86_400 * 400,
      },
    });
    await keepers.confirm(await keepers.add(channel, publicKey.armor()));
    const fingerprint = publicKey.getFingerprint().toUpperCase();
    const [team] = JSON.parse(await exported('ti-json', body)) as Team[];
    expect(team).toMatchObject({
      ...{ short_name: 'CERT-XB', host_organisation: 'Ministry of Ports' },
      ...{ postal_address: profile.postalAddress, pgp_keys: [{ fingerprint, expires: expect.any(String) }] },
    });
    for (const format of ['csv', 'vcard', 'rfc2350', 'security-txt'])
      expect((await exported(format, body)).replace(/\s/g, '').toUpperCase()).toContain(fingerprint);
    const seen = await previewed((await exported('csv', body)).replaceAll('Port CERT', 'Other CERT'));
    expect(seen.plan?.bodies).toMatchObject([{ names: { en: 'Other CERT' }, profile }]);
    expect(seen.plan?.findings.map(({ detail }) => detail).join()).toContain(
      `(OpenPGP), ${fingerprint}, good until`,
    );

    await instance.database.rows(`UPDATE channels SET expires_on = '2020-01-01' WHERE id = $1`, [channel]);
    const after = await exported('csv', body);
    expect([after.includes('Port CERT'), after.includes(address), after.includes(fingerprint)]).toEqual([
      ...[true, false, false],
    ]);
    const none = await administrator.get(`/exports/security-txt?party=XB&body=${body}`);
    expect([none.status, none.body]).toMatchObject([400, { errors: [{ parameter: 'format' }] }]);
  });

  it('bring in nobody who could not be told, nor before those who are relied on', async () => {
    const before = (await own())
      .filter(({ level }) => level === 'technical')
      .map(({ id, position }) => [id, position]);
    const rows = [
      'body:en,body kind,level,position,role:en,languages,zone,channel,address,encryption,expires on',
      'Rail CERT,cert,technical,2,Second desk,en,Etc/UTC,mail,rail2@xb.example,none,',
      'Rail CERT,cert,technical,1,First desk,en,Etc/UTC,mail,rail1@xb.example,required,2020-01-01',
    ];
    const { id, version, plan } = await previewed(rows.join('\r\n'));
    const said = plan?.findings.map(({ detail }) => detail).join('\n') ?? '';
    expect(said).toMatch(/rail1@xb\.example of "First desk" demands encryption/);
    expect(said).toMatch(/rail1@xb\.example of "First desk" was good until 2020-01-01/);
    const applied = (await acts(id, { act: 'apply', version })).body as ImportView;
    const made = (await own()).filter((one) => applied.madeEntries.includes(one.id));
    expect(made.map(({ roleNames, position }) => [roleNames.en, position])).toEqual([
      ['First desk', before.length + 1],
      ['Second desk', before.length + 2],
    ]);
    expect(
      made.map(({ channels }) => channels.map(({ encryption, expiresOn }) => [encryption, expiresOn])),
    ).toEqual([[['wanted', null]], [['none', null]]]);
    await acts(id, { act: 'undo', version: applied.version });
    const after = (await own()).filter(({ level, state }) => level === 'technical' && state !== 'retired');
    expect(after.map(({ id: one, position }) => [one, position])).toEqual(before);
  });

  it('are taken out by an operator for a party as that party may see it', async () => {
    const { database } = keepers.instance;
    const to = join(folder, 'xa.csv');
    const forXa = ['export', '--format', 'csv', '--to', to, '--for', 'XA'];
    const whole = await runCli(forXa, operator());
    expect([whole.code, readFileSync(to, 'utf8').includes('cert@xc.example')]).toEqual([0, true]);
    const parties = () =>
      new Set([...readFileSync(to, 'utf8').matchAll(/^[^,]*,([A-Z]{2}),/gm)].map(([, code]) => code));
    expect([...parties()]).toEqual(expect.arrayContaining(['XA', 'XB', 'XC']));
    await database.rows(`UPDATE memberships SET left_at = app.now() WHERE party_code = 'XC'`);
    expect((await runCli(forXa, operator())).code).toBe(0);
    expect([parties().has('XB'), parties().has('XC')]).toEqual([true, false]);
    const unknown = await runCli([...forXa.slice(0, -1), 'QQ'], operator());
    expect([unknown.code, unknown.output]).toEqual([1, expect.stringContaining('QQ')]);
  });
});
