import type { EntryBody } from './chain.js';
import { taggedHash } from './tagged-hash.js';

/** An event of a request as the record commits to it; `content` is the commitment to what was said. */
export interface RequestEventFacts {
  id: string;
  request: string;
  line: string | null;
  party: string;
  requester: string;
  addressee: string | null;
  audience: string;
  traffic: string;
  act: string;
  from: string | null;
  to: string;
  actor: string;
  assurance: string;
  at: string;
  content: string;
}

/** Somebody signed in, was refused, or did what else is recorded; `account` is null where the address is nobody's. */
export interface AccessEventFacts {
  id: string;
  account: string | null;
  party: string | null;
  traffic: string;
  act: string;
  assurance: string;
  at: string;
  /** What it was about; the commitment has no such member where it is null. */
  about: string | null;
}

/** What both sides of a line see, what one side of it sees, and what the requester alone sees: a chain each. */
const chainOfRequestEvent = ({ audience, line, request }: RequestEventFacts): string => {
  if (audience === 'requester' || line === null) return `request:${request}`;
  return audience === 'addressee' ? `side:${line}` : `line:${line}`;
};

/** The entry that an event of a request must have. */
export function entryOfRequestEvent(event: RequestEventFacts): EntryBody {
  const chain = chainOfRequestEvent(event);
  const { act, actor, addressee, assurance, at, audience, content, from } = event;
  const { id, line, party, request, requester, to, traffic } = event;
  return {
    ...{ chain, traffic, at, assurance, actor: party, subject: id },
    party: chain.startsWith('request:') ? requester : addressee,
    kind: `request.${act}`,
    commitment: taggedHash('aldis-ledger-request-event-v1', {
      ...{ act, actor, addressee, assurance, at, audience, content, from },
      ...{ id, line, party, request, requester, to, traffic },
    }),
  };
}

/** The entry that signing in, or being refused, must have. */
export function entryOfAccessEvent(event: AccessEventFacts): EntryBody {
  const { about, account, act, assurance, at, id, party, traffic } = event;
  return {
    ...{ party, traffic, at, assurance, actor: party, subject: id },
    chain: party === null ? 'network' : `party:${party}`,
    kind: `access.${act}`,
    commitment: taggedHash('aldis-ledger-access-event-v1', {
      ...(about === null ? {} : { about }),
      ...{ account, act, assurance, at, id, party, traffic },
    }),
  };
}

/** What an entry says otherwise than the event that it is about; undefined when they agree. */
export function faultOfEntry(entry: EntryBody, expected: EntryBody | undefined): string | undefined {
  if (!expected) return `is about ${entry.subject}, which is not there`;
  const names = Object.keys(expected) as (keyof EntryBody)[];
  const other = names.find((name) => entry[name] !== expected[name]);
  return other && `says another ${other} than the event it is about: one of the two was changed`;
}
