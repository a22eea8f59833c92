import type { Fault } from '#libs/runtime';
import { refusal, type Refusal } from './lifecycle.js';

/** With whom one side's view of a request is shared, within its party. */
export type SharedWith = { body: string } | { account: string };

/** What there is to know of a body or an account of the own party; undefined for all others, known or not. */
export type Recipient =
  | { kind: 'body'; sees: boolean }
  | { kind: 'account'; sees: boolean; ended: boolean; reads: boolean }
  | undefined;

/** Where a view of a request leads that leaves the party. */
const elsewhere =
  'To another State nothing is shared: the requester files with it or discloses who was asked, an addressee redirects to it.';

/**
 * Why a request may not be shared with somebody; undefined where it may. TLP:RED is for named persons and nobody else
 * (FIRST, TLP 2.0); other labels leave the own party to its members who need to know.
 */
export function mayNotShare(
  request: { sent: boolean; tlp: string | null },
  recipient: Recipient,
  field: 'body' | 'account',
): { faults: Fault[] } | { refused: Refusal } | undefined {
  if (recipient === undefined)
    return { faults: [{ pointer: `#/${field}`, detail: `is not of your party. ${elsewhere}` }] };
  if (recipient.kind === 'account' && recipient.ended)
    return { faults: [{ pointer: '#/account', detail: 'is an account that was ended' }] };
  if (recipient.kind === 'account' && !recipient.reads)
    return { faults: [{ pointer: '#/account', detail: 'is an account whose role reads no requests' }] };
  if (!request.sent)
    return { refused: refusal('not-yet', 'A draft is shared with nobody: it has no final label yet.') };
  if (recipient.sees)
    return { refused: refusal('already-done', 'The request concerns that body: its people see it already.') };
  if (recipient.kind === 'body' && request.tlp === 'RED')
    return {
      refused: refusal(
        'label',
        'TLP:RED is for named persons only: share it with an account, not with a body.',
      ),
    };
  return undefined;
}
