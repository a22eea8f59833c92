import fc from 'fast-check';
import { createCleartextMessage, generateKey, sign } from 'openpgp';
import { entriesInSixScripts } from '../../../../test/harness/entries-in-six-scripts.js';
import { readSecurityTxt } from './read-security-txt.js';
import { expiryOf, writeSecurityTxt } from './security-txt.js';
import { tidyEntry } from './tidy-entry.js';
import { teamContact } from './ti-json.js';

const at = new Date('2026-07-01T09:00:00Z');
const bytes = (text: string) => new TextEncoder().encode(text);
const read = (text: string) => readSecurityTxt(bytes(text), { at });

describe('a security.txt', () => {
  it('comes back as it was written: channels and keys in order, languages, the day on which it ends', async () => {
    await fc.assert(
      fc.asyncProperty(entriesInSixScripts, async (entry) => {
        const text = writeSecurityTxt([entry], { at, url: 'https://xa.example/.well-known/security.txt' });
        const contact = teamContact(tidyEntry(entry));
        const ways = (contact?.channels ?? []).filter(({ kind }) => /mail|telephone/.test(kind));
        const { drafts } = await read(text);
        const [back] = drafts[0]?.pointsOfContact ?? [];
        expect(back?.channels.map(({ address }) => address)).toEqual(ways.map(({ address }) => address));
        expect(new Set(back?.channels.map(({ expiresOn }) => expiresOn ?? ''))).toEqual(
          new Set(ways.length > 0 ? [expiryOf(ways, at)] : []),
        );
        expect(back?.languages).toEqual(contact?.languages ?? []);
        // A fingerprint of a certificate is none of OpenPGP (RFC 9116, 2.5.4).
        const placed = (contact?.keys ?? []).filter(
          ({ standard, url, fingerprint }) => url ?? (standard === 'smime' ? undefined : fingerprint),
        );
        expect(back?.keys.map(({ url, fingerprint }) => url ?? fingerprint)).toEqual(
          placed.map(({ url, fingerprint }) => url ?? fingerprint),
        );
        expect(drafts[0]?.body.names).toEqual({ und: 'xa.example' });
      }),
      { numRuns: 100 },
    );
  });

  it('is good for less than a year', () => {
    expect(expiryOf([], at)).toBe('2027-06-30');
  });

  it('is of one body', () => {
    expect(() => writeSecurityTxt([], { at })).toThrow(RangeError);
  });

  it('is read with what is wrong in it', async () => {
    const { drafts, findings } = await read(
      '\uFEFF# Our desk\r\nContact: mailto:cert%2Bsec@xa.example\r\nContact: cert@xa.example\r\n' +
        'contact: https://xa.example/report\r\nExpires: 2026-01-31T00:00:00Z\r\nColour: red\r\nwrite to us\r\n' +
        'Encryption: openpgp4fpr:0123456789abcdef0123456789abcdef01234567\r\nPolicy: https://xa.example/p\r\n' +
        'Preferred-Languages: en, fr, 4\r\n',
    );
    expect(drafts[0]?.pointsOfContact[0]).toMatchObject({
      languages: ['en', 'fr'],
      channels: [{ address: 'cert+sec@xa.example', expiresOn: '2026-01-30' }, { address: 'cert@xa.example' }],
      keys: [{ fingerprint: '0123456789ABCDEF0123456789ABCDEF01234567' }],
    });
    expect(drafts[0]?.pointsOfContact[0]?.channels.map((channel) => channel.at)).toEqual([
      ...[{ line: 2 }, { line: 3 }],
    ]);
    expect(drafts[0]?.unread).toEqual([
      { line: 4, text: 'https://xa.example/report' },
      { line: 7, text: 'write to us' },
    ]);
    expect(findings.map(({ code, line }) => [code, line])).toEqual([
      ['assumed', 3],
      ['no-place', 4],
      ['unknown-field', 6],
      ['unread', 7],
      ['no-place', 9],
      ['bad-value', 10],
      ['expired', undefined],
      ['understood', undefined],
    ]);
  });

  it('that is signed is read within its signature, and says whether that holds', async () => {
    const of = await generateKey({
      userIDs: [{ email: 'cert@xa.example' }],
      date: new Date('2026-01-01'),
      format: 'object',
    });
    const text = 'Contact: mailto:cert@xa.example\n- a line with a dash\nExpires: 2026-12-31T23:59:59Z\n';
    const signed = await sign({
      ...{ message: await createCleartextMessage({ text }), signingKeys: of.privateKey },
      date: new Date('2026-02-01'),
    });
    const told = async (document: string, keys: string[]) => {
      const { drafts, findings } = await readSecurityTxt(bytes(document), { at, keys });
      expect(drafts[0]?.pointsOfContact[0]?.channels).toMatchObject([{ expiresOn: '2026-12-31' }]);
      expect(drafts[0]?.unread.map((one) => one.text)).toEqual([expect.stringMatching(/^- a line with a /)]);
      return findings.filter(({ code }) => code === 'signed').map(({ detail }) => detail);
    };
    const key = of.publicKey.armor();
    expect(await told(signed, [key])).toEqual(['The document is signed with a key that is known.']);
    expect(await told(signed, ['no key'])).toEqual([expect.stringContaining('not verified')]);
    expect(await told(signed.replace('a dash', 'a  dash'), [key])).toEqual([
      expect.stringContaining('does not fit'),
    ]);
  });

  it.each(['', 'Hello', '\u0000\u0001'])('is refused where none of its fields is there: %j', async (text) => {
    const { drafts, findings } = await read(text);
    expect(drafts).toEqual([]);
    expect(findings).toMatchObject([{ severity: 'refuse', code: 'not-this-format' }]);
  });
});
