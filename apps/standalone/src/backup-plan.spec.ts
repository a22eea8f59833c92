import { madeAt, outdated, untilNext } from './backup-plan.js';

const names = ['aldis-20261120T030000Z', 'aldis-20261122T030000Z', 'aldis-20261121T030000Z'];
const others = ['notes.txt', 'aldis-20261123T030000Z.unfinished', 'aldis-2026', 'aldis-20261399T030000Z', ''];
const hour = 3_600_000;

describe('the plan of backups', () => {
  it('knows its own by name and leaves all else out', () => {
    expect(madeAt([...others, ...names]).map(({ name }) => name)).toEqual([names[1], names[2], names[0]]);
    expect(madeAt(others)).toEqual([]);
  });

  it('makes the first at once, and the next when the newest is old enough', () => {
    const at = (text: string) => untilNext([...others, ...names], new Date(text), 24);
    expect(untilNext(others, new Date('2026-11-22T00:00:00Z'), 24)).toBe(0);
    expect(at('2026-11-22T03:00:00Z')).toBe(24 * hour);
    expect(at('2026-11-22T15:00:00Z')).toBe(12 * hour);
    expect(at('2026-11-23T03:00:00Z')).toBe(0);
    expect(at('2027-01-01T00:00:00Z')).toBe(0);
  });

  it('waits no longer than the rhythm when the clock was set back', () => {
    expect(untilNext(names, new Date('2020-01-01T00:00:00Z'), 24)).toBe(24 * hour);
  });

  it('removes the oldest beyond the number that is kept, and nothing that is not a backup', () => {
    expect(outdated([...names, ...others], 2)).toEqual(['aldis-20261120T030000Z']);
    expect(outdated(names, 3)).toEqual([]);
    expect(outdated(others, 1)).toEqual([]);
  });
});
