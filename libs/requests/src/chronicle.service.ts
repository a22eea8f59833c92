import { randomBytes } from 'node:crypto';
import { commitmentTo, type Committed } from '#libs/ledger';
import { newId, type Tx } from '#libs/runtime';
import { isPartys, type DataKey, type Sealed, type Vault } from '#libs/vault';
import type { Kept } from './act-content.js';
import type { AddresseeRow } from './addressee.entity.js';
import { RequestEventContentRow, RequestEventRow } from './request-event.entity.js';

/** Who did something, as both sides may read it. */
export interface By {
  kind: 'officer' | 'link-bearer' | 'system';
  name?: string;
  /** The name was typed by the bearer of a link and checked by nobody. */
  selfStated?: boolean;
}

export type EventContent = {
  by: By;
  said?: Kept;
  /** Of acts about clearance: which approval, of which act. */
  clearance?: { approval: string; act: string; digest: string };
} & Record<string, unknown>;

export type NewEvent = Omit<RequestEventRow, 'id' | 'commitment'> & { content: EventContent };

export const newSalt = (): string => randomBytes(16).toString('hex');

const contentOf = (eventId: string) => ({ table: 'request_event_contents', row: eventId, field: 'content' });

/** Appends to the record of a request; the record only grows. */
export class Chronicle {
  constructor(private readonly vault: Vault) {}

  async append(tx: Tx, dataKey: DataKey, { content, ...event }: NewEvent): Promise<void> {
    const { id, commitment, sealed } = this.compose(dataKey, content);
    await tx.manager.insert(RequestEventRow, { ...event, id, commitment });
    await tx.manager.insert(RequestEventContentRow, {
      eventId: id,
      requestId: event.requestId,
      partyCode: event.partyCode,
      traffic: event.traffic,
      content: sealed,
    });
  }

  /** The words of an event that is about to be appended, under a request's key or a party's own. */
  compose(key: DataKey, content: EventContent): { id: string; commitment: string; sealed: Sealed } {
    const id = newId();
    const committed: Committed = { salt: newSalt(), content };
    const sealed = this.vault.seal(key, contentOf(id), committed);
    return { id, commitment: commitmentTo(committed), sealed };
  }

  /** Appends what the system itself observed or did on a line, for both sides or the requester's alone; its state stays. */
  async appendBySystem(
    tx: Tx,
    dataKey: DataKey,
    line: AddresseeRow,
    act: string,
    at: Date,
    more: Record<string, unknown> = {},
    audience: 'both' | 'requester' = 'both',
  ): Promise<void> {
    await this.append(tx, dataKey, {
      requestId: line.requestId,
      addresseeId: line.id,
      partyCode: audience === 'both' ? line.partyCode : line.requesterCode,
      requesterCode: line.requesterCode,
      addresseeCode: line.partyCode,
      audience,
      traffic: line.traffic,
      act,
      fromState: line.state,
      toState: line.state,
      actor: 'worker',
      assurance: 'system',
      at,
      content: { by: { kind: 'system' }, ...more },
    });
  }

  /** The words of an event. */
  open(dataKey: DataKey, eventId: string, sealed: Sealed): EventContent {
    return this.vault.open<{ content: EventContent }>(dataKey, contentOf(eventId), sealed).content;
  }

  /** The words of an event that outlives its request's key; undefined where they lie under that key. */
  async openOwn(eventId: string, sealed: Sealed): Promise<EventContent | undefined> {
    if (!isPartys(sealed)) return undefined;
    return (await this.vault.openPartys<{ content: EventContent }>(contentOf(eventId), sealed)).content;
  }
}
