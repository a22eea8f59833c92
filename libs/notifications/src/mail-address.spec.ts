import fc from 'fast-check';
import { isExampleAddress, isMailAddress } from './mail-address.js';

describe('the address grammar', () => {
  it.each(['cert@xb.example', 'a.b-c+d@sub.domain.example', "o'neil@xa.example"])('takes %s', (address) => {
    expect(isMailAddress(address)).toBe(true);
  });

  it.each([
    'a@x.example\r\nBcc: evil@y.example',
    'a@x.example\nb',
    'a@x.example, evil@y.example',
    '<a@x.example>',
    'A <a@x.example>',
    '"a b"@x.example',
    'a@(comment)x.example',
    'a@[127.0.0.1]',
    'a@127.0.0.1',
    'a@localhost',
    'a..b@x.example',
    '.a@x.example',
    'a@-x.example',
    'a@x.example ',
    'ä@x.example',
    'a@x.example\0',
    'a'.repeat(65) + '@x.example',
    'a@' + 'b'.repeat(64) + '.example',
    'a@' + 'b.'.repeat(130) + 'example',
    '',
  ])('refuses %j', (address) => {
    expect(isMailAddress(address)).toBe(false);
  });

  it('takes nothing with a character that could end a header or start another address', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.constantFrom('\r', '\n', '\0', ',', ';', '<', '>', ' ', '"', '('),
        fc.string(),
        (a, bad, b) => {
          expect(isMailAddress(`${a}${bad}${b}`)).toBe(false);
          expect(isMailAddress(`x${bad}@a.example`)).toBe(false);
        },
      ),
    );
  });

  it('knows the addresses of samples', () => {
    expect(isExampleAddress('cert@xb.example')).toBe(true);
    expect(isExampleAddress('cert@example.org')).toBe(false);
  });
});
