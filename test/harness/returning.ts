import { createTransport } from 'nodemailer';
import type { CaughtMail } from './smtp-sink.js';

/** What a report says of a recipient: what became of it, and why (RFC 3464). */
interface Said {
  action: string;
  status: string;
  diagnostic?: string;
}

/** A delivery status notification about a mail, as a relay writes it. */
export const reportOf = (mail: Pick<CaughtMail, 'to' | 'messageId'>, { action, status, diagnostic }: Said) =>
  [
    'From: MAILER-DAEMON@relay.example',
    'Subject: Undelivered Mail Returned to Sender',
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="edge"',
    '',
    '--edge',
    'Content-Type: text/plain',
    '',
    'This is the mail system at host relay.example.',
    '',
    '--edge',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; relay.example',
    '',
    `Final-Recipient: rfc822; ${mail.to}`,
    `Action: ${action}`,
    `Status: ${status}`,
    ...(diagnostic === undefined ? [] : [`Diagnostic-Code: ${diagnostic}`]),
    '',
    '--edge',
    'Content-Type: text/rfc822-headers',
    '',
    `Message-ID: ${mail.messageId}`,
    '',
    '--edge--',
    '',
  ].join('\r\n');

/** Brings a mail as a relay does, from nobody unless told otherwise. Answers the reply (RFC 5321, 4.2). */
export async function bring(port: number, to: string, raw: string, from = ''): Promise<string> {
  const transport = createTransport({ host: '127.0.0.1', port, secure: false, ignoreTLS: true });
  try {
    return (await transport.sendMail({ envelope: { from, to: [to] }, raw })).response;
  } catch (error) {
    return (error as { response?: string }).response ?? String(error);
  } finally {
    transport.close();
  }
}
