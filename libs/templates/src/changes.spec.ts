import { catalogueDocuments } from './catalogue-documents.js';
import { changesBetween } from './changes.js';
import { readTemplate } from './template.js';

const read = readTemplate(catalogueDocuments['assistance-request']);
if ('faults' in read) throw new Error('the template has faults');
const { template } = read;
const changes = (before: object, after: object) =>
  changesBetween(template, before, after).map(({ label: _label, ...change }) => change);

describe('the changes of an amendment', () => {
  it('are none between equal answers, whatever the order of their members', () => {
    expect(
      changes(
        { incident: { severity: { common: 'S1', scheme: 'a' } } },
        { incident: { severity: { scheme: 'a', common: 'S1' } } },
      ),
    ).toEqual([]);
  });

  it('say what was added, changed and removed, in the order of the layout', () => {
    expect(
      changes(
        {
          urgency: 'U2',
          incident: { sectors: ['energy'], status: 'ongoing', outlook: { availability: 'unknown' } },
        },
        {
          urgency: 'U1',
          incident: { sectors: ['energy', 'education'], outlook: 'stable' },
          others: { asked: [] },
        },
      ),
    ).toEqual([
      { field: '#/urgency', change: 'changed', before: 'U2', after: 'U1' },
      { field: '#/incident/status', change: 'removed', before: 'ongoing' },
      { field: '#/incident/sectors', change: 'changed', before: ['energy'], after: ['energy', 'education'] },
      {
        field: '#/incident/outlook',
        change: 'changed',
        before: { availability: 'unknown' },
        after: 'stable',
      },
      { field: '#/others/asked', change: 'added', after: [] },
    ]);
  });

  it('carry the label of the field', () => {
    expect(changesBetween(template, {}, { urgency: 'U1' })[0]?.label).toEqual({
      en: 'Urgency',
      fr: 'Urgence',
    });
  });
});
