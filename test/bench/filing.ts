import { settings } from '../harness/settings.js';
import { freePort } from '../harness/waiting.js';
import { BareProcess } from './bare-process.js';
import { volley } from './clients.js';
import { measured, type Measured } from './figures.js';
import type { Installation } from './installation.js';
import { sizes } from './sizes.js';

type Clients = keyof typeof sizes.filings;

/**
 * Requests filed per second, by 1 and by 8 clients: with the worker stopped meanwhile (filing alone), and with the
 * worker delivering beside it. Bare: a Fastify route with one INSERT into the same database, of the same body.
 */
export async function filing(installation: Installation): Promise<Measured[]> {
  const { database } = installation;
  await database.rows(
    `CREATE TABLE bare (id bigserial PRIMARY KEY, body jsonb NOT NULL, at timestamptz DEFAULT now())`,
  );
  const port = await freePort();
  const url = Object.assign(new URL(settings.admin), { pathname: `/${database.name}` }).toString();
  const route = await BareProcess.start(new URL('./bare-route.ts', import.meta.url), {
    BARE_PORT: String(port),
    BARE_DATABASE: url,
  });
  try {
    return await rates(installation, `http://127.0.0.1:${port}/`);
  } finally {
    await route.stop();
  }
}

async function rates(installation: Installation, bareUrl: string): Promise<Measured[]> {
  const { body } = installation.filing();
  const inserting = (clients: Clients, calls: number = sizes.inserts[clients]) =>
    volley(clients, calls, () => ({ url: bareUrl, headers: {}, body }));
  const filed = (clients: Clients, calls: number = sizes.filings[clients]) =>
    volley(clients, calls, () => installation.filing());
  const alone = async (clients: Clients) => {
    installation.worker.kill('SIGSTOP');
    const rate = await filed(clients).finally(() => installation.worker.kill('SIGCONT'));
    await installation.delivered();
    return rate;
  };
  const beside = async (clients: Clients) => {
    const rate = await filed(clients);
    await installation.delivered();
    return rate;
  };
  await Promise.all([inserting(8, 200), filed(8, 40)]);
  await installation.delivered();
  const rows: Measured[] = [];
  for (const clients of [1, 8] as const) {
    const rounds = { bare: [] as number[], alone: [] as number[], beside: [] as number[] };
    for (let round = 0; round < sizes.rounds; round++) {
      rounds.bare.push(await inserting(clients));
      rounds.alone.push(await alone(clients));
      rounds.beside.push(await beside(clients));
    }
    const about = (how: string) => ({
      what: `filing, ${clients} client(s), ${how}`,
      unit: 'requests/s',
      backEnd: installation.backEnd,
    });
    rows.push(measured(about('worker stopped'), rounds.alone, rounds.bare));
    rows.push(measured(about('worker at work'), rounds.beside, rounds.bare));
  }
  return rows;
}
