import PostalMime from 'postal-mime';
import { encryptedMail, type ClearHead } from './encrypted-mail.channel.js';

const head: ClearHead = {
  from: { name: 'Aldis', address: 'aldis@xa.example' },
  to: { name: '', address: 'desk@xb.example' },
  ...{ subject: 'Un essai de votre clé', messageId: '<n1@xa.example>' },
  date: new Date('2026-03-14T22:30:00Z'),
  headers: { 'Content-Language': 'fr' },
};
const parsed = async (mail: Buffer) => PostalMime.parse(new Uint8Array(mail));

describe('a mail around encrypted content', () => {
  it('is PGP/MIME with its two parts', async () => {
    const armored = '-----BEGIN PGP MESSAGE-----\n\nAAAA\n-----END PGP MESSAGE-----\n';
    const mail = await encryptedMail(head, { kind: 'openpgp', content: armored });
    expect(mail.toString()).toMatch(/^Content-Type: multipart\/encrypted;/m);
    const { subject, attachments } = await parsed(mail);
    expect([subject, ...attachments.map(({ mimeType }) => mimeType)]).toEqual([
      ...[head.subject, 'application/pgp-encrypted', 'application/octet-stream'],
    ]);
    expect(mail.toString()).toContain(armored.replaceAll('\n', '\r\n'));
  });

  it('is one part of S/MIME, named as mail programs look for it, in lines that every relay carries', async () => {
    const der = Buffer.alloc(2_000, 0x9f);
    const mail = await encryptedMail(head, { kind: 'smime', content: der.toString('base64') });
    const lines = mail.toString('latin1').split('\r\n');
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(100);
    const { subject, messageId, headers, attachments } = await parsed(mail);
    const said = (name: string) => headers.find(({ key }) => key === name)?.value;
    expect(said('content-type')?.replace(/\s+/g, ' ')).toMatch(
      /^application\/pkcs7-mime; smime-type=enveloped-data; name="?smime\.p7m"?$/,
    );
    expect([subject, messageId, said('content-language'), said('content-transfer-encoding')]).toEqual([
      ...[head.subject, head.messageId, 'fr', 'base64'],
    ]);
    const [{ filename, content, ...more } = { filename: '', content: '' }, ...others] = attachments;
    expect([filename, others, more]).toMatchObject(['smime.p7m', [], { disposition: 'attachment' }]);
    expect(Buffer.from(content as ArrayBuffer).equals(der)).toBe(true);
  });
});
