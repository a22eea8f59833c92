import { element, textAt, type Words } from './page-parts.js';
import type { SignedCheckpoint } from './verifier/receipt-forms.js';
import type { PublishedKey } from './verifier/signatures.js';
import { faultOfSnapshot, type SignedSnapshot } from './verifier/snapshot.js';
import { isSignedCheckpoint, verdictOn, type Verdict } from './verifier/verdict.js';

type Rows = readonly (readonly [label: string, value: string])[];

/** One thing said about a file. */
export function notice(name: string, said: string, look: string, ...more: HTMLElement[]): HTMLElement {
  const card = element('li', '', look);
  card.append(element('p', name, 'soft'), element('h3', said), ...more);
  return card;
}

function list(rows: Rows): HTMLElement {
  const made = element('dl');
  for (const [label, value] of rows) made.append(element('dt', label), element('dd', value));
  return made;
}

/** What a checkpoint that the reader kept says, and whether it is signed. */
export async function checkpointCard(
  words: Words,
  name: string,
  given: SignedCheckpoint,
  keys: readonly PublishedKey[],
): Promise<HTMLElement> {
  const { number, network, at } = given.checkpoint;
  const say = (path: string[], ...fillings: string[]) => textAt(words, path, ...fillings) ?? '';
  const good = await isSignedCheckpoint(given, keys);
  const fault = say(['doesNotHold'], say(['fault', 'signature']));
  const rows = [
    [say(['row', 'what']), say(['checkpoint'], String(number))],
    [say(['row', 'network']), network],
    [say(['row', 'at']), at],
  ] as const;
  return notice(name, good ? say(['checkpointHolds']) : fault, good ? 'good' : 'bad', list(rows));
}

/** What a snapshot of the directory says of itself, and whether it holds. */
export async function snapshotCard(
  words: Words,
  name: string,
  given: SignedSnapshot,
  keys: readonly PublishedKey[],
): Promise<HTMLElement> {
  const { network, parties, takenAt, expiresAt, digest, for: reader } = given.snapshot;
  const say = (path: string[], ...fillings: string[]) => textAt(words, path, ...fillings) ?? '';
  const found = await faultOfSnapshot(given, keys);
  const said = found ? say(['doesNotHold'], say(['fault', found.fault])) : say(['holds']);
  const contacts = parties.reduce((sum, { pointsOfContact }) => sum + pointsOfContact.length, 0);
  const rows = [
    [say(['row', 'what']), say(['snapshot'], String(contacts), String(parties.length))],
    [say(['row', 'network']), network],
    [say(['row', 'seenBy']), reader ?? ''],
    [say(['row', 'at']), takenAt],
    [say(['row', 'until']), expiresAt],
    [say(['row', 'digest']), digest],
  ] as const;
  return notice(name, said, found ? 'bad' : 'good', list(rows));
}

/** What a receipt says, in words, and whether it holds. */
export async function receiptCard(
  words: Words,
  name: string,
  receipt: unknown,
  keys: readonly PublishedKey[],
  kept: readonly SignedCheckpoint[],
): Promise<HTMLElement> {
  const say = (path: string[], ...fillings: string[]) => textAt(words, path, ...fillings) ?? '';
  const found = await verdictOn(receipt, keys, kept);
  if (found.verdict === 'unknown')
    return notice(name, say(['notKnown']), 'unknown', element('p', `${found.what}: ${say(['signedOnly'])}`));
  const fault = say(['fault', found.fault ?? ''], 'member' in found ? (found.member ?? '') : '');
  const said = found.verdict === 'holds' ? say(['holds']) : say(['doesNotHold'], fault);
  if (!found.given) return notice(name, said, 'bad');
  const more = [list(rowsOf(words, found)), ...saidIn(words, found)];
  return notice(name, said, found.verdict === 'holds' ? 'good' : 'bad', ...more);
}

type Stating = Extract<Verdict, { stated: unknown }>;

function rowsOf(words: Words, { given, stated, checkpoint, asGiven }: Stating): Rows {
  const say = (path: string[], ...fillings: string[]) => textAt(words, path, ...fillings);
  const { network, reference, requester, addressee, party, assurance, evidence } = stated;
  const { what } = given.receipt;
  const proven = checkpoint
    ? `${say(['inCheckpoint'], String(checkpoint.checkpoint.number))} (${checkpoint.checkpoint.at})`
    : say(['inNoCheckpoint']);
  const row = (label: string, value: string | undefined) => [say(['row', label]) ?? '', value ?? ''] as const;
  const sure = say(['assurance', assurance]) ?? assurance;
  const known =
    evidence === undefined
      ? row('by', `${party} (${sure})`)
      : row('evidence', `${say(['evidence', evidence]) ?? evidence} (${sure})`);
  const said = row('content', say([given.opening ? 'withSaid' : 'withoutSaid']));
  return [
    row('what', say(['what', what]) ?? what),
    row('reference', reference),
    row('network', network),
    row('from', requester),
    row('to', addressee ?? ''),
    known,
    row('at', stated.at),
    row('traffic', stated.traffic),
    row('place', asGiven ? `${proven}; ${say(['asGiven'])}` : proven),
    ...(evidence === undefined ? [said] : []),
  ];
}

/** What was said, for those who were given it with the receipt; only where it is what was committed to. */
function saidIn(words: Words, { given, verdict }: Stating): HTMLElement[] {
  if (!given.opening || verdict !== 'holds') return [];
  const made = element('details');
  made.append(
    element('summary', textAt(words, ['row', 'content'])),
    element('pre', JSON.stringify(given.opening.content, undefined, 2)),
  );
  return [made];
}
