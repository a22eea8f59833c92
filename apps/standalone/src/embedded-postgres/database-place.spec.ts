import { substituteFor } from './database-place.js';

describe('the substitute for a data folder that cannot be reached', () => {
  it('is the same for the same folder and another for another', () => {
    expect(substituteFor('/home/officer/aldis/.aldis')).toMatch(/^\/var\/lib\/aldis-[0-9a-f]{10}$/);
    expect(substituteFor('/home/officer/aldis/.aldis')).toBe(substituteFor('/home/officer/aldis/.aldis'));
    expect(substituteFor('/home/officer/aldis/.aldis')).not.toBe(substituteFor('/home/officer/other/.aldis'));
  });
});
