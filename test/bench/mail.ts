import { Agent } from 'node:http';
import { z } from 'zod';
import { BareProcess } from './bare-process.js';
import type { MailOrder } from './bare-mailer.js';
import { post } from './clients.js';
import { fanOutOf, type FanOut } from './fan-out.js';
import { measured, percentile, type Measured } from './figures.js';
import type { Installation } from './installation.js';
import { sizes } from './sizes.js';

const answer = z.object({ took: z.array(z.number()) });

/** From the HTTP answer to the sink, and a fan-out; bare: the mail library's own pool to the same sink. */
export async function mail(installation: Installation): Promise<Measured[]> {
  const fanOut = await fanOutOf(installation);
  const mailer = await BareProcess.start(new URL('./bare-mailer.ts', import.meta.url), {
    BARE_PORT: String(installation.sink.port),
  });
  const order = (count: number, together: boolean): MailOrder => ({ count, together, ...fanOut.sample });
  const bareTook = async (count: number, together: boolean): Promise<number[]> =>
    answer.parse(await mailer.asks(order(count, together))).took;
  try {
    await bareTook(20, true);
    const rows = await arrival(installation, (count) => bareTook(count, false));
    return [...rows, ...(await spreading(installation, fanOut, (count) => bareTook(count, true)))];
  } finally {
    await mailer.stop();
    await fanOut.stop();
  }
}

type Bare = (count: number) => Promise<number[]>;

async function arrival(installation: Installation, bare: Bare): Promise<Measured[]> {
  const { sink, backEnd } = installation;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const [first, last, answered, raw] = [[], [], [], []] as number[][][];
  for (let round = 0; round < sizes.rounds; round++) {
    const times = { first: [] as number[], last: [] as number[], answered: [] as number[] };
    for (let count = 0; count < sizes.arrivals; count++) {
      sink.arrivals.length = 0;
      const started = performance.now();
      await post(agent, installation.filing());
      const at = performance.now();
      const all = await sink.holds(mailsOfOne);
      const duty = sink.arrivals.find(({ to }) => to === 'cert@xb.example');
      times.answered.push(at - started);
      times.first.push((duty?.at ?? Number.NaN) - at);
      times.last.push(all - at);
    }
    first?.push(times.first);
    last?.push(times.last);
    answered?.push(times.answered);
    raw?.push(await bare(sizes.arrivals));
  }
  agent.destroy();
  const rows: Measured[] = [];
  for (const [name, share] of [
    ['p50', 0.5],
    ['p99', 0.99],
  ] as const) {
    const of = (rounds: readonly number[][] = []) => rounds.map((times) => percentile(times, share));
    const about = (what: string) => ({ what: `${what}, ${name}`, unit: 'ms', backEnd });
    rows.push(measured(about('call to HTTP answer'), of(answered)));
    rows.push(measured(about('answer to duty officer’s mail'), of(first), of(raw)));
    rows.push(measured(about('answer to last of 3 mails'), of(last), of(raw)));
  }
  return rows;
}

/** The duty officer and the alternate of XB, and the copy for XA's own ministry. */
const mailsOfOne = 3;

async function spreading(installation: Installation, fanOut: FanOut, bare: Bare): Promise<Measured[]> {
  const { sink, backEnd } = installation;
  const rounds = { enqueued: [] as number[], spread: [] as number[], bare: [] as number[] };
  for (let round = 0; round < sizes.rounds; round++) {
    sink.arrivals.length = 0;
    const begun = performance.now();
    await bare(fanOut.size);
    rounds.bare.push(((await sink.holds(fanOut.size)) - begun) / 1000);
    await installation.delivered();
    sink.arrivals.length = 0;
    const started = performance.now();
    await fanOut.enqueue();
    const committed = performance.now();
    rounds.enqueued.push((committed - started) / 1000);
    rounds.spread.push(((await sink.holds(fanOut.size)) - committed) / 1000);
    await installation.delivered();
  }
  const about = (what: string) => ({ what, unit: 's', backEnd });
  return [
    measured(about(`${fanOut.size} notices: one transaction`), rounds.enqueued),
    measured(about(`${fanOut.size} notices: commit to all at sink`), rounds.spread, rounds.bare),
  ];
}
