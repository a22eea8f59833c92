import type { BodyProfile } from '#libs/parties';
import type { BodyInput } from '../bodies.service.js';
import { isOver } from '../channel-expiry.js';
import { readConstituency, type ConstituencyItem } from '../constituency.js';
import type { Duty } from '../duty.js';
import { dutyFaults } from '../duty-faults.js';
import type { ChannelKind, Level } from '../entry-words.js';
import type {
  Draft,
  DraftChannel,
  DraftKey,
  DraftPointOfContact,
  Finding,
  Reading,
} from '../formats/draft-entry.js';
import type { Where } from '../formats/findings.js';
import { mostKeys } from '../keys/key-words.js';
import type { EntryInput } from '../points-of-contact.service.js';
import type { KeysOfDocument, PlannedKey } from './document-keys.js';

/** What stands in the directory of the party already, as far as an import can meet it again. */
export interface Standing {
  /** The moment by which something is over. */
  at: Date;
  party: string;
  bodies: readonly { id: string; names: Readonly<Record<string, string>> }[];
  contacts: readonly { body: string; level: Level; roleNames: Readonly<Record<string, string>> }[];
}

/** What whoever imports has said beside the document. */
export interface ImportChoice {
  /** The body that all of it belongs to; without it, that of each draft. */
  body?: string | undefined;
  /** The level of points of contact whose document does not say. */
  level?: Level | undefined;
}

export interface PlannedChannel {
  kind: ChannelKind;
  address: string;
  purpose: DraftChannel['purpose'];
  encryption: DraftChannel['encryption'];
  expiresOn: string | null;
  /** Keys that are proposed for it, for a second person to confirm. */
  keys?: PlannedKey[];
}

export interface PlannedContact {
  level: Level;
  /** The id of a body that there is, or the place in `bodies`, counted from 0. */
  body: { id: string } | { planned: number };
  said: Omit<EntryInput, 'body'>;
  duty: Duty;
  channels: PlannedChannel[];
}

/** What an import would do, all of it or nothing. */
export interface ImportPlan {
  bodies: BodyInput[];
  contacts: PlannedContact[];
  findings: Finding[];
}

/** An address in its one spelling, or what is wrong with it. */
export type ReadAddress = (kind: ChannelKind, address: string) => { address: string } | { fault: string };

interface Planning {
  standing: Standing;
  choice: ImportChoice;
  readAddress: ReadAddress;
  keys: KeysOfDocument;
  note: (finding: Finding) => void;
}

/** At most so many points of contact in one import, and channels of one. */
export const mostContacts = 1_000;
const mostChannels = 20;

/**
 * What the drafts of a document become in the directory of one party. What cannot become anything is refused, with the
 * reason; the rest stands whole. A point of contact that is there already is left as it is.
 */
export function planImport(
  { drafts, findings }: Reading,
  standing: Standing,
  choice: ImportChoice,
  readAddress: ReadAddress,
  keys: KeysOfDocument = new Map(),
): ImportPlan {
  const plan: ImportPlan = { bodies: [], contacts: [], findings: [...findings] };
  const note = (finding: Finding) => void plan.findings.push(finding);
  const planning = { standing, choice, readAddress, keys, note };
  drafts.forEach((draft, index) => planDraft(draft, index, plan, planning));
  if (plan.contacts.length > mostContacts) {
    const detail = `One import takes at most ${mostContacts} points of contact; this one has ${plan.contacts.length}.`;
    return { ...plan, bodies: [], contacts: [], findings: [...plan.findings, refusal('too-large', detail)] };
  }
  return plan;
}

const refusal = (code: Finding['code'], detail: string, where: Where = {}): Finding => ({
  ...{ severity: 'refuse', code, detail },
  ...where,
});

function planDraft(draft: Draft, index: number, plan: ImportPlan, planning: Planning): void {
  const { standing, note } = planning;
  for (const { line, text } of draft.unread)
    note({
      ...{ severity: 'warn', code: 'unread', line, draft: index },
      detail: `Not understood: ${text.slice(0, 200)}`,
    });
  if (draft.party !== undefined && draft.party !== standing.party) {
    const detail = `It is of ${draft.party}, and you import for ${standing.party}.`;
    note(refusal('bad-value', detail, { ...draft.at, draft: index }));
    return;
  }
  const body = bodyOf(draft, index, plan, planning);
  if (!body) return;
  for (const contact of draft.pointsOfContact) planContact(contact, { draft, body, index }, plan, planning);
}

/** Names in languages that are told, each as long as the directory has room for. */
const namesOf = (names: Readonly<Record<string, string>>): Record<string, string> => {
  const { und, ...told } = names;
  const known = und === undefined || Object.keys(told).length > 0 ? told : { en: und };
  return Object.fromEntries(
    Object.entries(known)
      .slice(0, 20)
      .map(([tag, name]) => [tag, name.slice(0, 200)]),
  );
};

/** A profile, each part as long as the directory has room for. */
const profileOf = ({ profile, shortName, postalAddress, affiliation }: Draft['body']): BodyProfile => ({
  ...profile,
  ...(shortName === undefined ? {} : { shortName: shortName.slice(0, 100) }),
  ...(postalAddress === undefined ? {} : { postalAddress: postalAddress.slice(0, 2000) }),
  ...(affiliation === undefined ? {} : { affiliation: affiliation.slice(0, 500) }),
});

const isSame = (one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean => {
  const known = new Set(Object.values(one).map((name) => name.toLocaleLowerCase('en')));
  return Object.values(other).some((name) => known.has(name.toLocaleLowerCase('en')));
};

/** Whether the party has that point of contact, in any of the languages it is named in. */
const stands = (
  { body, level, roleNames }: Pick<PlannedContact, 'body' | 'level'> & Pick<EntryInput, 'roleNames'>,
  { contacts }: Standing,
): boolean =>
  'id' in body &&
  contacts.some((one) => one.body === body.id && one.level === level && isSame(one.roleNames, roleNames));

/** Whether what was planned would enter anything twice, or into a body that is no more, as the directory stands now. */
export const cameMeanwhile = ({ bodies, contacts }: ImportPlan, standing: Standing): boolean =>
  bodies.some(({ names }) => standing.bodies.some((one) => isSame(one.names, names))) ||
  contacts.some(
    ({ body, level, said: { roleNames } }) =>
      ('id' in body && standing.bodies.every(({ id }) => id !== body.id)) ||
      stands({ body, level, roleNames }, standing),
  );

function bodyOf(
  { body, at }: Draft,
  draft: number,
  plan: ImportPlan,
  { standing, choice, note }: Planning,
): PlannedContact['body'] | undefined {
  if (choice.body !== undefined) return { id: choice.body };
  const where = { ...at, draft };
  const names = namesOf(body.names);
  if (Object.keys(names).length === 0) {
    note(refusal('missing', 'The body has no name: name the body of yours that it belongs to.', where));
    return undefined;
  }
  const known = standing.bodies.find((one) => isSame(one.names, names));
  if (known) {
    const name = Object.values(names)[0] ?? '';
    const detail = `The body "${name}" is there already, and stays as it is.`;
    note({ severity: 'accept', code: 'twice', detail, ...where });
    return { id: known.id };
  }
  const planned = plan.bodies.findIndex((one) => isSame(one.names, names));
  if (planned >= 0) return { planned };
  if (body.kind === undefined)
    note({
      ...{ severity: 'warn', code: 'assumed', ...where },
      detail: 'Taken to be a CERT: change it if it is not.',
    });
  plan.bodies.push({
    ...{ kind: body.kind ?? 'cert', names, sharingBoundary: body.sharingBoundary ?? 'body' },
    ...{ profile: profileOf(body), constituency: fitting(body.constituency, where, note) },
  });
  return { planned: plan.bodies.length - 1 };
}

function fitting(items: readonly ConstituencyItem[], where: Where, note: Planning['note']) {
  const seen = new Set<string>();
  return items.filter((item) => {
    const read = readConstituency(item);
    if ('fault' in read) {
      const detail = `${item.kind} ${item.value.slice(0, 100)} ${read.fault}; it is left out.`;
      note({ severity: 'warn', code: 'bad-value', detail, ...where });
      return false;
    }
    const isNew = !seen.has(`${read.kind} ${read.value}`);
    seen.add(`${read.kind} ${read.value}`);
    return isNew;
  });
}

interface Around {
  draft: Draft;
  body: PlannedContact['body'];
  index: number;
}

function planContact(
  contact: DraftPointOfContact,
  around: Around,
  plan: ImportPlan,
  planning: Planning,
): void {
  const { standing, choice, note } = planning;
  const { body, index } = around;
  const where = { ...contact.at, draft: index };
  const warn = (code: Finding['code'], detail: string) => note({ severity: 'warn', code, detail, ...where });
  const level = contact.level ?? choice.level;
  const roleNames = namesOf(contact.roleNames);
  if (Object.keys(roleNames).length === 0) {
    warn('assumed', 'The role has no name: it is called "Point of contact".');
    roleNames.en = 'Point of contact';
  }
  const name = Object.values(roleNames)[0] ?? '';
  if (level === undefined) {
    const detail = `"${name}" has no level: say at which level those without one are.`;
    note(refusal('missing', detail, where));
    return;
  }
  if (stands({ body, level, roleNames }, standing)) {
    warn('twice', `"${name}" (${level}) is there already, and stays as it is.`);
    return;
  }
  if (contact.zone === undefined) warn('assumed', `"${name}" has no time zone: taken to be Etc/UTC.`);
  if (contact.languages.length === 0) warn('assumed', `"${name}" has no language: taken to be English.`);
  const channels = channelsOf(contact, name, where, planning);
  for (const key of contact.keys) planKey(key, channels, { name, where: { ...where, ...key.at } }, planning);
  if (channels.length === 0)
    warn('missing', `"${name}" has no channel: add one, or it cannot be told of anything.`);
  const { person, expectedRoles, coordination, readiness } = contact;
  const written = contact.note && { ...contact.note, text: contact.note.text.slice(0, 2000) };
  const misfits = dutyFaults(contact.duty, contact.zone ?? 'Etc/UTC');
  if (misfits.length > 0)
    warn('bad-value', `The hours of "${name}" do not fit: say them once it is entered.`);
  plan.contacts.push({
    ...{ level, body, duty: misfits.length > 0 ? {} : contact.duty, channels },
    said: {
      ...{ roleNames, person, expectedRoles, coordination, readiness, note: written },
      position: contact.position,
      languages: contact.languages.length > 0 ? contact.languages.slice(0, 20) : ['en'],
      zone: contact.zone ?? 'Etc/UTC',
    },
  });
  note({
    ...{ severity: 'accept', code: 'understood', ...where },
    detail: `"${name}" (${level}) becomes a nomination with ${channels.length} channels.`,
  });
}

/** Why a key is not proposed: the document only names it, or whoever imports may not propose keys. */
const unproposed = ({ material }: DraftKey): string =>
  material === undefined
    ? 'add it by hand, the document does not hold it.'
    : 'it is not proposed from the command line: an administrator adds it.';

/** A key that a document holds is proposed for its mailbox where whoever imports may; else it says what to do. */
function planKey(
  claimed: DraftKey,
  channels: readonly PlannedChannel[],
  { name, where }: { name: string; where: Where },
  { keys, note }: Planning,
): void {
  const read = keys.get(claimed);
  // What was read in the key itself goes before what the document says of it.
  const key: DraftKey =
    read && 'key' in read
      ? { ...claimed, standard: read.key.kind, fingerprint: read.key.fingerprint.toUpperCase() }
      : claimed;
  const tell = (severity: Finding['severity'], code: Finding['code'], detail: string) =>
    note({ severity, code, detail: `"${name}" comes with ${keyNamed(key)}: ${detail}`, ...where });
  if (!read) return tell('warn', 'no-place', unproposed(claimed));
  if ('fault' in read) return tell('warn', 'bad-value', `it ${read.fault}`);
  const channel = channels.find(({ kind, address }) => kind === 'mail' && address === read.address);
  if (!channel) return tell('warn', 'bad-value', `it is for ${read.address}, which is left out.`);
  const { keys: taken = [] } = channel;
  if (taken.some(({ fingerprint }) => fingerprint === read.key.fingerprint))
    return tell('warn', 'twice', 'it is there twice.');
  if (taken.length >= mostKeys) return tell('warn', 'too-large', `it is one more than ${mostKeys}.`);
  channel.keys = [...taken, read.key];
  const doubts = read.key.findings.filter(({ verdict }) => verdict === 'warn').map(({ text }) => text);
  const proposed = `it is proposed for ${read.address}, and a second administrator confirms it.`;
  tell(doubts.length > 0 ? 'warn' : 'accept', 'understood', [proposed, ...doubts].join(' '));
}

/** A key as a document claims it, so that it is known again when it is added. */
const keyNamed = ({ standard, fingerprint, expiresOn, url }: DraftKey): string =>
  [
    standard === 'unknown' ? 'a key' : `a key (${standard === 'smime' ? 'S/MIME' : 'OpenPGP'})`,
    fingerprint ?? url?.slice(0, 200) ?? 'without a fingerprint',
    ...(expiresOn === undefined ? [] : [`good until ${expiresOn}`]),
  ].join(', ');

function channelsOf(
  { channels }: DraftPointOfContact,
  name: string,
  where: Where,
  { readAddress, note, standing }: Planning,
): PlannedChannel[] {
  const taken: PlannedChannel[] = [];
  for (const { kind, address, purpose, encryption, expiresOn, at } of channels) {
    const tell = (code: Finding['code'], what: string) => {
      const detail = `${address.slice(0, 100)} of "${name}" ${what}`;
      note({ severity: 'warn', code, detail, ...where, ...at });
    };
    const drop = (code: Finding['code'], why: string) => tell(code, `${why}; it is left out.`);
    const read = readAddress(kind, address);
    if ('fault' in read) drop('bad-value', read.fault);
    else if (taken.some((one) => one.kind === kind && one.address === read.address))
      drop('twice', 'is there twice');
    else if (taken.length >= mostChannels) drop('too-large', `is one more than ${mostChannels}`);
    else {
      // As when it is added by hand: a mail cannot be encrypted yet, so that one that must be would never be sent.
      const cannot = kind === 'mail' && encryption === 'required';
      if (cannot) tell('bad-value', 'demands encryption, which mails have not yet: taken as wanted.');
      const over = isOver(expiresOn, standing.at);
      if (over) tell('expired', `was good until ${expiresOn}: taken without a last day, to be proven anew.`);
      taken.push({
        ...{ kind, address: read.address, purpose, expiresOn: over ? null : expiresOn },
        encryption: cannot ? 'wanted' : encryption,
      });
    }
  }
  return taken;
}

/** How many findings there are of each severity. */
export const countsOf = (findings: readonly Finding[]): Record<Finding['severity'], number> => ({
  accept: findings.filter(({ severity }) => severity === 'accept').length,
  warn: findings.filter(({ severity }) => severity === 'warn').length,
  refuse: findings.filter(({ severity }) => severity === 'refuse').length,
});
