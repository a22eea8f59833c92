import type { BodyKind, BodyProfile, SharingBoundary } from '#libs/parties';
import type { ConstituencyItem } from '../constituency.js';
import type { Duty } from '../duty.js';
import type { Holder } from '../entries.queries.js';
import type { ChannelKind, ChannelPurpose, Encryption, Level } from '../entry-words.js';

/** What became of a piece of a document: taken, taken with a doubt that a person looks at, or not taken at all. */
export const severities = ['accept', 'warn', 'refuse'] as const;
export type Severity = (typeof severities)[number];

/** Where in a document something is. */
export interface Place {
  /** Counted from 1, in the text as it came. */
  line?: number;
  /** Of tables: the name of the column, as it stands in its first row. */
  column?: string;
  /** Of JSON: a JSON Pointer (RFC 6901). */
  pointer?: string;
}

/** One thing that a reader says about a document, and where. */
export interface Finding extends Place {
  severity: Severity;
  /** For programs: stable, small letters with hyphens. */
  code: FindingCode;
  /** For people: one English sentence, with a piece of the document where that helps. */
  detail: string;
  /** Which of the drafts it is about, counted from 0. */
  draft?: number;
}

export type FindingCode =
  | 'ambiguous'
  | 'assumed'
  | 'bad-value'
  | 'cut-short'
  | 'expired'
  | 'encoding'
  | 'empty'
  | 'formula'
  | 'from-html'
  | 'guessed'
  | 'missing'
  | 'no-place'
  | 'not-this-format'
  | 'obfuscated'
  | 'old-version'
  | 'signed'
  | 'too-large'
  | 'twice'
  | 'understood'
  | 'unknown-field'
  | 'unread';

/** A body as a document tells of it. What has no place in the directory is kept here to be read by a person. */
export interface DraftBody {
  /** By language (BCP 47); `und` where the document does not say. */
  names: Record<string, string>;
  shortName?: string;
  kind?: BodyKind;
  sharingBoundary?: SharingBoundary;
  profile: BodyProfile;
  /** As they stand: what does not fit its kind is left out, with a finding. */
  constituency: ConstituencyItem[];
  postalAddress?: string;
  /** The organization that hosts or pays for it. */
  affiliation?: string;
}

/** A way to reach a point of contact. The order of the list is the order of preference. */
export interface DraftChannel {
  kind: ChannelKind;
  /** In its one spelling. What does not fit its kind is no channel, but a finding. */
  address: string;
  purpose: ChannelPurpose;
  encryption: Encryption;
  /** The last day on which it is good, `YYYY-MM-DD`. */
  expiresOn: string | null;
  /** Where it was read; never written. */
  at?: Place;
}

/** A key as it is claimed: nobody has checked it against its owner. */
export interface DraftKey {
  standard: 'openpgp' | 'smime' | 'unknown';
  /** Armoured key or certificate. */
  material?: string;
  /** Capital hexadecimal digits without blanks. */
  fingerprint?: string;
  /** The last day on which it is good, `YYYY-MM-DD`. */
  expiresOn?: string;
  /** Where it is fetched: https, `dns:` or `openpgp4fpr:` (RFC 9116, 2.5.4). */
  url?: string;
  /** Where it was read; never written. */
  at?: Place;
}

export interface DraftPointOfContact {
  /** Left out where the document does not say. */
  level?: Level;
  /** 1 is the primary one of its party and level. */
  position?: number;
  roleNames: Record<string, string>;
  person: Holder | null;
  /** BCP 47, preferred first. */
  languages: string[];
  /** IANA time zone. */
  zone?: string;
  duty: Duty;
  expectedRoles: string[];
  coordination: string[];
  readiness: Record<string, boolean>;
  note: { text: string; language: string } | null;
  channels: DraftChannel[];
  keys: DraftKey[];
  /** Where it was read first; never written. */
  at?: Place;
}

/** A body with its points of contact: what every format holds, each as much of it as it can. */
export interface DirectoryEntry {
  /** The code of the party that the document claims. */
  party?: string;
  body: DraftBody;
  pointsOfContact: DraftPointOfContact[];
}

/** An entry as it was read. */
export interface Draft extends DirectoryEntry {
  /** What was not understood, as it stands. */
  unread: { line: number; text: string }[];
  /** Where it begins. */
  at?: Place;
}

/** What a document holds. Without a draft there is at least one finding that refuses. */
export interface Reading {
  drafts: Draft[];
  findings: Finding[];
}

export interface ReadOptions {
  /** The moment by which something is expired. */
  at: Date;
  /** The party for which it is read, where the document does not name one. */
  party?: string;
  /** Armoured OpenPGP keys by which a signature around the document is verified. */
  keys?: readonly string[];
}

export interface WriteOptions {
  /** The moment that the document names as its own. */
  at: Date;
  /** Where the document is published, for formats that say it. */
  url?: string;
}

export const formatNames = ['csv', 'vcard', 'jcard', 'ti-json', 'rfc2350', 'security-txt'] as const;
export type FormatName = (typeof formatNames)[number];

/** A format of documents, in and out. Readers never throw: what they cannot read is a finding. */
export interface Format {
  name: FormatName;
  mediaType: string;
  /** Without the dot. */
  extension: string;
  /** How many entries one document holds; writers of `one` raise RangeError for any other number. */
  holds: 'one' | 'many';
  /** How sure the beginning of a document makes one of the format, from 0 (it is not) to 1. */
  detect(bytes: Uint8Array): number;
  read(bytes: Uint8Array, options: ReadOptions): Promise<Reading>;
  /** Why an entry cannot be written so, where it cannot. */
  unwritable?(entry: DirectoryEntry): string | undefined;
  write(entries: readonly DirectoryEntry[], options: WriteOptions): string;
}

/** An empty draft of a body. */
export const newDraft = (party?: string): Draft => ({
  ...(party === undefined ? {} : { party }),
  body: { names: {}, profile: {}, constituency: [] },
  pointsOfContact: [],
  unread: [],
});

/** A point of contact of which nothing is said yet. */
export const newPointOfContact = (level?: Level): DraftPointOfContact => ({
  ...(level === undefined ? {} : { level }),
  ...{ roleNames: {}, person: null, languages: [], duty: {}, expectedRoles: [], coordination: [] },
  ...{ readiness: {}, note: null, channels: [], keys: [] },
});

/** A channel that is used for anything, without a claim on what is sent there. */
export const newChannel = (kind: ChannelKind, address: string): DraftChannel => ({
  ...{ kind, address, purpose: 'any', encryption: 'none', expiresOn: null },
});
