import { writeFile } from 'node:fs/promises';
import { arch, cpus, loadavg, platform, totalmem } from 'node:os';
import { backEnds } from '../harness/settings.js';
import { filing } from './filing.js';
import { tableOf, type Measured } from './figures.js';
import { Installation } from './installation.js';
import { mail } from './mail.js';
import { sizes } from './sizes.js';

/** Measures on each queue back end, prints the table, writes `bench.json`. Raises only when something was not delivered. */
export async function bench(): Promise<void> {
  const machine = {
    processors: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`,
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    system: `${platform()} ${arch()}, Node ${process.versions.node}`,
    load: { before: loadavg()[0], after: 0 },
  };
  const started = performance.now();
  const rows: Measured[] = [];
  for (const backEnd of backEnds) rows.push(...(await measure(backEnd)));
  machine.load.after = loadavg()[0] ?? 0;
  const seconds = Math.round((performance.now() - started) / 1000);
  const load = `load ${machine.load.before?.toFixed(1)} before and ${machine.load.after.toFixed(1)} after`;
  process.stdout.write(
    `\n${machine.processors}, ${machine.memory}, ${machine.system}; ${load}\n` +
      `Medians of ${sizes.rounds} rounds (least–greatest), ${seconds} s in all\n\n${tableOf(rows)}\n`,
  );
  const at = new Date().toISOString();
  await writeFile('bench.json', `${JSON.stringify({ at, seconds, machine, sizes, rows }, null, 2)}\n`);
}

async function measure(backEnd: (typeof backEnds)[number]): Promise<Measured[]> {
  process.stdout.write(`Measuring with the queue in ${backEnd} …\n`);
  const installation = await Installation.start(backEnd);
  try {
    return [...(await filing(installation)), ...(await mail(installation))];
  } finally {
    process.stdout.write(installation.complaints);
    await installation.stop();
  }
}
