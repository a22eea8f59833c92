import PostalMime from 'postal-mime';

/** Whom the sending server named, which is who gets the mail; its headers may say something else. */
export interface Envelope {
  from: string;
  to: string[];
}

/** What the list shows of a mail. */
export interface MailSummary {
  id: string;
  /** ISO 8601, UTC. */
  receivedAt: string;
  envelope: Envelope;
  subject: string;
  messageId: string;
}

/** One mail in full. */
export interface Mail extends MailSummary {
  text: string;
  html: string;
  headers: { name: string; value: string }[];
}

/** Reads a mail as it came over the wire (RFC 5322, MIME). One that cannot be read is shown by its first lines. */
export async function readMail(
  raw: Uint8Array,
): Promise<Pick<Mail, 'subject' | 'messageId' | 'text' | 'html' | 'headers'>> {
  try {
    const mail = await PostalMime.parse(raw, { attachmentEncoding: 'base64' });
    return {
      subject: mail.subject ?? '',
      messageId: mail.messageId ?? '',
      text: mail.text ?? '',
      html: mail.html ?? '',
      headers: mail.headers.map(({ originalKey, value }) => ({ name: originalKey, value })),
    };
  } catch {
    const text = Buffer.from(raw).toString('utf8').slice(0, 10_000);
    return { subject: '(not readable)', messageId: '', text, html: '', headers: [] };
  }
}

/** Whether a mail went to an address (case does not count) and came at or after an instant. */
export const matches = (
  mail: MailSummary,
  filter: { to?: string | undefined; since?: Date | undefined },
): boolean =>
  (filter.to === undefined || mail.envelope.to.some((to) => to.toLowerCase() === filter.to?.toLowerCase())) &&
  (filter.since === undefined || new Date(mail.receivedAt) >= filter.since);
