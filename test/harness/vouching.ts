import type { EntryChangeView, EntryChannelView, EntryView, NoteView } from '#libs/directory';
import type { Officer } from './officer.js';

const content = Buffer.from('%PDF-1.7\nThe Permanent Mission presents its compliments.\n').toString('base64');

/** A note verbale about a nomination, or with changes one about a removal. */
export const noteVerbale = (changes: object = {}) => ({
  ...{ purpose: 'nomination', reference: 'NV 12/2026', datedOn: '2026-01-02' },
  ...{ authority: 'Permanent Mission of State B', file: { name: 'Note é.pdf', content } },
  ...changes,
});

/** How somebody verifies an entry: the nominee was called. */
export const callBack = (calledAt: string) => ({
  ...{ calledAt, number: '+41 22 917 12 34', foundBy: 'Switchboard of the ministry' },
  nomineeConfirmed: true,
});

/** Gives the note, calls the nominee and verifies an entry that another one nominated. */
export async function verify(by: Officer, id: string) {
  const { body: note } = await by.post(`/points-of-contact/${id}/notes-verbales`, noteVerbale());
  const { body: seen } = await by.get(`/points-of-contact/${id}`);
  return by.post(`/points-of-contact/${id}/acts`, {
    ...{ act: 'verify', version: (seen as EntryView).version },
    callBack: callBack((note as NoteView).givenAt),
  });
}

/** Adds a channel to an entry that others rely on: one proposes it, another confirms. */
export async function addByTwo(by: Officer, second: Officer, entry: string, channel: object) {
  const { body: asked } = await by.post(`/points-of-contact/${entry}/channels`, channel);
  const { newChannelId } = await confirmed(second, asked);
  const { channels } = (await by.get(`/points-of-contact/${entry}`)).body as EntryView;
  return channels.find(({ id }) => id === newChannelId) as EntryChannelView;
}

/** Ends a channel that others rely on: one proposes it, another confirms. */
export async function endByTwo(by: Officer, second: Officer, channel: string) {
  return confirmed(second, (await by.delete(`/channels/${channel}`)).body);
}

async function confirmed(by: Officer, asked: unknown): Promise<EntryChangeView> {
  const path = `/entry-changes/${(asked as EntryChangeView).id}/acts`;
  const { status, body } = await by.post(path, { act: 'confirm' });
  if (status !== 200) throw new Error(`a change was not confirmed: ${JSON.stringify([asked, status, body])}`);
  return body as EntryChangeView;
}
