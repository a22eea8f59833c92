import type { ChannelKind, ChannelState } from '../entry-words.js';
import { isAffected, whoIsTold, type OldChannel } from './who-is-told.js';

const channel = (
  id: string,
  kind: ChannelKind,
  position: number,
  state: ChannelState = 'proven',
): OldChannel => ({ id, kind, position, state });
const told = (change: Parameters<typeof whoIsTold>[0], channels: readonly OldChannel[]) => {
  const { byMachine, byPeople } = whoIsTold(change, channels);
  return [byMachine.map(({ id }) => id), byPeople.map(({ id }) => id)];
};
const added = { kind: 'add-channel', channel: null } as const;
const mail = channel('mail', 'mail', 1);
const hook = channel('hook', 'webhook', 2);
const gateway = channel('gateway', 'gateway', 3);
const telephone = channel('telephone', 'telephone', 4);
const fax = channel('fax', 'fax', 5);

describe('who is told of a change', () => {
  it('is each proven mailbox, webhook and gateway, in the order of the entry', () => {
    expect(told(added, [gateway, fax, mail, telephone, hook])).toEqual([['mail', 'hook', 'gateway'], []]);
  });

  it('is what ends also when it is in doubt, and nothing else that is', () => {
    const doubted = [{ ...mail, state: 'suspect' }, { ...hook, state: 'suspect' }, gateway] as OldChannel[];
    const ends = (id: string) => ({ kind: 'end-channel', channel: id }) as const;
    expect(told(ends('hook'), doubted)).toEqual([['hook', 'gateway'], []]);
    const phones = [mail, { ...telephone, state: 'suspect' }, { ...fax, state: 'suspect' }] as OldChannel[];
    expect(told(ends('telephone'), phones)).toEqual([['mail'], ['telephone']]);
  });

  it('is never what nobody relied on', () => {
    for (const state of ['unproven', 'ended'] as const) {
      const none = [mail, hook, telephone].map((one) => ({ ...one, state }));
      for (const changed of ['mail', 'hook', 'telephone'])
        expect(told({ kind: 'end-channel', channel: changed }, none)).toEqual([[], []]);
      expect(told({ kind: 'retire', channel: null }, none)).toEqual([[], []]);
    }
  });

  it('is a person on the channel that is replaced or used otherwise, and on no other beside a machine', () => {
    for (const kind of ['replace-channel', 'change-use', 'end-channel'] as const)
      expect(told({ kind, channel: 'fax' }, [mail, telephone, fax])).toEqual([['mail'], ['fax']]);
  });

  it('is each channel of an entry that is removed, proven or in doubt', () => {
    const channels = [mail, { ...telephone, state: 'suspect' } as OldChannel, fax];
    expect(told({ kind: 'retire', channel: null }, channels)).toEqual([['mail'], ['telephone', 'fax']]);
    const doubted = channels.map((one) => ({ ...one, state: 'suspect' as const }));
    expect(told({ kind: 'retire', channel: null }, doubted)).toEqual([['mail'], ['telephone', 'fax']]);
  });

  it('is a person on the first proven channel where no machine is told, so that somebody hears of it', () => {
    const second = channel('second', 'telephone', 6);
    expect(told(added, [second, fax])).toEqual([[], ['fax']]);
    expect(told(added, [{ ...fax, state: 'suspect' }, second])).toEqual([[], ['second']]);
    expect(told(added, [{ ...mail, state: 'suspect' }, fax])).toEqual([[], ['fax']]);
    expect(told({ kind: 'end-channel', channel: 'second' }, [fax, second])).toEqual([[], ['fax', 'second']]);
    expect(told({ kind: 'end-channel', channel: 'fax' }, [fax, second])).toEqual([[], ['fax']]);
  });

  it('knows whether it is the one that changes', () => {
    expect(isAffected('retire', null, 'mail')).toBe(true);
    expect([isAffected('end-channel', 'fax', 'fax'), isAffected('end-channel', 'fax', 'mail')]).toEqual([
      ...[true, false],
    ]);
    expect(isAffected('add-channel', null, 'mail')).toBe(false);
  });
});
