import { languages, textsIn } from '#libs/wording';
import { audienceColumns, audienceOf, capabilityKinds, type Audience } from './capability-words.js';

describe('what a party could offer', () => {
  it('has a name in every language of the system, and a different one for each kind', () => {
    for (const language of languages) {
      const { kinds } = textsIn(language).capabilities;
      expect(Object.keys(kinds)).toEqual([...capabilityKinds]);
      expect(new Set(Object.values(kinds)).size).toBe(capabilityKinds.length);
    }
  });

  it('is kept for the audience that was meant, and no list says more', () => {
    const audiences: Audience[] = [
      { to: 'networks', networks: ['n'] },
      { to: 'parties', parties: ['XB', 'XC'] },
      { to: 'own' },
    ];
    expect(audiences.map((audience) => audienceOf(audienceColumns(audience)))).toEqual(audiences);
    expect(audienceColumns({ to: 'own' })).toEqual({
      visibleTo: 'own',
      visibleNetworks: [],
      visibleParties: [],
    });
  });
});
