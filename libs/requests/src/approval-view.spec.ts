import type { DocumentText } from '#libs/wording';
import { approvalDocument, approvalIs, rehearsed, type ApprovalSummary } from './approval-view.js';
import { approvalStates } from './clearance.js';
import type { EventView, LineView, RequestView } from './request-view.js';

const at = '2026-03-14T22:30:00.000Z';
const later = '2026-03-15T06:00:00.000Z';
const line = (id: string, changes: Partial<LineView> = {}) =>
  ({ id, party: 'XB', sentAt: at, acknowledgedAt: null, answeredAt: null, ...changes }) as LineView;
const event = (id: string) => ({ id, at: later, act: 'determine' }) as EventView;
const view = (changes: Partial<RequestView>) =>
  ({ state: 'sent', sentAt: at, withdrawnAt: null, addressees: [], timeline: [], ...changes }) as RequestView;

describe('a rehearsed act', () => {
  it('is shown with what it adds alone, and no time of what has not come to be', () => {
    const before = view({ addressees: [line('l')], timeline: [event('old')] });
    const answered = line('l', { state: 'answered', answeredAt: later, acknowledgedAt: later });
    const after = view({
      ...{ sentAt: later, withdrawnAt: later, state: 'withdrawn' },
      addressees: [answered, line('next', { sentAt: later })],
      timeline: [event('old'), event('new')],
    });
    const shown = rehearsed(before, after);
    expect(shown.timeline).toEqual([{ ...event('new'), at: '' }]);
    expect(shown.addressees).toMatchObject([
      { id: 'l', state: 'answered', sentAt: at, answeredAt: null, acknowledgedAt: null },
      { id: 'next', sentAt: '' },
    ]);
    expect(shown).toMatchObject({ state: 'withdrawn', sentAt: at, withdrawnAt: null });
    expect(JSON.stringify(shown)).not.toContain(later);
  });
});

describe('the document of what is to be cleared', () => {
  it('begins by saying that it is that, and how far it has come', () => {
    const document = { language: 'en', entries: [{ label: 'From', value: { kind: 'plain', text: 'XA' } }] };
    const approval = { state: 'asked', act: 'determine', askedBy: { kind: 'officer' }, digest: 'd' };
    const drawn = approvalDocument(document as unknown as DocumentText, approval as ApprovalSummary);
    expect(drawn.entries.map(({ label }) => label)).toEqual([
      ...['Clearance', 'Recorded, once done, as', 'Digest of what is cleared', 'From'],
    ]);
  });

  it('says of each state whether anything was done', () => {
    for (const state of approvalStates) expect(approvalIs(state, 'en').length).toBeGreaterThan(20);
    expect(new Set(approvalStates.map((state) => approvalIs(state, 'fr'))).size).toBe(approvalStates.length);
  });
});
