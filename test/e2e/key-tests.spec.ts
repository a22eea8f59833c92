import 'reflect-metadata';
import { decrypt, generateKey, readMessage, type PrivateKey } from 'openpgp';
import { KeyUsageFlags, KeyUsagesExtension } from '@peculiar/x509';
import type { KeyView, RouteView } from '#libs/directory';
import { certificateHolder, openEnvelope, type CertificateHolder } from '../harness/certificate-holder.js';
import { codeIn, KeyKeepers } from '../harness/key-keepers.js';
import type { CaughtMail } from '../harness/smtp-sink.js';

const day = 86_400_000;
const subject = 'A test of your key';

/** What stands in a mail that is encrypted with OpenPGP, as the holder of a key reads it. */
const openedWithKey = async ({ raw }: CaughtMail, key: PrivateKey): Promise<string> => {
  expect(raw).toMatch(/^Content-Type: multipart\/encrypted;\s+protocol="application\/pgp-encrypted"/m);
  expect(raw).toMatch(/Content-Type: application\/pgp-encrypted[\s\S]*Version: 1/);
  const [armored = ''] = /-----BEGIN PGP MESSAGE-----[\s\S]*-----END PGP MESSAGE-----/.exec(raw) ?? [];
  const message = await readMessage({ armoredMessage: armored });
  const { data }: { data: unknown } = await decrypt({ message, decryptionKeys: key });
  return String(data);
};

/** The same of a mail that is encrypted with S/MIME, by the holder of a certificate. */
const openedWithCertificate = async ({ raw }: CaughtMail, holder: CertificateHolder): Promise<string> => {
  const [head = '', body = ''] = raw.split(/\r\n\r\n/);
  const unfolded = head.replace(/\r\n[ \t]+/g, ' ');
  expect(unfolded).toMatch(
    /^Content-Type: application\/pkcs7-mime; smime-type=enveloped-data;\s*name="?smime\.p7m"?/m,
  );
  expect(unfolded).toMatch(/^Content-Transfer-Encoding: base64/m);
  expect(unfolded).toMatch(/^MIME-Version: 1\.0/im);
  return openEnvelope(Buffer.from(body, 'base64'), holder);
};

/** The ways in which keys are tested: each gives a public file for an address, and reads mails with the private part. */
const ways = {
  OpenPGP: async (email: string) => {
    const keyExpirationTime = (400 * day) / 1000;
    const made = await generateKey({
      ...{ type: 'curve25519', userIDs: [{ name: 'Desk', email }], keyExpirationTime },
      format: 'object',
    });
    const read = async (mail: CaughtMail) => openedWithKey(mail, made.privateKey);
    return { file: made.publicKey.armor(), read };
  },
  'S/MIME with RSA': async (email: string) => withCertificate(await certificateHolder(email, 'rsa')),
  'S/MIME on a curve': async (email: string) => withCertificate(await certificateHolder(email, 'P-256')),
};
const withCertificate = (holder: CertificateHolder) => ({
  file: holder.certificate,
  read: async (mail: CaughtMail) => openedWithCertificate(mail, holder),
});

describe('tests of keys', () => {
  let keepers: KeyKeepers;

  beforeAll(async () => {
    keepers = await KeyKeepers.start();
  });
  afterAll(() => keepers.stop());

  const faults = ({ body }: { body: unknown }) =>
    (body as { errors: { pointer: string; detail: string }[] }).errors;
  /** How an officer of another State is led to a mailbox with what is TLP:RED. */
  const meansTo = async (channel: string) => {
    const asked = 'party=XB&tlp=TLP%3ARED&level=policy';
    const { steps } = (await keepers.officer.get(`/routes?${asked}`)).body as RouteView;
    return steps.find((step) => step.channel?.id === channel)?.means;
  };

  it.each(Object.entries(ways))(
    'are made by a code that only the holder can read, within five tries: %s',
    async (_kind, way) => {
      const { administrator } = keepers;
      const { entry, channel, address } = await keepers.contact();
      const { file, read } = await way(address);
      const added = await keepers.add(channel, file);
      const test = `/keys/${added.id}/test`;
      expect((await administrator.post(test)).status).toBe(409);
      expect(await meansTo(channel)).toBe('call-back');
      expect((await keepers.confirm(added)).state).toBe('untested');
      expect((await administrator.get(`/keys/${added.id}`)).body).toMatchObject({
        allowedActs: ['test', 'end'],
      });
      const said = (code: string) => administrator.post(`${test}/confirm`, { code });
      expect(faults(await said('000000'))).toMatchObject([{ pointer: '#/code' }]);
      expect((await administrator.post(test)).status).toBe(201);
      const mail = await keepers.instance.sink.mailWith(address, subject);
      expect(mail.raw).not.toMatch(/Tell the code/);
      const text = await read(mail);
      expect(text).toMatch(/^Content-Type: text\/plain; charset="utf-8"\r?\n[\s\S]*Tell the code/);
      const first = codeIn(text);
      expect((await administrator.post(test)).status).toBe(201);
      const newest = codeIn(await read(await keepers.instance.sink.mailWith(address, subject, 2)));
      if (first !== newest) expect((await said(first)).status).toBe(400);
      const tested = await said(newest);
      expect([tested.status, tested.body]).toMatchObject([
        200,
        { pointOfContact: entry, state: 'usable', warning: null, version: 3 },
      ]);
      expect((tested.body as KeyView).testedAt).toMatch(/^20/);
      expect(await meansTo(channel)).toBe('mail');
      expect((await said(newest)).status).toBe(400);

      // A message that has not left when the next one is wanted never leaves.
      let last = '';
      for (const count of [3, 4, 5]) {
        expect((await administrator.post(test)).status).toBe(201);
        last = codeIn(await read(await keepers.instance.sink.mailWith(address, subject, count)));
      }
      expect((await administrator.post(test)).status).toBe(429);
      const wrong = last === '000000' ? '000001' : '000000';
      for (const _ of [1, 2, 3, 4, 5]) expect((await said(wrong)).status).toBe(400);
      expect((await said(last)).status).toBe(400);
    },
  );

  it('are refused for a certificate that can only sign, and one that has expired is not even kept', async () => {
    const { administrator } = keepers;
    const { channel, address } = await keepers.contact();
    const signs = { extensions: [new KeyUsagesExtension(KeyUsageFlags.digitalSignature)] };
    for (const { certificate } of [
      await certificateHolder(address, 'ed25519'),
      await certificateHolder(address, 'rsa', signs),
    ]) {
      const added = await keepers.add(channel, certificate);
      expect(added.findings.map(({ code }) => code)).toContain('cannot-encrypt');
      expect(await keepers.confirm(added)).toMatchObject({ state: 'cannot-encrypt', canEncrypt: false });
      const { body: seen } = await administrator.get(`/keys/${added.id}`);
      expect(seen).toMatchObject({ allowedActs: ['end'] });
      const answer = await administrator.post(`/keys/${added.id}/test`);
      expect([answer.status, answer.body]).toMatchObject([
        409,
        { detail: expect.stringMatching(/^Nothing can be encrypted to the key/) },
      ]);
    }
    expect(await meansTo(channel)).toBe('call-back');
    const { certificate: old } = await certificateHolder(address, 'rsa', { days: -0.01 });
    const refused = await administrator.post('/keys', { channel, file: old });
    expect([refused.status, faults(refused)]).toMatchObject([400, [{ pointer: '#/file' }]]);
  });

  it('end with the certificate: what has expired meanwhile is not tested', async () => {
    const { channel, address } = await keepers.contact();
    const { certificate } = await certificateHolder(address, 'P-384', { days: 3 });
    const { id } = await keepers.confirm(await keepers.add(channel, certificate));
    expect((await keepers.administrator.post(`/keys/${id}/test`)).status).toBe(201);
    expect(await meansTo(channel)).toBe('mail');
    await keepers.instance.forward(4 * day);
    const keeper = await keepers.instance.officer('administrator@xb.example');
    const answer = await keeper.post(`/keys/${id}/test`);
    expect([answer.status, answer.body]).toMatchObject([
      409,
      { detail: expect.stringMatching(/^The key expired on/) },
    ]);
  });
});
