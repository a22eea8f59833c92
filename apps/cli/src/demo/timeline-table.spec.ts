import { timelineTable } from './timeline-table.js';

describe('the timeline as text', () => {
  it('says when, how long after sending, what and who', () => {
    const officer = { kind: 'officer', name: 'Officer of CERT XA', selfStated: false };
    expect(
      timelineTable([
        { at: '2026-03-14T22:30:00.000Z', act: 'send', party: 'XA', addressee: 'XB', by: officer },
        {
          at: '2026-03-14T22:30:01.500Z',
          act: 'accepted-by-relay',
          party: 'XB',
          addressee: 'XB',
          by: { kind: 'system' },
        },
        {
          ...{ at: '2026-03-14T22:42:00.000Z', act: 'acknowledge', party: 'XB', addressee: 'XB' },
          by: { kind: 'link-bearer', name: 'M. Example', selfStated: true },
        },
      ]),
    ).toEqual([
      '2026-03-14 22:30:00 UTC   +0.0 s     sent                       XA: Officer of CERT XA',
      '2026-03-14 22:30:01 UTC   +1.5 s     accepted by a mail relay   system, for XB',
      '2026-03-14 22:42:00 UTC   +720.0 s   receipt acknowledged       XB: M. Example (self-stated)',
    ]);
  });
});
