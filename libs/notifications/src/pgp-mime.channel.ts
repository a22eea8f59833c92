import MimeNode from 'nodemailer/lib/mime-node';

/** What stands in clear above encrypted content. */
export interface ClearHead {
  from: { name: string; address: string };
  to: { name: string; address: string };
  subject: string;
  messageId: string;
  date: Date;
  headers: Readonly<Record<string, string>>;
}

/** A whole mail around an OpenPGP message: `multipart/encrypted` with its two parts (RFC 3156, section 4). */
export async function pgpMime(head: ClearHead, armored: string): Promise<Buffer> {
  const { from, to, subject, messageId, date, headers } = head;
  const mail = new MimeNode('multipart/encrypted; protocol="application/pgp-encrypted"');
  mail.setHeader({ from: [from], to: [to], subject, 'message-id': messageId });
  mail.setHeader('date', date.toUTCString().replace('GMT', '+0000'));
  mail.setHeader({ ...headers });
  const clear = { 'content-transfer-encoding': '7bit' };
  mail.createChild('application/pgp-encrypted').setHeader(clear).setContent('Version: 1\r\n');
  mail
    .createChild('application/octet-stream; name="encrypted.asc"')
    .setHeader({ ...clear, 'content-disposition': 'inline; filename="encrypted.asc"' })
    .setContent(armored.replace(/\r?\n/g, '\r\n'));
  return mail.build();
}
