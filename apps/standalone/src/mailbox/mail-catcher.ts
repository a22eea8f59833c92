import { once } from 'node:events';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { MailStore } from './mail-store.js';

const sizeLimit = 26_214_400;

/** A running mail server on the loopback interface that keeps everything and passes nothing on. */
export interface MailCatcher {
  /** `smtp://127.0.0.1:port` */
  url: string;
  /** Lets connections finish for at most a second. */
  stop(): Promise<void>;
}

/** Starts the catcher on a free port. It answers 250 only when the mail is on disk; mails over 25 MiB get a 552. */
export async function startMailCatcher(store: MailStore, log: (line: string) => void): Promise<MailCatcher> {
  const server = new SMTPServer({
    name: 'mail-catcher.example',
    banner: 'sample mail catcher, nothing leaves this machine',
    size: sizeLimit,
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 1_000,
    onData: (stream, session, callback) => {
      keep(store, stream, session).then(
        (id) => callback(null, `kept as ${id}`),
        (error: unknown) => {
          if (!(error instanceof SmtpRefusal)) log(`a mail could not be kept: ${String(error)}`);
          callback(error instanceof SmtpRefusal ? error : new SmtpRefusal(451, 'The mail could not be kept'));
        },
      );
    },
  });
  server.on('error', (error: Error) => log(`mail catcher: ${error.message}`));
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('the mail catcher has no port');
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** An answer that the sending side gets: RFC 5321 §4.2. */
class SmtpRefusal extends Error {
  constructor(
    readonly responseCode: number,
    message: string,
  ) {
    super(message);
  }
}

async function keep(
  store: MailStore,
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    // The stream must be read to its end even when it is too long, or the session would hang.
    if (size <= sizeLimit) chunks.push(chunk);
  }
  if (stream.sizeExceeded || size > sizeLimit) throw new SmtpRefusal(552, 'The mail is longer than 25 MiB');
  const { mailFrom, rcptTo } = session.envelope;
  const envelope = { from: mailFrom ? mailFrom.address : '', to: rcptTo.map(({ address }) => address) };
  return (await store.add(envelope, Buffer.concat(chunks))).id;
}
