import { isExampleAddress, isMailAddress } from '#libs/notifications';
import { isUserAssigned } from '#libs/parties';
import { sampleAccounts, sampleParties } from './sample-world.js';

describe('the sample world', () => {
  it('has every Member State and three fictional States, each with a point of contact at each level', () => {
    expect(sampleParties.filter((party) => party.kind === 'member-state')).toHaveLength(193);
    expect(
      sampleParties.filter((party) => party.kind === 'fictional-state').map((party) => party.code),
    ).toEqual(['XA', 'XB', 'XC']);
    for (const party of sampleParties)
      expect(new Set(party.contacts.map((contact) => contact.level))).toEqual(
        new Set(['technical', 'diplomatic', 'policy']),
      );
  });

  it('has addresses that can never belong to anyone', () => {
    const addresses = [
      ...sampleParties.flatMap((party) => party.contacts.map((contact) => contact.address)),
      ...sampleAccounts.map((account) => account.email),
    ];
    for (const address of addresses)
      expect([address, isMailAddress(address), isExampleAddress(address)]).toEqual([address, true, true]);
    expect(new Set(addresses).size).toBe(addresses.length);
  });

  it('lets nobody act in the name of a real State', () => {
    for (const { party, email } of sampleAccounts)
      expect([email, party === null || isUserAssigned(party)]).toEqual([email, true]);
    for (const party of sampleParties)
      expect([party.code, isUserAssigned(party.code)]).toEqual([
        party.code,
        party.kind === 'fictional-state',
      ]);
  });
});
