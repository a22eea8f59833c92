import type { RequestView } from '#libs/requests';
import { mayTravelInMail, tlpLabel, type TlpCode } from '#libs/wording';
import { differences, type Seen } from './both-sides.js';
import { clockTable, clockTitle } from './clock-table.js';
import type { Incident, Side } from './incident.js';
import { pageWidth, since, utcMinute, wrapped } from './layout.js';
import { faultInRoute, mailRoutes, mailTable, type Contact, type MailRoute } from './mail-routes.js';
import type { Mailbox } from './mailbox.js';
import { see } from './seen.js';
import { timelineTable } from './timeline-table.js';
import { contentsOf, everythingIn, isAddressOf, isIn, tracesOf } from './traces.js';

type Print = (line: string) => void;

const weekday = new Intl.DateTimeFormat('en', { weekday: 'long', timeZone: 'UTC' });

/** Prints what an incident is, once it is filed. */
export function printHeader({ sample, filed, filedAt }: Incident, number: number, print: Print): void {
  const { from, to, urgency, tlp, reference } = filed;
  print(`\n${'='.repeat(pageWidth)}`);
  print(`${number}. ${sample.title.en}`);
  print(
    `   ${reference}: ${from} asks ${to.join(' and ')}, ${urgency}, ${tlpLabel(tlp as TlpCode)},` +
      ` filed on ${weekday.format(filedAt)} ${utcMinute(filedAt.toISOString())} UTC`,
  );
  print('='.repeat(pageWidth));
}

/** Prints what became of an incident, and checks that each side sees what it may and no more. Raises where it does not. */
export async function report(incident: Incident, mailbox: Mailbox, print: Print): Promise<void> {
  const { requester, filed } = incident;
  const sentAt = filed.sentAt ?? '';
  const seen = await seenBy(incident, requester);
  for (const { at, from, to } of incident.amended)
    print(`Amended at ${since(sentAt, at)}: completeness ${from} % before, ${to} % after`);
  const section = (title: string, lines: readonly string[]) => {
    print(`\n${title}`);
    for (const line of lines) print(`  ${line}`);
  };
  const paragraphs = (title: string, texts: readonly string[]) =>
    section(
      title,
      texts.flatMap((text) => wrapped(text, '', pageWidth - 2)),
    );
  section('Timeline (UTC; since it was sent)', timelineTable(seen.view.timeline, pageWidth - 2));
  paragraphs('What each side sees', await compared(incident, seen, mailbox));
  section(clockTitle(seen.clocks), clockTable(seen.view, seen.clocks, sentAt));
  const routes = await routesOf(incident, mailbox);
  section('Mails', mailTable(routes, filed.reference, sentAt));
  paragraphs('What the mails hold', await contentInMails(incident, routes, mailbox));
}

async function seenBy(incident: Incident, side: Side): Promise<Seen & { view: RequestView }> {
  return { view: await incident.view(side), clocks: await incident.clocks(side) };
}

/** Each addressee's side beside the requester's; where several were asked, none may see a trace of another. */
async function compared(incident: Incident, requesters: Seen, mailbox: Mailbox): Promise<string[]> {
  const { requester, sample, filed, path } = incident;
  const mails = await mailbox.about(filed.reference);
  const lines: string[] = [];
  for (const side of incident.sides().filter(({ party }) => party !== requester.party)) {
    const theirs = await seenBy(incident, side);
    const name = `${side.party} (${side.body})`;
    const differing = differences(requesters, theirs, side.party);
    see(differing.length === 0, `the same ${differing.join(', ')} for ${requester.party} and ${name}`);
    const { length } = theirs.view.timeline;
    lines.push(
      `${requester.party} and ${name} see the same of this line: its state, clocks and ${length} entries`,
    );
    const { bytes } = await side.visitor.download(`${path}/document.txt`);
    const told = mails.filter(({ envelope }) => envelope.to.some((to) => isAddressOf(side.party, to)));
    see(told.length > 0, `mails to ${name}`);
    const whole = everythingIn([theirs, await incident.deliveries(side), bytes.toString('utf8'), told]);
    for (const other of sample.addressees.filter((code) => code !== side.party)) {
      const traces = tracesOf(other, whole);
      see(traces.length === 0, `no trace of ${other} for ${name}: there is ${traces.join(', ')}`);
      lines.push(
        `${name} could not see that ${other} was asked too: no trace of it in request, timeline, clocks,` +
          ` deliveries, document and the ${told.length} mails to ${side.party}`,
      );
    }
  }
  return lines;
}

async function routesOf(incident: Incident, mailbox: Mailbox): Promise<MailRoute[]> {
  const { requester, sample, filed } = incident;
  const contacts: Contact[] = [];
  for (const party of [requester.party, ...sample.addressees]) {
    const path = `/api/v1/points-of-contact?party=${party}`;
    contacts.push(...(await requester.visitor.get<{ items: Contact[] }>(path)).items);
  }
  const routes = mailRoutes(await incident.deliveries(), contacts, await mailbox.about(filed.reference));
  for (const fault of routes.map(faultInRoute)) see(fault === undefined, fault ?? '');
  return routes;
}

/**
 * Under a strict label nothing that was written may stand in a mail. Under any other all of it does, which shows that
 * it would have been found.
 */
async function contentInMails(incident: Incident, routes: MailRoute[], mailbox: Mailbox): Promise<string[]> {
  const { filed } = incident;
  const mails = await mailbox.about(filed.reference);
  const sent = routes.flatMap((route) => route.mails);
  see(mails.length === sent.length, `no mail about ${filed.reference} that is not in its deliveries`);
  const whole = mails.map(({ subject, text, html }) => `${subject} ${text} ${html}`).join(' ');
  const tlp = filed.tlp as TlpCode;
  const contents = contentsOf(incident.said());
  const found = new Set(contents.filter((text) => isIn(text, whole)));
  const count = `${mails.length} mails in the mailbox, each accepted once`;
  const texts = `${contents.length} texts of this request and of what was said with its acts`;
  if (mayTravelInMail(tlp)) {
    const [absent] = contents.filter((text) => !found.has(text));
    see(absent === undefined, `what was said in the mails under ${tlpLabel(tlp)}: they lack "${absent}"`);
    return [`${count}. ${tlpLabel(tlp)} may travel by mail: all ${texts} stand in them`];
  }
  const [leaked = ''] = found;
  see(leaked === '', `mails without content under ${tlpLabel(tlp)}: they hold "${leaked}"`);
  return [`${count}. ${tlpLabel(tlp)} keeps content out of mail: none of the ${texts} stands in one`];
}

/** Prints the sentences that always stand with a request and its clocks. */
export async function printFixedSentences({ path, requester }: Incident, print: Print): Promise<void> {
  interface Answer {
    fixedSentences: { text: string }[];
  }
  print('\nWhat always stands with a request and its clocks');
  for (const part of ['', '/clocks']) {
    const { fixedSentences } = await requester.visitor.get<Answer>(`${path}${part}`);
    for (const { text } of fixedSentences) for (const line of wrapped(text, '  ')) print(line);
  }
}
