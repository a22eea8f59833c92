import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { completenessLines } from './completeness-lines.js';
import { documentTable, writeDocuments } from './documents.js';
import { Incident, type Stage } from './incident.js';
import { InstanceClock } from './instance-clock.js';
import { interruption } from './interruption.js';
import { Mailbox } from './mailbox.js';
import { Officers } from './officers.js';
import { OwnInstance } from './own-instance.js';
import { programme } from './programme.js';
import { printFixedSentences, printHeader, report } from './report.js';
import { see } from './seen.js';

type Print = (line: string) => void;

/**
 * Plays the sample incidents on an instance of its own and writes their documents to a folder. Raises at the first
 * step that was not seen to happen; whatever ends it, the instance and its data are gone afterwards.
 */
export async function playDemo(print: Print, out: string): Promise<void> {
  const folder = resolve(out);
  await mkdir(folder, { recursive: true });
  const stopped = interruption();
  print('Starting an instance of its own ...');
  const instance = new OwnInstance();
  let over = false;
  const say: Print = (line) => (over ? undefined : print(line));
  try {
    await Promise.race([playOn(instance, folder, say), instance.lost, stopped.raised]);
  } finally {
    over = true;
    await instance.stop();
    stopped.forget();
  }
  print('\nEvery step was seen to happen. The instance and its data are gone.');
}

async function playOn(instance: OwnInstance, folder: string, print: Print): Promise<void> {
  const url = await instance.ready();
  const clock = await InstanceClock.of(instance.folder);
  print(`It serves at ${url}/ while this lasts.`);
  print('The clock of this instance is moved ahead between steps: all times are those of its own clock.');
  const stage = { clock, print, officers: new Officers(url), mailbox: new Mailbox(url) };
  try {
    let first: Incident | undefined;
    for (const [index, part] of programme.entries()) {
      const incident = await Incident.file(stage, part);
      printHeader(incident, index + 1, print);
      await playOne(incident, stage, folder);
      first ??= incident;
    }
    if (first) await printFixedSentences(first, print);
  } finally {
    await clock.close();
  }
}

async function playOne(incident: Incident, { mailbox, print }: Stage, folder: string): Promise<void> {
  const { completeness } = incident.filed;
  see(completeness !== null, 'how complete the request is');
  for (const line of completenessLines(completeness)) print(line);
  await incident.play();
  await report(incident, mailbox, print);
  // Once from the other side too: the last of the bodies that it was handed over to.
  const wasHandedOver = incident.sample.script.some(({ redirectTo }) => redirectTo !== undefined);
  const reader = wasHandedOver ? incident.sides().slice(-1) : [];
  const written = await writeDocuments(incident, [incident.requester, ...reader], folder);
  print('\nDocuments, as the requester reads them' + (wasHandedOver ? ', and as the addressee does' : ''));
  for (const line of documentTable(written, process.cwd())) print(`  ${line}`);
}
