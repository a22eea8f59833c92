import { exportConsents, takenOut } from './export-consent.js';

const entries = [
  { id: '1', person: { name: 'A. Example' }, note: { text: 'Ask for the desk', language: 'en' } },
];

describe('what is taken out of the directory', () => {
  it('is everything where its party says so', () => {
    expect(takenOut(entries, 'whole', false)).toEqual(entries);
  });

  it('names no person and has no note where roles alone may be taken', () => {
    expect(takenOut(entries, 'roles', false)).toEqual([{ id: '1', person: null, note: null }]);
  });

  it('is nothing where its party wants that', () => {
    expect(takenOut(entries, 'nothing', false)).toEqual([]);
  });

  it.each(exportConsents)('is always whole for its own party (%s)', (consent) => {
    expect(takenOut(entries, consent, true)).toEqual(entries);
  });
});
