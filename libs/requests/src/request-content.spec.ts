import { faultsIn, isComplete, missingToSend, type RequestInput } from './request-content.js';

const at = new Date('2026-03-14T22:30:00Z');
const reachable = new Set(['XA', 'XB', 'XC']);
const input: RequestInput = {
  template: 'assistance-request',
  traffic: 'actual',
  to: ['XB'],
  urgency: 'U1',
  tlp: 'AMBER',
  sentence: { text: 'Help us to stop ransomware in two hospitals.', language: 'en' },
};
const faults = (more: Partial<RequestInput>) => faultsIn({ ...input, ...more }, 'XA', reachable, at);

describe('the input of a request', () => {
  it('with the five fields is fit to be sent', () => {
    expect(faults({})).toEqual([]);
    expect(isComplete(input)).toBe(true);
  });

  it('names each missing field', () => {
    expect(
      missingToSend({ template: 'assistance-request', traffic: 'actual', to: [] }).map(
        (fault) => fault.pointer,
      ),
    ).toEqual(['#/to', '#/urgency', '#/tlp', '#/sentence']);
  });

  it('points at a State that addresses itself, at an unknown one and at one named twice', () => {
    expect(
      faults({ to: ['XB', 'XA', 'ZZ', 'XB'] }).map(({ pointer, detail }) => [pointer, detail.slice(0, 12)]),
    ).toEqual([
      ['#/to/1', 'is the reque'],
      ['#/to/2', 'is not a par'],
      ['#/to/3', 'is named twi'],
    ]);
  });

  it.each([
    '2026-03-14T22:29:59Z',
    '2027-03-16T00:00:00Z',
    '0001-01-01T00:00:00Z',
    '9999-12-31T23:59:59Z',
    'x',
  ])('refuses to need an answer by %s', (neededBy) => {
    expect(faults({ neededBy }).map((fault) => fault.pointer)).toEqual(['#/neededBy']);
  });

  it('takes a time within a year, in any zone', () => {
    expect(faults({ neededBy: '2026-03-15T06:00:00+05:30' })).toEqual([]);
  });
});
