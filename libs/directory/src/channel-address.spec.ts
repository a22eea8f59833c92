import { endpointOf } from '#libs/notifications';
import { readAddress } from './channel-address.js';

const read = (...given: Parameters<typeof readAddress>) => {
  const found = readAddress(...given);
  return 'address' in found ? found.address : null;
};

describe('the address of a channel', () => {
  it.each([
    ['telephone', '+41 22 917 12 34', '+41229171234'],
    ['emergency-telephone', '+1 (212) 963-1234', '+12129631234'],
    ['fax', '+41229171234', '+41229171234'],
    ['messenger', '@cert-xb', '@cert-xb'],
    ['messenger', 'matrix:u/cert:xb.example', 'matrix:u/cert:xb.example'],
    ['messenger', 'xmpp:duty@xb.example', 'xmpp:duty@xb.example'],
    ['webhook', 'https://hooks.xb.example/aldis', 'https://hooks.xb.example/aldis'],
    [
      'gateway',
      'HTTPS://GATEWAY.xb.example/sms?a=1  +41 22 917 12 34',
      'https://gateway.xb.example/sms?a=1 +41229171234',
    ],
  ] as const)('of a %s may be %s', (kind, text, address) => {
    expect(read(kind, text)).toBe(address);
  });

  it.each([
    ['telephone', '022 917 12 34'],
    ['telephone', '+41 22'],
    ['telephone', '+999 123 456 789'],
    ['telephone', '+41 22 917 12 34 ext. 5'],
    ['telephone', '+41229171234\r\n'],
    ['fax', ''],
    ['messenger', 'cert'],
    ['messenger', 'javascript:alert(1)'],
    ['messenger', '@a b'],
    ['messenger', 'xmpp:a\nb'],
    ['webhook', 'http://hooks.xb.example/'],
    ['webhook', 'https://user:secret@hooks.xb.example/'],
    ['webhook', 'https://hooks.xb.example/#part'],
    ['webhook', 'https://localhost/'],
    ['webhook', 'https://127.0.0.1/'],
    ['webhook', 'https://0x7f.1/'],
    ['webhook', 'https://[::1]/'],
    ['gateway', `https://xb.example/${'a'.repeat(500)} +41229171234`],
    ['gateway', 'https://gateway.xb.example/'],
    ['gateway', 'https://gateway.xb.example/ 022 917 12 34'],
    ['gateway', 'https://gateway.xb.example/ +41229171234 +41229171235'],
    ['gateway', 'https://gateway.xb.example/ +41229171234 https://other.xb.example/'],
    ['gateway', 'https://gateway.xb.example/\t+41229171234'],
    ['gateway', '+41229171234 https://gateway.xb.example/'],
    ['gateway', 'http://gateway.xb.example/ +41229171234'],
  ] as const)('of a %s is not %j', (kind, text) => {
    expect(read(kind, text)).toBeNull();
  });

  it('of a gateway is taken apart as it was put together', () => {
    const address = read('gateway', 'https://gateway.xb.example/sms +41 22 917 12 34') ?? '';
    expect(endpointOf(address)).toEqual({ url: 'https://gateway.xb.example/sms', to: '+41229171234' });
    expect(endpointOf('https://hooks.xb.example/')).toEqual({ url: 'https://hooks.xb.example/', to: null });
  });
});
