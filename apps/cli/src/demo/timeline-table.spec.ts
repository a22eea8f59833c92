import { timelineTable, type Entry } from './timeline-table.js';

const officer = { kind: 'officer', name: 'Officer of CERT XA', selfStated: false } as const;
const asked = {
  text: 'Can you hand over a sample of the encrypting program, and the note it leaves behind?',
};
const entry = (at: string, act: string, more: Partial<Entry> = {}): Entry => ({
  ...{ at: `2026-03-${at}Z`, act, party: 'XB', addressee: 'XB', by: { kind: 'system' }, said: null },
  ...more,
});

describe('the timeline as text', () => {
  it('says when, how long after sending, what and who, and below it what was said', () => {
    expect(
      timelineTable(
        [
          entry('14T22:30:00.000', 'send', { party: 'XA', by: officer }),
          entry('14T22:30:01.500', 'accepted-by-relay'),
          entry('14T22:42:00.100', 'acknowledge', {
            by: { kind: 'link-bearer', name: 'M. Example', selfStated: true },
          }),
          entry('15T22:45:00.000', 'ask', { by: officer, said: { text: { ...asked, language: 'en' } } }),
        ],
        80,
      ),
    ).toEqual([
      '2026-03-14 22:30   +0:00  Sent                      XA: Officer of CERT XA',
      '2026-03-14 22:30   +0:00  Accepted by a mail relay  system, for XB',
      '2026-03-14 22:42   +0:12  Receipt acknowledged      XB: M. Example (self-stated)',
      '2026-03-15 22:45  +24:15  Question asked            XB: Officer of CERT XA',
      '                          "Can you hand over a sample of the encrypting program,',
      '                          and the note it leaves behind?"',
    ]);
  });

  it('names the line where there are several, and what was answered or amended', () => {
    const explanation = { text: 'No capacity.', language: 'en' };
    const said = { answer: 'cannot', answers: { refusal: { explanation } } } as const;
    expect(
      timelineTable(
        [
          entry('14T22:30:00.000', 'send', { addressee: 'XC', by: officer }),
          entry('14T22:31:00.000', 'determine', { by: officer, said }),
          entry('14T22:32:00.000', 'amend', {
            by: officer,
            said: { amendment: [{ field: '/incident/method', change: 'changed' }] },
          }),
        ],
        80,
      ),
    ).toEqual([
      '2026-03-14 22:30  +0:00  XC  Sent                        XB: Officer of CERT XA',
      '2026-03-14 22:31  +0:01  XB  Answered: We cannot assist  XB: Officer of CERT XA',
      '                             "No capacity."',
      '2026-03-14 22:32  +0:02  XB  Amended: 1 field            XB: Officer of CERT XA',
    ]);
  });
});
