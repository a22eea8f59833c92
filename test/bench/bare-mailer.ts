import { createTransport } from 'nodemailer';

/** What the measuring process asks for: `together` gives all mails to the pool at once, else each follows the last. */
export interface MailOrder {
  count: number;
  together: boolean;
  subject: string;
  text: string;
  html: string;
}

/** The raw limit of mail: the mail library's own pool, set as the worker sets it. A process of its own. */
const pool = createTransport({
  pool: true,
  host: '127.0.0.1',
  port: Number(process.env.BARE_PORT),
  ignoreTLS: true,
  maxConnections: 5,
  maxMessages: 100,
});

/** Milliseconds that each mail took, from the call to the server's 250. */
async function send({ count, together, subject, text, html }: MailOrder): Promise<number[]> {
  const one = async (_: unknown, index: number) => {
    const started = performance.now();
    const to = `mail-${index}@bench.example`;
    await pool.sendMail({ from: 'aldis@aldis.example', to, subject, text, html });
    return performance.now() - started;
  };
  const mails = Array.from({ length: count });
  if (together) return Promise.all(mails.map(one));
  const took: number[] = [];
  for (const index of mails.keys()) took.push(await one(undefined, index));
  return took;
}

process.on('message', (order: MailOrder) => void send(order).then((took) => process.send?.({ took })));
process.on('disconnect', () => process.exit(0));
process.send?.({ ready: true });
