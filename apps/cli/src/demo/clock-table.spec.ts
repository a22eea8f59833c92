import type { LineClocks, RequestView } from '#libs/requests';
import { clockTable, clockTitle } from './clock-table.js';

const clock = (target: string, measure: string, elapsedMinutes: number, more: object = {}) => ({
  target,
  measure,
  state: 'met',
  targetMinutes: 60,
  elapsedMinutes,
  late: false,
  lateMinutes: 0,
  ...more,
});
const line = (body: string | null, first: number, net: number) =>
  ({
    ...{ party: 'XB', body },
    clocks: [
      clock('acknowledge', 'waiting', first),
      clock('acknowledge', 'net', first),
      clock('first-answer', 'waiting', 311, { targetMinutes: 240, late: true, lateMinutes: 71 }),
      clock('first-answer', 'net', net, { targetMinutes: 240 }),
    ],
  }) as unknown as LineClocks;
const view = {
  addressees: [
    { party: 'XB', body: null },
    { party: 'XB', body: { id: 'b1', names: { en: 'National authority' } } },
  ],
  timeline: [
    { act: 'ask', at: '2026-03-14T22:42:00Z', addressee: 'XB', body: 'b1' },
    { act: 'message', at: '2026-03-14T22:50:00Z', addressee: 'XB', body: 'b1' },
    { act: 'answer-question', at: '2026-03-14T23:45:00Z', addressee: 'XB', body: 'b1' },
  ],
} as unknown as RequestView;

describe('the clocks as text', () => {
  it('stand side by side for each target, with the pauses of the net one below', () => {
    const sentAt = '2026-03-14T22:10:00Z';
    expect(clockTable(view, [line(null, 14, 120), line('b1', 20, 128)], sentAt)).toEqual([
      'asked                   target        within  waited  state              net  state',
      'XB                      acknowledge     1:00    0:14  met               0:14  met',
      '                        first answer    4:00    5:11  met, 1:11 late    2:00  met',
      'XB, National authority  acknowledge     1:00    0:20  met               0:20  met',
      '                        first answer    4:00    5:11  met, 1:11 late    2:08  met',
      'Net of XB paused 2026-03-14 22:42 (+0:32) until 2026-03-14 23:45 (+1:35): a question was open',
    ]);
  });

  it('say in whose hours they are counted', () => {
    const counted = (counts: string) =>
      [{ party: 'XB', calendar: { zone: 'Etc/GMT-6' }, clocks: [{ counts }] }] as unknown as LineClocks[];
    expect(clockTitle(counted('elapsed'))).toMatch(/day and night/);
    expect(clockTitle([...counted('working'), ...counted('working')])).toMatch(
      /duty hours of XB \(Etc\/GMT-6\)\)$/,
    );
  });
});
