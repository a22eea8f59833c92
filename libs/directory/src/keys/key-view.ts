import type { KeyFinding } from './key-findings.js';
import { keyUse, mayEncryptTo, type KeyFacts } from './key-use.js';
import type { KeyKind, KeyState, KeyUseState } from './key-words.js';
import type { ReadKey } from './read-key.js';

/** A key as it stands beside its channel, for everybody who would write there. */
export interface ChannelKeyView {
  id: string;
  kind: KeyKind;
  fingerprint: string;
  algorithm: string;
  expiresAt: string | null;
  canEncrypt: boolean;
  state: KeyUseState;
  warning: string | null;
}

/** A key in full. */
export interface KeyView extends ChannelKeyView {
  party: string;
  pointOfContact: string;
  channel: string;
  bits: number | null;
  curve: string | null;
  userIds: string[];
  namesAddress: boolean;
  createdAt: string;
  findings: KeyFinding[];
  addedAt: string;
  confirmedAt: string | null;
  testedAt: string | null;
  /** Since when a second person is waited for to end it; null for other parties, and once it is over. */
  endProposedAt: string | null;
  version: number;
  /** What the caller can do with it now. */
  allowedActs: KeyAct[];
}

/** What an administrator does with a key. */
export const keyActs = ['confirm', 'test', 'end', 'keep'] as const;
export type KeyAct = (typeof keyActs)[number];

/** A key of a file that was looked at, and not kept. */
export interface KeyDraft extends Omit<ReadKey, 'createdAt' | 'expiresAt' | 'validFrom'> {
  createdAt: string;
  expiresAt: string | null;
  verdict: 'accept' | 'warn' | 'refuse';
}

/** What SQL answers of a key beside its channel; instants are text within JSON. */
export interface ChannelKeyRow extends Omit<ChannelKeyView, 'state' | 'warning'> {
  state: KeyState;
  validFrom: string;
  testedAt: string | null;
}

/** The keys of the channel `c`, by their kind, as SQL: those that two people have vouched for. */
export const keysOfChannel = `coalesce((SELECT jsonb_agg(jsonb_build_object('id', k.id, 'kind', k.kind,
  'fingerprint', k.fingerprint, 'algorithm', k.algorithm, 'expiresAt', k.expires_at, 'canEncrypt', k.can_encrypt,
  'state', k.state, 'validFrom', k.valid_from, 'testedAt', k.tested_at) ORDER BY k.kind, k.confirmed_at, k.id)
  FROM contact_keys k WHERE k.channel_id = c.id AND k.state IN ('confirmed', 'revoked')), '[]')`;

/** What is said of a key at a moment. */
export function channelKeyView(row: ChannelKeyRow, at: Date): ChannelKeyView {
  const { validFrom: _, testedAt: __, expiresAt, ...key } = row;
  const { state, warning } = keyUse(factsOf(row), at);
  return { ...key, expiresAt: expiresAt && new Date(expiresAt).toISOString(), state, warning };
}

const factsOf = ({ state, canEncrypt, validFrom, expiresAt, testedAt }: ChannelKeyRow): KeyFacts => ({
  ...{ state, canEncrypt, validFrom: new Date(validFrom) },
  expiresAt: expiresAt === null ? null : new Date(expiresAt),
  testedAt: testedAt === null ? null : new Date(testedAt),
});

/** What {@link allowedKeyActs} depends on beside the key itself. */
export interface KeyKeeping {
  /** Whether who asks has added it. */
  bySelf: boolean;
  /** Whether who asks, or another one, has proposed to end it; null: nobody, or that is over. */
  endProposed: 'by-self' | 'by-another' | null;
  /** Whether its mailbox can be written to. */
  reachable: boolean;
  at: Date;
}

/**
 * What whoever keeps the entries can do with a key: confirm what another added, test what is valid, end what is open,
 * or propose that, and keep what is proposed to end. Who proposed its end waits for another one to end it.
 */
export function allowedKeyActs(
  facts: KeyFacts,
  { bySelf, endProposed, reachable, at }: KeyKeeping,
): KeyAct[] {
  const { state } = facts;
  const can: Record<KeyAct, boolean> = {
    confirm: state === 'proposed' && !bySelf,
    test: reachable && mayEncryptTo(keyUse(facts, at)),
    end: state !== 'ended' && endProposed !== 'by-self',
    keep: endProposed !== null,
  };
  return keyActs.filter((act) => can[act]);
}
