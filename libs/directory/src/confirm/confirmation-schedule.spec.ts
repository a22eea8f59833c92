import fc from 'fast-check';
import { dueDates, isFresh, mailDue, type Ask } from './confirmation-schedule.js';

const at = (text: string) => new Date(text);
const never = {
  createdAt: at('2026-01-01T00:00:00Z'),
  verifiedAt: null,
  confirmedAt: null,
  confirmedHardAt: null,
};
const day = 86_400_000;
const days = { soft: 90, hard: 365 };

describe('when an entry is due', () => {
  it('counts from the last word on it, and whole from the last time that all of it was gone through', () => {
    expect(dueDates(never, days)).toEqual({
      soft: at('2026-04-01T00:00:00Z'),
      hard: at('2027-01-01T00:00:00Z'),
    });
    const confirmed = { ...never, confirmedAt: at('2026-03-01T00:00:00Z') };
    expect(dueDates(confirmed, days)).toEqual({
      soft: at('2026-05-30T00:00:00Z'),
      hard: at('2027-01-01T00:00:00Z'),
    });
    expect(dueDates(confirmed, { soft: 30, hard: 60 })).toEqual({
      soft: at('2026-03-31T00:00:00Z'),
      hard: at('2026-03-02T00:00:00Z'),
    });
    const whole = { ...confirmed, confirmedHardAt: at('2026-06-01T00:00:00Z') };
    expect(dueDates(whole, days)).toEqual({
      soft: at('2026-08-30T00:00:00Z'),
      hard: at('2027-06-01T00:00:00Z'),
    });
  });

  it('is fresh until the very instant, and no confirmation from the mail makes up for a whole one', () => {
    const soft = { ...never, confirmedAt: at('2026-12-20T00:00:00Z') };
    expect(isFresh(never, days, at('2026-03-31T23:59:59.999Z'))).toBe(true);
    expect(isFresh(never, days, at('2026-04-01T00:00:00Z'))).toBe(false);
    expect(isFresh(soft, days, at('2026-12-31T23:59:59Z'))).toBe(true);
    expect(isFresh(soft, days, at('2027-01-01T00:00:00Z'))).toBe(false);
  });
});

describe('mails that ask to confirm', () => {
  const soft = at('2026-04-01T12:00:00Z'); // A Wednesday.
  const due = (ask: Ask | null, when: string, zone = 'Etc/UTC') => mailDue(soft, zone, ask, at(when));
  const asked = (askedAt: string, mailedAt = askedAt): Ask => ({
    askedAt: at(askedAt),
    mailedAt: at(mailedAt),
  });

  it('are first sent when it is due, also where it was asked in an earlier round', () => {
    expect(due(null, '2026-04-01T11:59:59Z')).toBeNull();
    expect(due(null, '2026-04-01T12:00:00Z')).toBe('ask');
    expect(due(asked('2026-01-01T12:00:00Z'), '2026-04-01T12:00:00Z')).toBe('ask');
  });

  it('come again each Monday at nine on the local clock', () => {
    const first = asked('2026-04-01T12:00:00Z');
    expect(due(first, '2026-04-06T08:59:59Z')).toBeNull();
    expect(due(first, '2026-04-06T09:00:00Z')).toBe('remind');
    expect(due(first, '2026-04-05T21:00:00Z', 'Pacific/Auckland')).toBe('remind');
    expect(due(first, '2026-04-06T15:59:59Z', 'America/Los_Angeles')).toBeNull();
    const second = asked('2026-04-01T12:00:00Z', '2026-04-06T09:00:01Z');
    expect(due(second, '2026-04-12T23:00:00Z')).toBeNull();
    expect(due(second, '2026-04-13T09:00:00Z')).toBe('remind');
  });

  it('pass over a Monday that comes within three days', () => {
    const onSunday = asked('2026-04-05T12:00:00Z');
    expect(due(onSunday, '2026-04-06T09:00:00Z')).toBeNull();
    expect(due(onSunday, '2026-04-13T09:00:00Z')).toBe('remind');
  });

  it('bear a new link on the first Monday after thirty days', () => {
    const old = asked('2026-04-01T12:00:00Z', '2026-04-27T09:00:00Z');
    expect(due(old, '2026-05-01T12:00:00Z')).toBeNull();
    expect(due(old, '2026-05-04T09:00:00Z')).toBe('ask');
  });

  it('are made up for by one, however long nothing ran', () => {
    const old = asked('2026-04-01T12:00:00Z');
    expect(due(old, '2026-09-16T03:00:00Z')).toBe('ask');
    expect(due(asked('2026-09-16T03:00:00Z'), '2026-09-16T03:00:01Z')).toBeNull();
  });

  it('are never two within three days, and never more than eleven days apart', () => {
    const zones = ['Etc/UTC', 'Asia/Kathmandu', 'America/St_Johns', 'Pacific/Kiritimati', 'Europe/Paris'];
    const rhythm = fc.property(
      fc.integer({ min: 0, max: 400 * 24 }),
      fc.constantFrom(...zones),
      (begins, zone) => {
        const from = new Date(at('2026-01-01T00:00:00Z').getTime() + begins * 3_600_000);
        let ask: Ask | null = null;
        const mails: { when: number; what: string }[] = [];
        for (let hour = 0; hour < 100 * 24; hour++) {
          const now = new Date(from.getTime() + hour * 3_600_000);
          const what = mailDue(from, zone, ask, now);
          if (!what) continue;
          ask = { askedAt: what === 'ask' || !ask ? now : ask.askedAt, mailedAt: now };
          mails.push({ when: now.getTime(), what });
        }
        const gaps = mails.slice(1).map(({ when }, index) => (when - (mails[index]?.when ?? 0)) / day);
        const asks = mails.filter(({ what }) => what === 'ask').map(({ when }) => when);
        const rounds = asks.slice(1).map((when, index) => (when - (asks[index] ?? 0)) / day);
        return (
          gaps.every((gap) => gap >= 3 && gap <= 11) &&
          asks.length >= 3 &&
          rounds.every((gap) => gap >= 30 && gap < 39)
        );
      },
    );
    expect(fc.check(rhythm, { numRuns: 40 }).failed).toBe(false);
  });
});
