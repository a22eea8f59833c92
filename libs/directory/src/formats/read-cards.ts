import { bodyKinds, sharingBoundaries, type BodyProfile, type WrittenIn } from '#libs/parties';
import { readConstituency, type ConstituencyItem } from '../constituency.js';
import { constituencyKinds } from '../entry-words.js';
import { placeOf, textOf, type Card, type CardProperty } from './card.js';
import { newDraft, type Draft, type ReadOptions } from './draft-entry.js';
import { quoted, type Tell } from './findings.js';
import { allOf, byLanguage, contactOf } from './read-card-contact.js';
import { isDay } from './read-values.js';
import { tidyEntry } from './tidy-entry.js';

/** Properties that are read, and those that say nothing about a point of contact. */
const known = new Set([
  ...[
    'version',
    'kind',
    'uid',
    'rev',
    'prodid',
    'source',
    'xml',
    'clientpidmap',
    'fn',
    'n',
    'org',
    'title',
    'role',
  ],
  ...[
    'nickname',
    'url',
    'email',
    'tel',
    'impp',
    'key',
    'lang',
    'tz',
    'note',
    'member',
    'name',
    'profile',
    'sort-string',
  ],
]);
const ownNames = new Set(
  [
    ...[
      'party',
      'level',
      'position',
      'duty',
      'expected-role',
      'coordination',
      'readiness',
      'channel',
      'body-kind',
    ],
    ...['sharing-boundary', 'affiliation', 'status', 'authority', 'mandate', 'service', 'established'],
    ...['non-misuse-declared-on', 'non-misuse-url', 'non-misuse', 'constituency'],
  ].map((name) => `x-aldis-${name}`),
);

function tellUnknown({ properties }: Card, tell: Tell): void {
  const others = properties.filter(({ name }) => !known.has(name) && !ownNames.has(name));
  for (const name of new Set(others.map((one) => one.name))) {
    const line = others.find((one) => one.name === name)?.line;
    const place = line === undefined ? {} : { line };
    if (name === 'adr') tell('warn', 'no-place', 'The address of a card is not kept.', place);
    else tell('warn', 'unknown-field', `${quoted(name.toUpperCase())} has no place in the directory.`, place);
  }
}

const written = (properties: readonly CardProperty[], name: string): WrittenIn[] | undefined => {
  const texts = Object.entries(byLanguage(properties, name)).map(([language, text]) => ({ text, language }));
  return texts.length > 0 ? texts : undefined;
};
const day = (text: string | undefined): string | undefined =>
  text !== undefined && isDay(text) ? text : undefined;

function profileOf(properties: readonly CardProperty[], tell: Tell): BodyProfile {
  const [website] = allOf(properties, 'url');
  const secure = website === undefined || /^https:\/\//i.test(website);
  if (!secure) tell('warn', 'bad-value', `${quoted(website)} is no https address and was left out.`);
  const declaredOn = day(allOf(properties, 'x-aldis-non-misuse-declared-on')[0]);
  const services = allOf(properties, 'x-aldis-service');
  return {
    status: written(properties, 'x-aldis-status'),
    authority: written(properties, 'x-aldis-authority'),
    mandate: written(properties, 'x-aldis-mandate'),
    services: services.length > 0 ? services : undefined,
    website: secure ? website : undefined,
    established: day(allOf(properties, 'x-aldis-established')[0]),
    nonMisuse:
      declaredOn === undefined
        ? undefined
        : {
            ...{ declaredOn, url: allOf(properties, 'x-aldis-non-misuse-url')[0] },
            text: written(properties, 'x-aldis-non-misuse'),
          },
  };
}

function constituencyOf(properties: readonly CardProperty[], tell: Tell): ConstituencyItem[] {
  return allOf(properties, 'x-aldis-constituency').flatMap((text): ConstituencyItem[] => {
    const [, word, value = ''] = /^([a-z]+):(.+)$/.exec(text) ?? [];
    const kind = constituencyKinds.find((one) => one === word);
    const read = kind ? readConstituency({ kind, value }) : { fault: 'is no kind and value' };
    if ('value' in read) return [{ kind: read.kind, value: read.value }];
    tell('refuse', 'bad-value', `${quoted(text)} ${read.fault}.`);
    return [];
  });
}

/** The body of a group of cards, or of the organization that a card names. */
function bodyOf({ properties }: Card, names: Record<string, string>, tell: Tell): Draft['body'] {
  const [affiliation] = allOf(properties, 'x-aldis-affiliation');
  return {
    ...{ names, affiliation, shortName: allOf(properties, 'nickname')[0] },
    kind: bodyKinds.find((kind) => kind === allOf(properties, 'x-aldis-body-kind')[0]),
    sharingBoundary: sharingBoundaries.find(
      (one) => one === allOf(properties, 'x-aldis-sharing-boundary')[0],
    ),
    profile: profileOf(properties, tell),
    constituency: constituencyOf(properties, tell),
  };
}

const partyOf = ({ properties }: Card): string | undefined =>
  allOf(properties, 'x-aldis-party').find((code) => /^[A-Z][A-Z0-9]{1,11}$/.test(code));
const uidOf = ({ properties }: Card): string | undefined => allOf(properties, 'uid')[0];
const isGroup = ({ properties }: Card): boolean => allOf(properties, 'kind')[0]?.toLowerCase() === 'group';

/** The organization that a card belongs to, else the one that it is of. */
function organizationOf({ properties }: Card): string {
  const org = properties.find(({ name }) => name === 'org');
  return org ? textOf(org) : (allOf(properties, 'fn')[0] ?? '');
}

/** Drafts from cards: one for each group, and one for each organization that the other cards name. */
export function draftsOf(cards: readonly Card[], options: ReadOptions, tell: Tell): Draft[] {
  const drafts = new Map<string, Draft>();
  const groupOf = new Map<string, string>();
  const at =
    (card: Card, draft: number): Tell =>
    (severity, code, detail, place) =>
      tell(severity, code, detail, { ...placeOf(card), draft, ...place });
  cards.forEach((card, number) => {
    if (!isGroup(card)) return;
    const key = `group ${number}`;
    const tellCard = at(card, drafts.size);
    tellUnknown(card, tellCard);
    for (const uid of allOf(card.properties, 'member')) groupOf.set(uid, key);
    const body = bodyOf(card, byLanguage(card.properties, 'fn'), tellCard);
    drafts.set(key, { ...newDraft(partyOf(card) ?? options.party), body, at: placeOf(card) });
  });
  for (const card of cards.filter((one) => !isGroup(one))) {
    const key = groupOf.get(uidOf(card) ?? '') ?? `org ${organizationOf(card)}`;
    const known = drafts.get(key);
    const tellCard = at(card, known ? [...drafts.keys()].indexOf(key) : drafts.size);
    tellUnknown(card, tellCard);
    const draft = known ?? { ...newDraft(partyOf(card) ?? options.party), at: placeOf(card) };
    if (!known) {
      draft.body = bodyOf(card, { und: organizationOf(card) }, tellCard);
      drafts.set(key, draft);
    }
    draft.pointsOfContact.push(contactOf(card, options, tellCard));
  }
  return [...drafts.values()].map(tidyEntry);
}
