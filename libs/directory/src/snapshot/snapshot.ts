import { isSignedBy, taggedHash, type PublicKey } from '#libs/ledger';
import type { BodyView } from '../bodies.service.js';
import type { EntryView } from '../entries.queries.js';
import type { PlanContent } from '../routes/plan-words.js';
import type { PlanMode } from '../routes/route-words.js';
import type { ExportConsent } from './export-consent.js';

/** A body in a snapshot. */
export type SnapshotBody = Omit<BodyView, 'party' | 'version' | 'state' | 'missingNames'>;
/** A point of contact in a snapshot, its channels in their order. */
export type SnapshotEntry = Omit<
  EntryView,
  'party' | 'version' | 'allowedActs' | 'channels' | 'readiness'
> & {
  channels: SnapshotChannel[];
};

type Channel = EntryView['channels'][number];
/** A channel in a snapshot: when a person last answered, and not how long ago that is. */
export type SnapshotChannel = Omit<Channel, 'version' | 'warning' | 'reach'> & {
  reach: Omit<Channel['reach'], 'daysAgo'>;
};

/** A communication plan in force, in a snapshot; a way may name a channel by its id. */
export interface SnapshotPlan extends Pick<PlanContent, 'ways' | 'only' | 'bridge' | 'reportEvery'> {
  kind: 'pair' | 'network';
  /** The code of the network whose plan it is, or that the two share. */
  network: string;
  number: number;
  mode: PlanMode;
}

/** A party, with what may be taken out of its entries. */
export interface SnapshotParty {
  code: string;
  alpha3: string | null;
  numeric: string | null;
  kind: string;
  regionalGroup: string | null;
  names: Record<string, string>;
  /** What the party lets others take out. */
  consent: ExportConsent;
  bodies: SnapshotBody[];
  pointsOfContact: SnapshotEntry[];
  /** The reader's plan with it; at the reader's own party, those of its networks. */
  plans: SnapshotPlan[];
}

/** What one party may see of the directory at one moment, for the day on which the network is down. */
export interface Snapshot {
  type: 'aldis-directory-snapshot';
  version: 1;
  /** The code of the network. */
  network: string;
  instance: 'sample' | 'real';
  /** The party in whose view it is; null: the network's staff. */
  for: string | null;
  tlp: 'AMBER';
  /** UTC. What is older than `expiresAt` is not to be relied on. */
  takenAt: string;
  expiresAt: string;
  /** SHA-256, in hex, of the parties alone: alike in two snapshots between which nothing has changed. */
  digest: string;
  parties: SnapshotParty[];
}

/** A snapshot as it is given out, signed with the key `kid`, Ed25519 in base64url. */
export interface SignedSnapshot {
  snapshot: Snapshot;
  kid: string;
  signature: string;
}

/** What is signed, and what is hashed, begins with these (SPECIFICATION.md, snapshots). */
export const snapshotTag = 'aldis-directory-snapshot-v1';
const contentsTag = 'aldis-directory-contents-v1';

/** How long a snapshot is relied on, in days: a third of the time in which entries are confirmed again. */
export const snapshotDays = 30;

/** The digest of what a snapshot says of its parties, in hex. */
export const digestOfParties = (parties: readonly SnapshotParty[]): string =>
  taggedHash(contentsTag, { parties });

/** What does not hold in a snapshot, with nothing but published keys; undefined when all of it does. */
export function faultOfSnapshot(
  { snapshot, kid, signature }: SignedSnapshot,
  keys: readonly PublicKey[],
): string | undefined {
  if (!isSignedBy(keys, snapshotTag, snapshot, { kid, signature }))
    return 'it is not signed by the published key';
  return snapshot.digest === digestOfParties(snapshot.parties)
    ? undefined
    : 'its digest is not that of its parties';
}

/** Whether a snapshot is past the day until which it is relied on. */
export const isOver = ({ expiresAt }: Snapshot, at: Date): boolean => new Date(expiresAt) <= at;
