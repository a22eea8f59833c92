import { isExampleAddress } from '#libs/notifications';
import { isUserAssigned } from '#libs/parties';
import { incident } from './incident.js';

describe('the incident of the demo', () => {
  it('plays between fictional States and mailboxes only', () => {
    const { requester, addressee, request } = incident;
    for (const code of [requester.party, addressee.party, request.from, ...request.to])
      expect([code, isUserAssigned(code)]).toEqual([code, true]);
    for (const address of [requester.officer, requester.told, addressee.officer, addressee.told])
      expect([address, isExampleAddress(address)]).toEqual([address, true]);
  });
});
