import MimeNode from 'nodemailer/lib/mime-node';
import type { EncryptedText } from '#libs/wording';

/** What stands in clear above encrypted content. */
export interface ClearHead {
  from: { name: string; address: string };
  to: { name: string; address: string };
  subject: string;
  messageId: string;
  date: Date;
  headers: Readonly<Record<string, string>>;
}

/** A whole mail around encrypted content: PGP/MIME (RFC 3156, section 4) or enveloped data of S/MIME (RFC 8551, 3.3). */
export async function encryptedMail(head: ClearHead, { kind, content }: EncryptedText): Promise<Buffer> {
  const { from, to, subject, messageId, date, headers } = head;
  const mail = kind === 'openpgp' ? pgpMime(content) : enveloped(content);
  mail.setHeader({ from: [from], to: [to], subject, 'message-id': messageId });
  mail.setHeader('date', date.toUTCString().replace('GMT', '+0000'));
  mail.setHeader({ ...headers });
  return mail.build();
}

function pgpMime(armored: string): MimeNode {
  const mail = new MimeNode('multipart/encrypted; protocol="application/pgp-encrypted"');
  const clear = { 'content-transfer-encoding': '7bit' };
  mail.createChild('application/pgp-encrypted').setHeader(clear).setContent('Version: 1\r\n');
  mail
    .createChild('application/octet-stream; name="encrypted.asc"')
    .setHeader({ ...clear, 'content-disposition': 'inline; filename="encrypted.asc"' })
    .setContent(armored.replace(/\r?\n/g, '\r\n'));
  return mail;
}

const enveloped = (base64: string): MimeNode =>
  new MimeNode('application/pkcs7-mime; smime-type=enveloped-data; name="smime.p7m"')
    .setHeader({
      'content-transfer-encoding': 'base64',
      'content-disposition': 'attachment; filename="smime.p7m"',
    })
    .setContent(Buffer.from(base64, 'base64'));
