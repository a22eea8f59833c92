import { setTimeout as pause } from 'node:timers/promises';
import { samplePassword } from '#libs/directory';
import type { RequestView } from '#libs/requests';
import { clock } from '#libs/runtime';
import { incident } from './incident.js';
import { startOwnInstance } from './own-instance.js';
import { timelineTable } from './timeline-table.js';
import { openPage, submitForm, Visitor } from './visitor.js';

interface Mail {
  envelope: { to: string[] };
  subject: string;
  text: string;
}

type Print = (line: string) => void;

const fetches = 50;
const patience = 20_000;

/**
 * Plays the thread against an instance of its own: a request is filed, its mail read, its link fetched as scanners
 * do, receipt acknowledged. Raises at the first step that was not seen to happen.
 */
export async function playDemo(print: Print): Promise<void> {
  print('Starting an instance of its own ...');
  const instance = await startOwnInstance();
  try {
    await playThread(instance.url, print);
  } finally {
    await instance.stop();
  }
  print('Every step was seen to happen. The instance and its data are gone.');
}

async function playThread(url: string, print: Print): Promise<void> {
  const { requester, addressee, dutyOfficer } = incident;
  const officer = new Visitor(url);
  await officer.signIn(requester.officer, samplePassword);
  const filed = await officer.post<RequestView>('/api/v1/requests', incident.request, 'demo-1');
  see(filed.state === 'sent' && filed.addressees[0]?.state === 'sent', 'the request is sent');
  print(
    `1  ${requester.party} files ${filed.reference}: urgency ${filed.urgency}, TLP:${filed.tlp}, most facts unknown`,
  );

  const mail = await mailTo(officer, addressee.told, filed.reference);
  print(`2  ${addressee.told} has the mail "${mail.subject}"`);
  const link = part(mail.text, /https?:\/\/\S+\/ack\/\S+/, 'a link');
  const code = part(mail.text, /\b\d{3} \d{3}\b/, 'a code');
  print(`3  It bears a link and the code ${code}`);

  for (let count = 0; count < fetches; count++) see((await openPage(link)).status === 200, 'the page opens');
  const untouched = await officer.get<RequestView>(`/api/v1/requests/${filed.id}`);
  see(
    untouched.addressees[0]?.state === 'sent' && untouched.addressees[0].version === 1,
    'fetching changes nothing',
  );
  print(`4  A scanner fetches the link ${fetches} times: nothing happens`);

  const page = await submitForm(link, { name: dutyOfficer, code });
  see(page.status === 200 && page.text.includes(dutyOfficer), 'the page confirms the acknowledgement');
  print(`5  ${dutyOfficer} types the code, without an account: receipt acknowledged`);

  const seen = await officer.get<RequestView>(`/api/v1/requests/${filed.id}`);
  const [line] = seen.addressees;
  see(
    line?.state === 'acknowledged' && line.acknowledgedBy?.name === dutyOfficer,
    'the requester sees who and when',
  );
  const told = await mailTo(officer, requester.told, `${filed.reference} Receipt acknowledged`);
  print(`6  ${requester.told} is told: "${told.subject}"`);

  const duty = new Visitor(url);
  await duty.signIn(addressee.officer, samplePassword);
  const theirs = await duty.get<RequestView>(`/api/v1/requests/${filed.id}`);
  see(theirs.addressees[0]?.acknowledgedAt === line?.acknowledgedAt, 'both sides see the same time');
  print('7  Both sides see the same timeline:\n');
  for (const row of timelineTable(seen.timeline)) print(`   ${row}`);
  print('');
  for (const { text } of seen.fixedSentences) print(`   ${text}`);
  print('');
}

function see(isSo: boolean, what: string): asserts isSo {
  if (!isSo) throw new Error(`This was not seen: ${what}.`);
}

function part(text: string, pattern: RegExp, what: string): string {
  const [found] = pattern.exec(text) ?? [];
  see(found !== undefined, `${what} in the mail`);
  return found;
}

async function mailTo(visitor: Visitor, address: string, subject: string): Promise<Mail> {
  const end = clock.elapsed() + patience;
  while (clock.elapsed() < end) {
    const mails = await visitor.get<Mail[]>('/mailbox');
    const mail = mails.find((one) => one.envelope.to.includes(address) && one.subject.includes(subject));
    if (mail) return mail;
    await pause(100);
  }
  throw new Error(`This was not seen: a mail "${subject}" to ${address} within ${patience / 1000} s.`);
}
