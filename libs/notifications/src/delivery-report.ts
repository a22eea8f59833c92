import PostalMime from 'postal-mime';
import { isOfMailbox, refusesMailbox } from './mailbox-refusal.js';

/** What a mail that came back says: that it was not delivered, for good; or anything else, which changes nothing. */
export type DeliveryReport =
  | {
      what: 'failed';
      /** Of the first recipient that failed (RFC 3463); null: none that can be read. */
      status: string | null;
      /** Whether it says that the mailbox is not there or cannot be reached: then it is in doubt. */
      mailboxRefused: boolean;
    }
  | { what: 'other' };

type Fields = ReadonlyMap<string, string>;

const other: DeliveryReport = { what: 'other' };
const reportTypes = ['message/delivery-status', 'message/global-delivery-status'];
const arrived = ['delivered', 'relayed', 'expanded'];

/**
 * Reads a delivery status notification (RFC 3464; RFC 6533 in other scripts). Whatever is none of these, as an
 * automatic answer, a report of a delay, or a mail of a program that knows no such report, is `other`.
 */
export async function readDeliveryReport(raw: Uint8Array<ArrayBuffer>): Promise<DeliveryReport> {
  // What is no mail that can be read is no report either, however often it is brought.
  const mail = await PostalMime.parse(raw, { attachmentEncoding: 'utf8' }).catch(() => null);
  if (mail === null) return other;
  const type = mail.headers.find(({ key }) => key === 'content-type')?.value ?? '';
  if (!/^multipart\/report\b/i.test(type)) return other;
  const report = mail.attachments.find(({ mimeType }) => reportTypes.includes(mimeType));
  if (typeof report?.content !== 'string') return other;
  const recipients = groupsOf(report.content).filter((fields) => fields.has('action'));
  const actions = recipients.map((fields) => fields.get('action')?.toLowerCase() ?? '');
  const failed = recipients[actions.indexOf('failed')];
  // Behind an address there may be several: as long as one of them has the mail, it has not come back.
  if (!failed || actions.some((action) => arrived.includes(action))) return other;
  const status = /^([245]\.\d{1,3}\.\d{1,3})\b/.exec(failed.get('status') ?? '')?.[1] ?? null;
  return { what: 'failed', status, mailboxRefused: doubtsMailbox(status, failed.get('diagnostic-code')) };
}

/**
 * Whether a failure is one of the mailbox: it is not there or closed, or nobody answered for as long as it was tried (x.4.x). A
 * full mailbox (x.2.2), refused content (x.6.x) and the policy of a relay (x.7.x) say nothing of it. Where the
 * status tells nothing, the server's own words do; and where there are none, that it came back.
 */
function doubtsMailbox(status: string | null, diagnostic = ''): boolean {
  if (status !== null && !status.endsWith('.0.0')) return isOfMailbox(status) || /^\d\.4\.\d+$/.test(status);
  const response = diagnostic.replace(/^[^;]*;\s*/, '');
  const replyCode = Number.parseInt(response, 10);
  return Number.isNaN(replyCode) || refusesMailbox({ command: 'RCPT TO', replyCode, response });
}

/** The groups of fields of a report: of the mail, then of each recipient (RFC 3464, 2.1). Folded lines are one. */
function groupsOf(report: string): Fields[] {
  const unfolded = report.replace(/\r\n?/g, '\n').replace(/\n[ \t]+/g, ' ');
  return unfolded.split(/\n\s*\n/).map(
    (group) =>
      new Map(
        group.split('\n').flatMap((line): [string, string][] => {
          const [, name, value] = /^([\w-]+)[ \t]*:[ \t]*(.*)$/.exec(line) ?? [];
          return name !== undefined && value !== undefined ? [[name.toLowerCase(), value.trim()]] : [];
        }),
      ),
  );
}
