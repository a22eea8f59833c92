import { createHash } from 'node:crypto';
import { includes, recordBy, recordView, type Caller, type Work } from '#libs/access';
import { newId, Problem, type Fault, type Tx } from '#libs/runtime';
import type { Sealed, Vault } from '#libs/vault';
import { partyKept } from '../bodies.service.js';
import { openEntry } from '../points-of-contact.service.js';
import { callBackIn, openedCallBack, type CallBackView, type KeptCallBack } from './call-backs.service.js';
import { NoteVerbaleRow } from './entry-life.entity.js';
import { readNoteFile, type GivenFile, type NoteFileType } from './note-file.js';

export const notePurposes = ['nomination', 'removal'] as const;
export type NotePurpose = (typeof notePurposes)[number];

/** A note verbale as a party gives it. */
export interface NoteInput {
  purpose: NotePurpose;
  reference: string;
  datedOn: string;
  authority: string;
  file: GivenFile | null;
}

interface NoteContent {
  reference: string;
  authority: string;
  file: { name: string; mediaType: NoteFileType; bytes: number; sha256: string } | null;
}

export interface NoteView extends NoteContent {
  id: string;
  purpose: NotePurpose;
  datedOn: string;
  givenAt: string;
}

/** Notes that one point of contact has. */
const mostNotes = 20;

const contentOf = (id: string) => ({ table: 'notes_verbales', row: id, field: 'content' });
const fileOf = (id: string) => ({ table: 'notes_verbales', row: id, field: 'file' });
const shown = `n.id, n.purpose, n.dated_on::text AS "datedOn", n.given_at AS "givenAt", n.content`;
type Kept = Pick<NoteVerbaleRow, 'id' | 'purpose' | 'datedOn' | 'givenAt' | 'content'>;

/**
 * Notes verbales by which a party's authority names and removes its points of contact: given and read by the party's
 * administrators, read by the secretariat, which receives such notes (as the OAS practises it).
 */
export class NotesVerbales {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
  ) {}

  /** Gives one with its file, for good. Raises `invalid-input` with pointers, `act-not-possible` for more than there can be. */
  async give(caller: Caller, entryId: string, input: NoteInput): Promise<NoteView> {
    const partyCode = partyKept(caller);
    return this.work.change(caller, 'keep-entries', async (tx) => {
      await openEntry(tx, entryId);
      const at = await tx.now();
      const read = input.file === null ? null : readNoteFile(input.file.content);
      const errors = faultsOf(input, read, at);
      if (errors.length > 0 || (read && 'fault' in read))
        throw new Problem('invalid-input', 'Some fields do not fit.', { errors });
      const given = await tx.query('SELECT 1 FROM notes_verbales WHERE point_of_contact_id = $1', [entryId]);
      if (given.length >= mostNotes)
        throw new Problem('act-not-possible', `A point of contact has at most ${mostNotes} notes verbales.`);
      const id = newId();
      const key = await this.vault.partyKey(partyCode);
      const { purpose, datedOn, reference, authority, file } = input;
      const content: NoteContent = {
        ...{ reference, authority },
        file: file && read && describe(file.name, read),
      };
      await tx.manager.insert(NoteVerbaleRow, {
        ...{ id, pointOfContactId: entryId, partyCode, traffic: 'actual', purpose, datedOn },
        ...{ content: this.vault.seal(key, contentOf(id), content), givenBy: caller.actor, givenAt: at },
        file: read && this.vault.seal(key, fileOf(id), read.bytes.toString('base64')),
      });
      await recordBy(tx, caller, 'note-verbale-given', id);
      return { id, purpose, datedOn, givenAt: at.toISOString(), ...content };
    });
  }

  /**
   * The notes about one point of contact, the newest first, and for the party itself the newest call back. Raises
   * `forbidden` by role, `not-found` for what is another party's.
   */
  async of(
    caller: Caller,
    entryId: string,
    isHead: boolean,
  ): Promise<{ items: NoteView[]; callBack: CallBackView | null }> {
    demandReader(caller);
    return this.work.read(caller, async (tx) => {
      const party = await readable(tx, caller, entryId);
      const rows = await tx.query<Kept>(
        `SELECT ${shown} FROM notes_verbales n WHERE n.point_of_contact_id = $1 ORDER BY n.given_at DESC, n.id DESC`,
        [entryId],
      );
      const [call] = await tx.query<KeptCallBack>(callBackIn, [entryId]);
      if (!isHead) await recordView(tx, caller, { kind: 'look-up', sought: party });
      return {
        items: await Promise.all(rows.map((row) => this.opened(row))),
        callBack: call ? await openedCallBack(this.vault, call) : null,
      };
    });
  }

  /** The file of one note, as it was given. Raises `not-found` where there is none. */
  async file(
    caller: Caller,
    entryId: string,
    id: string,
    isHead: boolean,
  ): Promise<{ name: string; mediaType: NoteFileType; bytes: Buffer }> {
    demandReader(caller);
    return this.work.read(caller, async (tx) => {
      const party = await readable(tx, caller, entryId);
      const [row] = await tx.query<Kept & { file: Sealed | null }>(
        `SELECT ${shown}, n.file FROM notes_verbales n WHERE n.id = $2 AND n.point_of_contact_id = $1`,
        [entryId, id],
      );
      const note = row?.file ? await this.opened(row) : null;
      if (!row?.file || !note?.file) throw new Problem('not-found', 'There is no such file.');
      if (!isHead) await recordView(tx, caller, { kind: 'look-up', sought: party });
      const content = await this.vault.openPartys<string>(fileOf(id), row.file);
      return { ...note.file, bytes: Buffer.from(content, 'base64') };
    });
  }

  private async opened({ content, datedOn, givenAt, ...row }: Kept): Promise<NoteView> {
    const said = await this.vault.openPartys<NoteContent>(contentOf(row.id), content);
    return { ...row, datedOn, givenAt: givenAt.toISOString(), ...said };
  }
}

/** Administrators of parties, and the secretariat. */
function demandReader(caller: Caller): void {
  if (!includes(caller, 'keep-entries') && !includes(caller, 'keep-parties'))
    throw new Problem('forbidden', 'Notes verbales are read by administrators and by the secretariat.');
}

/** The party of an entry whose notes the caller may read: an administrator those of the own one. */
async function readable(tx: Tx, caller: Caller, entryId: string): Promise<string> {
  const [found] = await tx.query<{ party: string }>(
    'SELECT party_code AS party FROM points_of_contact WHERE id = $1 AND ($2::text IS NULL OR party_code = $2)',
    [entryId, caller.party],
  );
  if (!found) throw new Problem('not-found', 'There is no such point of contact.');
  return found.party;
}

type Read = ReturnType<typeof readNoteFile>;

function faultsOf({ datedOn, file }: NoteInput, read: Read | null, at: Date): Fault[] {
  const faults: Fault[] = [];
  if (file === null)
    faults.push({ pointer: '#/file', detail: 'is needed: the note verbale itself, for a removal as well' });
  if (read && 'fault' in read) faults.push({ pointer: '#/file/content', detail: read.fault });
  // Today somewhere on earth.
  if (datedOn > new Date(at.getTime() + 14 * 3_600_000).toISOString().slice(0, 10))
    faults.push({ pointer: '#/datedOn', detail: 'must not be in the future' });
  return faults;
}

function describe(name: string, read: Exclude<Read, { fault: string }>): NoteContent['file'] {
  const { bytes, mediaType } = read;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { name, mediaType, bytes: bytes.length, sha256 };
}
