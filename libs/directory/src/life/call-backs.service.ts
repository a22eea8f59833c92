import { recordBy, type Caller } from '#libs/access';
import { newId, Problem, type Fault, type Tx } from '#libs/runtime';
import type { Sealed, Vault } from '#libs/vault';
import type { PointOfContactRow } from '../point-of-contact.entity.js';
import { CallBackRow } from './entry-life.entity.js';

/** What somebody says who called the nominee, before the entry is verified. */
export interface CallBackInput {
  calledAt: Date;
  /** Who called, where it was not who verifies. */
  calledBy?: string | undefined;
  number: string;
  /** How the number was found, independently of the nomination. */
  foundBy: string;
}

export interface CallBackView {
  note: string;
  calledAt: string;
  calledBy: string;
  number: string;
  foundBy: string;
  recordedAt: string;
}

type Content = Pick<CallBackView, 'calledBy' | 'number' | 'foundBy'>;
export interface KeptCallBack {
  id: string;
  note: string;
  calledAt: Date;
  recordedAt: Date;
  content: Sealed;
}

/** The newest call back of an entry, as far as the walls show it. */
export const callBackIn = `SELECT id, note_id AS note, called_at AS "calledAt", recorded_at AS "recordedAt", content
  FROM call_backs WHERE point_of_contact_id = $1 ORDER BY recorded_at DESC, id DESC LIMIT 1`;

const contentOf = (id: string) => ({ table: 'call_backs', row: id, field: 'content' });

/**
 * Records that the nominee was called and confirmed. Raises `act-not-possible` without a note verbale, `invalid-input`
 * without a call or for a time that does not fit.
 */
export async function recordCallBack(
  tx: Tx,
  vault: Vault,
  caller: Caller,
  entry: PointOfContactRow,
  callBack: CallBackInput | undefined,
): Promise<void> {
  const [note] = await tx.query<{ id: string }>(
    `SELECT id FROM notes_verbales WHERE point_of_contact_id = $1 AND purpose = 'nomination'
     ORDER BY given_at DESC, id DESC LIMIT 1`,
    [entry.id],
  );
  if (!note)
    throw new Problem(
      'act-not-possible',
      `The nomination has no note verbale yet: POST /api/v1/points-of-contact/${entry.id}/notes-verbales.`,
    );
  const recordedAt = await tx.now();
  const fault = faultIn(callBack, entry.createdAt, recordedAt);
  if (fault || !callBack)
    throw new Problem('invalid-input', 'Some fields do not fit.', { errors: fault ? [fault] : [] });
  const id = newId();
  const { partyCode } = entry;
  const { calledAt, calledBy = caller.name, number, foundBy } = callBack;
  const content: Content = { calledBy, number, foundBy };
  await tx.manager.insert(CallBackRow, {
    ...{ id, pointOfContactId: entry.id, partyCode, traffic: 'actual', noteId: note.id, calledAt },
    content: vault.seal(await vault.partyKey(partyCode), contentOf(id), content),
    ...{ recordedBy: caller.actor, recordedAt },
  });
  await recordBy(tx, caller, 'called-back', id);
}

/** A call back as its party reads it. */
export async function openedCallBack(
  vault: Vault,
  { id, note, content, calledAt, recordedAt }: KeptCallBack,
): Promise<CallBackView> {
  const said = await vault.openPartys<Content>(contentOf(id), content);
  return { note, ...said, calledAt: calledAt.toISOString(), recordedAt: recordedAt.toISOString() };
}

function faultIn(callBack: CallBackInput | undefined, nominatedAt: Date, at: Date): Fault | undefined {
  if (!callBack)
    return { pointer: '#/callBack', detail: 'is needed: call the nominee on a number that you knew before' };
  const pointer = '#/callBack/calledAt';
  if (callBack.calledAt > at) return { pointer, detail: 'must not be in the future' };
  return callBack.calledAt < nominatedAt
    ? { pointer, detail: 'must not be before the nomination' }
    : undefined;
}
