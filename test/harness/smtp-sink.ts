import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import PostalMime from 'postal-mime';
import { freePort, waitUntil } from './waiting.js';

export interface CaughtMail {
  from: string;
  to: string;
  messageId: string;
  subject: string;
  text: string;
  html: string;
  headers: Record<string, string>;
  raw: string;
  attachments: { name: string; mediaType: string; content: string }[];
}

/** How the far end behaves towards one address. `times` bounds it; afterwards the address accepts. */
export interface Behaviour {
  does: 'refuse-recipient' | 'greylist' | 'drop-after-dot' | 'stall-in-data';
  times?: number;
}

const error = (responseCode: number, text: string) => Object.assign(new Error(text), { responseCode });

/** The far end of mail: a real SMTP conversation, scripted per recipient, that can go away and come back. */
export class SmtpSink {
  readonly mails: CaughtMail[] = [];
  /** Told when the first bytes of a stalled mail have arrived. */
  onStall: (to: string) => void = () => undefined;
  private readonly scripts = new Map<string, Behaviour>();
  private server: SMTPServer | undefined;

  private constructor(readonly port: number) {}

  get url(): string {
    return `smtp://127.0.0.1:${this.port}?tls=none`;
  }

  static async start(): Promise<SmtpSink> {
    const sink = await SmtpSink.planned();
    await sink.start();
    return sink;
  }

  static async planned(): Promise<SmtpSink> {
    return new SmtpSink(await freePort());
  }

  /** From now on, for mail to this address. */
  script(to: string, behaviour: Behaviour): void {
    this.scripts.set(to, { ...behaviour });
  }

  async start(): Promise<void> {
    const server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      logger: false,
      onRcptTo: ({ address }, _session, done) => {
        if (this.takes(address, 'refuse-recipient')) return done(error(550, '5.1.1 no such mailbox'));
        if (this.takes(address, 'greylist')) return done(error(451, '4.7.1 come back later'));
        done();
      },
      onData: (stream, session, done) => void this.receive(server, stream, session, done),
    });
    server.on('error', () => undefined);
    await new Promise<void>((resolve, reject) => {
      server.server.once('error', reject);
      server.listen(this.port, '127.0.0.1', () => resolve());
    });
    this.server = server;
  }

  async stop(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    if (!server) return;
    for (const connection of connectionsOf(server)) connection._socket?.destroy();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  mailsTo(address: string): CaughtMail[] {
    return this.mails.filter((mail) => mail.to === address);
  }

  /** Waits for the `count`-th mail to an address. */
  async mailTo(address: string, count = 1): Promise<CaughtMail> {
    return waitUntil(`mail ${count} to ${address}`, () => this.mailsTo(address)[count - 1]);
  }

  /** Waits for the `count`-th mail to an address with a subject, whatever else comes before it. */
  async mailWith(address: string, subject: string, count = 1): Promise<CaughtMail> {
    const found = () => this.mailsTo(address).filter((mail) => mail.subject.includes(subject))[count - 1];
    return waitUntil(`mail ${count} to ${address} with "${subject}"`, found);
  }

  private takes(address: string, does: Behaviour['does']): boolean {
    const script = this.scripts.get(address);
    if (script?.does !== does) return false;
    if (script.times !== undefined && --script.times <= 0) this.scripts.delete(address);
    return true;
  }

  private async receive(
    server: SMTPServer,
    stream: SMTPServerDataStream,
    session: SMTPServerSession,
    done: (error?: Error | null) => void,
  ): Promise<void> {
    const to = session.envelope.rcptTo[0]?.address ?? '';
    const chunks: Buffer[] = [];
    if (this.takes(to, 'stall-in-data')) {
      stream.once('data', () => this.onStall(to));
      return;
    }
    try {
      for await (const chunk of stream) chunks.push(chunk as Buffer);
    } catch {
      // The sender went away in the middle: there is no mail.
      return;
    }
    const raw = Buffer.concat(chunks);
    const mail = await PostalMime.parse(raw);
    this.mails.push({
      from: session.envelope.mailFrom ? session.envelope.mailFrom.address : '',
      to,
      messageId: mail.messageId ?? '',
      subject: mail.subject ?? '',
      text: mail.text ?? '',
      html: mail.html ?? '',
      headers: Object.fromEntries(mail.headers.map(({ key, value }) => [key, value])),
      raw: raw.toString('utf8'),
      attachments: mail.attachments.map(({ filename, mimeType, content }) => ({
        ...{ name: filename ?? '', mediaType: mimeType },
        content:
          typeof content === 'string' ? content : Buffer.from(new Uint8Array(content)).toString('utf8'),
      })),
    });
    if (this.takes(to, 'drop-after-dot')) {
      for (const connection of connectionsOf(server))
        if (connection.id === session.id) connection._socket?.destroy();
      return;
    }
    done();
  }
}

/** The open connections of an SMTP server, which it keeps but does not publish in its types. */
const connectionsOf = (server: SMTPServer): Set<{ id: string; _socket?: { destroy(): void } }> =>
  (server as unknown as { connections: Set<{ id: string; _socket?: { destroy(): void } }> }).connections;
