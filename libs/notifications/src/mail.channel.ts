import { PassThrough } from 'node:stream';
import { createTransport } from 'nodemailer';
import type { AttemptOutcome } from './retry.js';
import type { EncryptedText, MailAttachment } from '#libs/wording';
import { encryptedMail } from './encrypted-mail.channel.js';
import { isMailAddress } from './mail-address.js';
import { refusesMailbox } from './mailbox-refusal.js';

/** One mail, ready to leave. */
export interface OutgoingMail {
  /** The notice's id: the Message-ID is made of it, so that a repeat can be told by its receiver. */
  id: string;
  traffic: 'actual' | 'exercise' | 'test';
  to: string;
  subject: string;
  text: string;
  html: string;
  language: string;
  writtenAt: Date;
  attachments?: readonly MailAttachment[] | undefined;
  /** What is sent in place of text, HTML and files. */
  encrypted?: EncryptedText | undefined;
}

export interface MailOutcome {
  outcome: AttemptOutcome;
  /** The server's last reply code (RFC 5321), where there was one. */
  replyCode: number | null;
  /** Whether it says that there is no such mailbox: then it is in doubt. */
  mailboxRefused?: boolean;
}

export interface MailOptions {
  smtpUrl: string;
  from: string;
  /** Exercises leave under a sender of their own. */
  fromExercise: string;
  /** Mails that can be on their way at once. */
  connections: number;
  /** Where the mail of a notice comes back to; without it, to its sender. */
  returnTo?: ((noticeId: string) => Promise<string>) | undefined;
}

/** Milliseconds for one mail in all; the notice's own deadline is longer. */
const sendAtMost = 120_000;

const beforeContent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EDNS',
]);

const automatic = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' };

function poolTo(smtpUrl: string, connections: number) {
  const address = new URL(smtpUrl);
  return createTransport(
    {
      pool: true,
      host: address.hostname,
      port: Number(address.port || (address.protocol === 'smtps:' ? 465 : 587)),
      secure: address.protocol === 'smtps:',
      ignoreTLS: address.searchParams.get('tls') === 'none',
      requireTLS: address.searchParams.get('tls') === 'required',
      ...(address.username
        ? {
            auth: {
              user: decodeURIComponent(address.username),
              pass: decodeURIComponent(address.password),
            },
          }
        : {}),
      // As many as there can be mails at once: a mail must not wait here, where its deadline runs already.
      maxConnections: connections,
      // The pool pauses whenever a connection has carried this many.
      maxMessages: 10_000,
      // The database decides about repeats, not the pool.
      maxRequeues: 0,
      connectionTimeout: 10_000,
      greetingTimeout: 10_000,
      socketTimeout: 60_000,
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    { headers: automatic },
  );
}

/** Mail by SMTP submission (RFC 6409) to one relay. One recipient a mail, the envelope always given apart. */
export class MailChannel {
  /** Message-IDs of mails whose content has begun to be read. */
  private readonly begun = new Set<string>();
  private readonly transport: ReturnType<typeof poolTo>;

  constructor(private readonly options: MailOptions) {
    this.transport = poolTo(options.smtpUrl, options.connections);
    this.transport.use('stream', (mail, done) => {
      mail.message.transform(() => this.noting(String(mail.data.messageId)));
      done();
    });
  }

  /** Never raises for what a server or a network does: that is an outcome. */
  async send(mail: OutgoingMail): Promise<MailOutcome> {
    if (!isMailAddress(mail.to)) return { outcome: 'permanent', replyCode: null };
    const from = mail.traffic === 'actual' ? this.options.from : this.options.fromExercise;
    const messageId = `<${mail.id}@${from.slice(from.lastIndexOf('@') + 1)}>`;
    try {
      const envelope = {
        from: (await this.options.returnTo?.(mail.id)) ?? from,
        to: [mail.to],
        // Where the relay knows it (RFC 3461): word of failures alone, and nothing of the content in it.
        dsn: { id: mail.id, return: 'headers', notify: ['failure'], recipient: mail.to },
      };
      const head = {
        from: { name: 'Aldis', address: from },
        to: { name: '', address: mail.to },
        ...{ messageId, subject: mail.subject, date: mail.writtenAt },
        headers: { 'Content-Language': mail.language },
      };
      const { encrypted } = mail;
      const content =
        encrypted === undefined
          ? { ...head, ...openContent(mail) }
          : {
              messageId,
              raw: await encryptedMail({ ...head, headers: { ...automatic, ...head.headers } }, encrypted),
            };
      const signal = AbortSignal.timeout(sendAtMost);
      const info = await this.transport.sendMail({ ...content, envelope, signal });
      return { outcome: 'accepted', replyCode: Number.parseInt(String(info.response), 10) || null };
    } catch (error) {
      return outcomeOf(error, this.begun.has(messageId));
    } finally {
      this.begun.delete(messageId);
    }
  }

  private noting(messageId: string): PassThrough {
    const content = new PassThrough();
    content.once('pipe', () => this.begun.add(messageId));
    return content;
  }

  /** Greets the relay, and signs in where it asks for that, without sending anything. Raises what goes wrong. */
  async greet(): Promise<void> {
    await this.transport.verify();
  }

  close(): void {
    this.transport.close();
  }
}

const openContent = ({ text, html, attachments = [] }: OutgoingMail) => ({
  ...{ text, html },
  // In base64: no relay changes a line end of it, and its bytes are what verifies.
  attachments: attachments.map(({ name, mediaType, content }) => ({
    ...{ filename: name, contentType: mediaType, content: Buffer.from(content, 'utf8') },
    contentTransferEncoding: 'base64' as const,
  })),
});

/**
 * What an error of the mail library says about the mail; `begun` is whether its content had begun to be read. A reply decides (5xx except 503 is final); without one,
 * only what certainly happened before the content is transient: the rest may have arrived (RFC 5321, 3.8).
 */
export function outcomeOf(error: unknown, begun = true): MailOutcome {
  const fault = (typeof error === 'object' && error !== null ? error : {}) as Record<string, unknown>;
  const replyCode = typeof fault.responseCode === 'number' ? fault.responseCode : null;
  if (replyCode !== null) {
    // A refused sign-in or sender is ours to mend; the recipient has refused nothing.
    const ours = fault.code === 'EAUTH' || fault.command === 'MAIL FROM' || fault.command === 'CONN';
    const final = replyCode >= 500 && replyCode !== 503 && !ours;
    const reply = { command: String(fault.command), replyCode, response: String(fault.response) };
    return final
      ? { outcome: 'permanent', replyCode, mailboxRefused: refusesMailbox(reply) }
      : { outcome: 'transient', replyCode };
  }
  const codes = [fault.code, causeCode(fault.cause), fault.errno].map(String);
  const unsent =
    !begun ||
    codes.some((code) => beforeContent.has(code)) ||
    /ECONNREFUSED|ENOTFOUND|EAI_AGAIN/.test(String(fault.message)) ||
    ['EAUTH', 'ETLS', 'EENVELOPE', 'ENOAUTH', 'EREQUIRETLS'].includes(codes[0] ?? '');
  return { outcome: unsent ? 'transient' : 'unknown', replyCode: null };
}

const causeCode = (cause: unknown): unknown =>
  typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
