import { completeness } from './completeness.js';
import { catalogueDocuments } from './catalogue-documents.js';
import { loadCatalogue } from './template.js';

const read = loadCatalogue(catalogueDocuments);
if ('faults' in read) throw new Error('the catalogue has faults');
const acknowledgement = read.catalogue.find('acknowledgement')!;
const response = read.catalogue.find('response')!;
const keys = { from: 'XB', to: 'XA', request: 'AR-2026-7K3M9Q', tlp: 'AMBER' };

describe('completeness', () => {
  it('counts key fields for nothing and names what is missing, with its label', () => {
    const { percent, answered, fields, missing } = completeness(acknowledgement, keys);
    expect({ percent, answered, fields }).toEqual({ percent: 0, answered: 0, fields: 10 });
    expect(missing).toHaveLength(10);
    expect(missing[1]).toEqual({
      field: '#/receipt/receivedAt',
      label: { en: 'Received', fr: 'Reçue le' },
      important: true,
    });
  });

  it('counts an important field double', () => {
    const receivedAt = '2026-03-14T22:30:00Z';
    expect(completeness(acknowledgement, { receipt: { channel: 'email' } }).percent).toBe(7);
    expect(completeness(acknowledgement, { receipt: { receivedAt } }).percent).toBe(15);
  });

  it('sets apart what is unavailable: it is not missing, and adds nothing', () => {
    const expectedAt = '2026-03-15T00:00:00Z';
    const before = completeness(acknowledgement, {});
    const after = completeness(acknowledgement, {
      receipt: { body: { availability: 'withheld' } },
      next: { answerBy: { availability: 'to-follow', expectedAt } },
    });
    expect(after.percent).toBe(before.percent);
    expect(after.missing).toHaveLength(before.missing.length - 2);
    expect(
      after.unavailable.map(({ field, availability, expectedAt: at }) => [field, availability, at]),
    ).toEqual([
      ['#/receipt/body', 'withheld', undefined],
      ['#/next/answerBy', 'to-follow', expectedAt],
    ]);
  });

  it('of a refusal asks for no terms', () => {
    const asked = (answer: string) =>
      completeness(response, { ...keys, answer }).missing.map(({ field }) => field);
    expect(asked('cannot')).toContain('#/refusal/reasons');
    expect(asked('cannot')).not.toContain('#/terms/cost');
    expect(asked('can-assist')).toContain('#/terms/cost');
    expect(asked('can-assist')).not.toContain('#/refusal/reasons');
  });

  it('is 100 only when nothing is missing', () => {
    const fields = { ...keys, answer: 'more-time' };
    const groups = Object.fromEntries(
      ['acknowledgement', 'determination', 'moreTime', 'suggestion'].map((group) => [
        group,
        Object.fromEntries(
          Object.keys(response.schema.properties[group]?.properties ?? {}).map((name) => [name, 1]),
        ),
      ]),
    );
    expect(completeness(response, { ...fields, ...groups })).toMatchObject({ percent: 100, missing: [] });
    expect(completeness(response, { ...fields, ...groups, suggestion: {} }).percent).toBeLessThan(100);
  });

  it('takes an empty list for an answer', () => {
    const request = read.catalogue.find('assistance-request')!;
    expect(completeness(request, { others: { asked: [] } }).answered).toBe(1);
  });
});
