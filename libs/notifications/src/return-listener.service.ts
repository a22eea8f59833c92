import { once } from 'node:events';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { Logger } from '#libs/runtime';
import type { ReturnAddresses } from './return-address.js';
import type { ReturnedMails } from './returned-mails.service.js';

export interface ReturnListener {
  /** Takes no more; lets what is being taken end, for some seconds. */
  close(): Promise<void>;
}

/** The report stands at the beginning of a mail: no more of one is looked at (bytes). */
const readAtMost = 1_048_576;
/** Connections at a time, and milliseconds for which one may be silent. */
const [atOnce, silentFor] = [50, 60_000];
/** Milliseconds until a port that another process has is asked for again. */
const retryEvery = 30_000;

const reply = (responseCode: number, text: string) => Object.assign(new Error(text), { responseCode });
const later = () => reply(451, '4.3.0 come back later');

/**
 * Takes mails that come back, from the relay that brings them (SMTP, RFC 5321), and nothing else: addresses that were
 * made for no notice do not exist. What the database cannot take now the relay is asked to bring again. It answers
 * no mail by a mail, so that no two machines write to one another for ever. A port that another process has holds up
 * nothing else: it is asked for again.
 */
export async function listenForReturns(
  { host, port, every = retryEvery }: { host: string; port: number; every?: number },
  addresses: Pick<ReturnAddresses, 'noticeOf'>,
  returned: Pick<ReturnedMails, 'take'>,
  logger: Logger,
): Promise<ReturnListener> {
  const server = new SMTPServer({
    ...{ banner: 'returned mail', logger: false, disabledCommands: ['AUTH', 'STARTTLS'] },
    ...{ maxClients: atOnce, socketTimeout: silentFor, closeTimeout: 5_000, disableReverseLookup: true },
    onRcptTo: ({ address }, _session, done) => {
      addresses.noticeOf(address).then(
        (notice) => done(notice === undefined ? reply(550, '5.1.1 no such address') : null),
        () => done(later()),
      );
    },
    onData: (stream, session, done) => {
      take(stream, session).then(done, (error: unknown) => {
        logger.error({ reason: String(error) }, 'a mail that came back was not taken');
        done(later());
      });
    },
  });
  // One at a time: deliveries need the other connections to the database.
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(task: () => Promise<T>): Promise<T> => {
    const done = turn.then(task);
    turn = done.catch(() => undefined);
    return done;
  };
  async function take(stream: SMTPServerDataStream, { envelope }: SMTPServerSession): Promise<Error | null> {
    const raw = await beginningOf(stream);
    // A report has no sender to answer to (RFC 3464, 2); whatever has one is a person's, or a machine's that answers.
    if (envelope.mailFrom && envelope.mailFrom.address !== '') return null;
    for (const { address } of envelope.rcptTo) {
      const notice = await addresses.noticeOf(address);
      if (notice === undefined) continue;
      if ((await inTurn(() => returned.take(notice, raw))) === 'later') return later();
    }
    return null;
  }
  // A connection that breaks is the relay's to mend.
  server.on('error', (error) => logger.debug({ reason: String(error) }, 'a connection to the returns broke'));
  return listening(server, { host, port, every }, logger);
}

/** Listens, or waits for the port. */
async function listening(
  server: SMTPServer,
  { host, port, every }: { host: string; port: number; every: number },
  logger: Logger,
): Promise<ReturnListener> {
  let again: NodeJS.Timeout | undefined;
  let closed = false;
  const listen = async (): Promise<void> => {
    try {
      server.listen(port, host);
      await once(server.server, 'listening');
    } catch (error) {
      logger.error({ reason: String(error) }, 'mails that come back are not taken');
      if (!closed) again = setTimeout(() => void listen(), every);
    }
  };
  await listen();
  return {
    close: () => {
      closed = true;
      clearTimeout(again);
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** Reads a mail to its end, and keeps its beginning. */
async function beginningOf(stream: SMTPServerDataStream): Promise<Uint8Array<ArrayBuffer>> {
  const kept: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    if (bytes < readAtMost) kept.push(chunk.subarray(0, readAtMost - bytes));
    bytes += chunk.length;
  }
  return new Uint8Array(Buffer.concat(kept));
}
