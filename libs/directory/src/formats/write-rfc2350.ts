import type { WrittenIn } from '#libs/parties';
import type {
  DirectoryEntry,
  DraftBody,
  DraftChannel,
  DraftKey,
  DraftPointOfContact,
  WriteOptions,
} from './draft-entry.js';
import { newPointOfContact } from './draft-entry.js';
import { writeHours } from './hours-text.js';
import { sections, type Section } from './rfc2350-sections.js';
import { tidyEntry } from './tidy-entry.js';
import { teamContact } from './ti-json.js';

const width = 72;

/** Text broken into lines of at most 72 characters, but for longer words. */
function wrapped(text: string): string[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines: string[] = [''];
    for (const word of paragraph.split(' ')) {
      const last = lines.at(-1) ?? '';
      if (last !== '' && last.length + word.length + 1 > width) lines.push(word);
      else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
    }
    return lines;
  });
}

/** English stands without a mark, other languages with theirs. */
const marked = (language: string, text: string): string =>
  language === 'en' ? text : `[${language}] ${text}`;
const writtenIn = (texts: readonly WrittenIn[] = []): string[] =>
  [...texts]
    .sort((one, other) => Number(other.language === 'en') - Number(one.language === 'en'))
    .flatMap(({ text, language }) => ['', ...wrapped(marked(language, text))])
    .slice(1);

const addresses = (channels: readonly DraftChannel[], ...kinds: DraftChannel['kind'][]): string[] =>
  channels
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ kind, address }) => (kind === 'emergency-telephone' ? `Emergency: ${address}` : address));

function namesOf({ names, shortName }: DraftBody): string[] {
  const sorted = Object.entries(names).sort(
    ([one], [other]) => Number(other === 'en') - Number(one === 'en'),
  );
  return [
    ...sorted.map(([language, name]) => marked(language, name)),
    ...(shortName === undefined ? [] : [`Short name: ${shortName}`]),
  ];
}

/** In groups where it has the usual 40 digits: a longer one in groups would be read as one of these and a rest. */
function fingerprintLine(standard: DraftKey['standard'], fingerprint: string): string {
  const written = fingerprint.length === 40 ? (fingerprint.match(/.{4}/g) ?? []).join(' ') : fingerprint;
  return `${standard === 'smime' ? 'Fingerprint (S/MIME, SHA-256)' : 'Fingerprint'}: ${written}`;
}

const keyLines = (keys: readonly DraftKey[]): string[] =>
  keys.flatMap(({ standard, material, fingerprint, expiresOn, url }) => [
    ...(fingerprint === undefined ? [] : [fingerprintLine(standard, fingerprint)]),
    ...(expiresOn === undefined ? [] : [`Expires: ${expiresOn}`]),
    ...(url === undefined ? [] : [`Key: ${url}`]),
    ...(material === undefined ? [] : ['', ...material.split('\n'), '']),
  ]);

function constituencyLines({ constituency }: DraftBody): string[] {
  const of = (...kinds: string[]): string[] =>
    constituency.filter(({ kind }) => kinds.includes(kind)).map(({ value }) => value);
  const listed = (label: string, values: string[]): string[] =>
    values.length > 0 ? [`${label}: ${values.join(', ')}`] : [];
  return [
    ...of('asn', 'range', 'domain'),
    ...listed('Types', of('type')),
    ...listed('Sectors', of('sector')),
    ...listed('Countries', of('country')),
  ];
}

type Lines = Partial<Record<Section, string[]>>;

function contactLines({ channels, keys, zone, duty, languages }: DraftPointOfContact): Lines {
  const hours = writeHours(duty);
  return {
    '2.3': zone === undefined ? [] : [zone],
    '2.4': addresses(channels, 'telephone', 'emergency-telephone'),
    '2.5': addresses(channels, 'fax'),
    '2.6': addresses(channels, 'messenger'),
    '2.7': addresses(channels, 'mail'),
    '2.8': keyLines(keys),
    '2.11': [
      ...(hours === '' ? [] : [hours]),
      ...(languages.length > 0 ? [`Languages: ${languages.join(', ')}`] : []),
    ],
  };
}

/**
 * A document about a team with all sections of RFC 2350, appendix C, in plain text: what the entry does not say is
 * "Not specified". Of several points of contact it tells of the first technical one. Raises RangeError for more or less
 * than one entry.
 */
export function writeRfc2350(entries: readonly DirectoryEntry[], { at, url }: WriteOptions): string {
  const [given, ...more] = entries;
  if (!given || more.length > 0) throw new RangeError('a document of RFC 2350 is of one body');
  const entry = tidyEntry(given);
  const { body } = entry;
  const { website, services = [], authority, mandate } = body.profile;
  const lines: Lines = {
    ...{ '1': [], '2': [], '3': [], '4': [] },
    '1.1': [at.toISOString().slice(0, 10)],
    '1.2': ['None.'],
    '1.3': url === undefined ? [] : [url],
    '2.1': namesOf(body),
    '2.2': body.postalAddress?.split('\n') ?? [],
    ...contactLines(teamContact(entry) ?? newPointOfContact()),
    '2.10': website === undefined ? [] : [website],
    '3.1': writtenIn(mandate),
    '3.2': constituencyLines(body),
    '3.3': body.affiliation === undefined ? [] : wrapped(body.affiliation),
    '3.4': writtenIn(authority),
    '5': services.map((service) => `- ${service}`),
  };
  const titles = (Object.keys(sections) as Section[]).sort(byNumber);
  const text = titles.flatMap((section) => [
    `${section}${section.includes('.') ? '' : '.'} ${sections[section]}`,
    '',
    ...indented(lines[section] ?? []),
    ...(['1', '2', '3', '4'].includes(section) || (section === '5' && services.length === 0)
      ? []
      : spoken(lines[section])),
  ]);
  return `${['RFC 2350 description', '', ...text]
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd()}\n`;
}

const indented = (lines: readonly string[]): string[] =>
  lines.map((line) => (line === '' ? '' : `   ${line}`));
const spoken = (lines: readonly string[] | undefined): string[] =>
  lines?.length ? [''] : ['   Not specified.', ''];

const byNumber = (one: Section, other: Section): number => {
  const [a = 0, b = 0] = one.split('.').map(Number);
  const [c = 0, d = 0] = other.split('.').map(Number);
  return a - c || b - d;
};
