import { SMTPServer } from 'smtp-server';
import { freePort, waitUntil } from '../harness/waiting.js';
import { patience } from './sizes.js';

/** The far end of mail that only notes when a mail had arrived whole, and for whom. It reads nothing, to cost little. */
export class CountingSink {
  /** Of the round that runs; whoever begins one empties it. */
  readonly arrivals: { to: string; at: number }[] = [];
  /** Mails of the installation since the start, without those of the raw limit. */
  taken = 0;
  private readonly server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onData: (stream, session, done) => {
      stream.on('end', () => {
        const to = session.envelope.rcptTo[0]?.address ?? '';
        this.arrivals.push({ to, at: performance.now() });
        if (!to.endsWith('@bench.example')) this.taken++;
        done();
      });
      stream.resume();
    },
  });

  private constructor(readonly port: number) {}

  static async start(): Promise<CountingSink> {
    const sink = new CountingSink(await freePort());
    sink.server.on('error', () => undefined);
    await new Promise<void>((ready) => sink.server.listen(sink.port, '127.0.0.1', ready));
    return sink;
  }

  get url(): string {
    return `smtp://127.0.0.1:${this.port}?tls=none`;
  }

  /** Waits until the round has that many mails; answers when the last of them came. */
  async holds(count: number): Promise<number> {
    await waitUntil(`${count} mails are at the sink`, () => this.arrivals.length >= count, patience);
    return this.arrivals[count - 1]?.at ?? Number.NaN;
  }

  async stop(): Promise<void> {
    await new Promise<void>((closed) => this.server.close(closed));
  }
}
