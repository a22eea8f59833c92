import { nextDue } from './checkpoint-rhythm.js';

const dueAt = new Date('2026-11-21T12:00:00Z');
const after = (seconds: number) => new Date(dueAt.getTime() + seconds * 1000);

describe('the rhythm of checkpoints by mail', () => {
  it('stays on its beat when a mail is a little late', () => {
    expect(nextDue('day', dueAt, after(9))).toEqual(after(86_400));
    expect(nextDue('hour', dueAt, after(3_599))).toEqual(after(3_600));
  });

  it('begins anew after a downtime, and makes up for nothing', () => {
    expect(nextDue('hour', dueAt, after(36_000))).toEqual(after(39_600));
    expect(nextDue('day', dueAt, after(86_400))).toEqual(after(172_800));
  });

  it('is due at once where each checkpoint is wanted', () => {
    expect(nextDue('checkpoint', dueAt, after(9))).toEqual(after(9));
  });
});
