import 'reflect-metadata';
import { enums, generateKey, revokeKey } from 'openpgp';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509Certificate,
  X509CertificateGenerator,
  type Extension,
} from '@peculiar/x509';
import { certificateHolder } from '../../../../test/harness/certificate-holder.js';
import { isFit, readBinaryKeys, readKeyFile } from './key-file.js';
import type { ReadKey } from './read-key.js';

const at = new Date('2026-11-23T09:00:00Z');
const day = 86_400_000;
const days = (count: number) => new Date(at.getTime() + count * day);
const address = 'desk@xb.example';

type Options = Partial<Omit<Parameters<typeof generateKey>[0], 'format'>>;
const made = async (options: Options = {}) =>
  generateKey({
    ...{ type: 'curve25519', userIDs: [{ name: 'Desk', email: 'Desk@xb.example' }], date: days(-10) },
    ...{ keyExpirationTime: (400 * day) / 1000, ...options },
    format: 'object',
  });
const read = async (file: string, when = at) => readKeyFile(file, address, when);
const one = async (file: string, when = at): Promise<ReadKey> => {
  const { keys, findings } = await read(file, when);
  expect([keys.length, findings]).toEqual([1, []]);
  return keys[0] as ReadKey;
};
const codes = ({ findings }: { findings: readonly { code: string }[] }) => findings.map(({ code }) => code);
/** DSA with 1024 bits, ElGamal, signed with SHA-1: what programs of today no longer make. */
const oldKey = `-----BEGIN PGP PUBLIC KEY BLOCK-----

mQGiBGsCiQkRBACmTkkaHF0K+X7Z9qA/pHsFdn0dstjekZJle5TWOBbDUrQ2w+3B
eAF+R1Xb07tIaeMybpnfSgfv3GTNJnm6iQKLcYnNOW4lf1u8Rj+HVlf31HwNJUMK
cWn5MZA9Yc8NcFNS4lray3n+9UQ9/fd6v71l4kKyl4uY9wTsamsfiifhEwCgnaXL
HoE2nBdYsh7ngr+goXZKOC8EAIuygQyP7hDEqyMbq2UYp0uYOrmY+K8K6eLyX2HJ
uovmAAP4BtGgiPHNifRdtnDPVDvQwAL7vd7QoFFguq6NQjYpXTfu8b7wcweF9A1m
/pndWoyTmoL55Y45zYPeor5jxhR+caInE7TfiogmwsYPwFqnxfs+zLniWXhzjkzm
bVOcA/9k0FLfMnP9mgUl1JdjQLOdCjvduNVjeA1CRlQCJ2u/gAm9lxwM9b5GxAPn
ZnFcPsi8Z8pUMLGe2Fqfrwjq20auzCvBoQc0S7vRm0EJLqZsHEjxSxq4vjkkPXbd
3GKZFZe4csyrE/jsUFC0RAzJZY+nbHlWGBHyZCy9ok8hLWCvHbQZT2xkIGRlc2sg
PG9sZEB4Yi5leGFtcGxlPoh4BBMRAgA4FiEESpaCofEBnncuyBsi/DPyjupKgeIF
AmsCiQkCGwEFCwkIBwIGFQoJCAsCBBYCAwECHgECF4AACgkQ/DPyjupKgeLA8wCd
Hncgjf2/UZKbnfEr9R7vyqtZ1BsAniV603J/e6RD10Q/IQxLzWUDu8cLuQENBGsC
iQkQBACVcOWPuPGZvC6GaupalHQe7SsI+KiY1K6k+zDXlxcL5qdJcJDGafiD1ysJ
j8a7JH3J3vHkO9oVtjyhtRpi6zUjBYoXAtrq1q41CroOAPW7FsK4oBELwKpoegRM
uCiJSt8W2kuRYl6TDwUMWXpae8p1rtiwULdk+srueZZiCrolowADBQP/YT9Kgwb3
Ow5dtP1RGhzwvRoaoqr0QfsK8ZwHihBbmNiFU1PhHP6Mp3j4C+/IHxfsFuV3gGVX
izbI+EgLJGxkdLrkN8LGUhj37+5pPSrOPB1R3WVhJq9dO1CRpbkJK/OwTPFugf4A
yE6/evz+srmBLNsWOWPgO4Dy3ScVuuJJ59SIYAQYEQIAIBYhBEqWgqHxAZ53Lsgb
Ivwz8o7qSoHiBQJrAokJAhsMAAoJEPwz8o7qSoHijlsAnAmPePBft8IoZgajVJU2
hcNEEo2CAJ49iHarn/Qn+5+ZSd8IfVlascwhNQ==
=1LNO
-----END PGP PUBLIC KEY BLOCK-----`;

describe('a file with OpenPGP keys', () => {
  it('is read armored, with text around it, or binary, and says what the key is', async () => {
    const { publicKey } = await made();
    const key = await one(`Our key:\r\n${publicKey.armor()}\r\nRegards`);
    expect(key).toMatchObject({
      ...{ kind: 'openpgp', fingerprint: publicKey.getFingerprint(), userIds: ['Desk <Desk@xb.example>'] },
      ...{ namesAddress: true, algorithm: 'ed25519', bits: null, canEncrypt: true, findings: [] },
      ...{ createdAt: days(-10), expiresAt: days(390) },
    });
    const binary = Buffer.from(publicKey.write()).toString('base64');
    expect(await one(binary)).toEqual(key);
    expect(await one(key.material)).toEqual(key);
  });

  it('may hold several, of which each is read for itself', async () => {
    const [first, second] = [await made(), await made({ userIDs: [{ email: 'other@xb.example' }] })];
    const armored = `${first.publicKey.armor()}\n${second.publicKey.armor()}`;
    const binary = Buffer.concat([first.publicKey.write(), second.publicKey.write()]);
    for (const { keys } of [await read(armored), await readBinaryKeys(binary, address, at)])
      expect(keys.map(codes)).toEqual([[], ['address-not-named']]);
    const eleven = Buffer.concat(Array.from({ length: 11 }, () => first.publicKey.write()));
    expect(codes(await readBinaryKeys(eleven, address, at))).toEqual(['too-many']);
  });

  it('is refused whole, and loudly, where a private part is in it', async () => {
    const { privateKey, publicKey } = await made();
    const binary = Buffer.from(privateKey.write());
    const found = [
      await read(`${publicKey.armor()}\n${privateKey.armor()}`),
      await readBinaryKeys(Buffer.concat([publicKey.write(), binary]), address, at),
      await read(binary.toString('base64')),
      await read(`-----BEGIN ${'EC PRIVATE'} KEY-----\nAA\n-----END EC PRIVATE KEY-----`),
      await read(privateKey.armor().replaceAll('PRIVATE', 'PUBLIC')),
      await readBinaryKeys(Buffer.from('3082010002010330', 'hex'), address, at),
    ];
    for (const { keys, findings } of found) {
      expect(keys).toEqual([]);
      expect(findings).toMatchObject([{ code: 'private-key', verdict: 'refuse' }]);
    }
  });

  it('is refused where the key is revoked or has expired, and warned of before', async () => {
    const { privateKey, publicKey } = await made();
    const { publicKey: revoked } = await revokeKey({ key: privateKey, format: 'object', date: days(-1) });
    expect([codes(await one(revoked.armor())), isFit(await one(revoked.armor()))]).toEqual([
      ['revoked'],
      false,
    ]);
    const armored = publicKey.armor();
    expect(codes(await one(armored, days(300)))).toEqual(['expires-soon']);
    expect([codes(await one(armored, days(390))), isFit(await one(armored, days(390)))]).toEqual([
      ['expired'],
      false,
    ]);
    const { publicKey: endless } = await made({ keyExpirationTime: 0 });
    expect(await one(endless.armor())).toMatchObject({ expiresAt: null, findings: [{ verdict: 'accept' }] });
  });

  it('ends with the last part that can be encrypted to, and has one at all', async () => {
    const { publicKey } = await made({ subkeys: [{ keyExpirationTime: (50 * day) / 1000 }] });
    expect(await one(publicKey.armor())).toMatchObject({ expiresAt: days(40), canEncrypt: true });
    const { publicKey: signing } = await made({ subkeys: [{ sign: true }] });
    const key = await one(signing.armor());
    expect([key.canEncrypt, codes(key), isFit(key)]).toEqual([false, ['cannot-encrypt'], true]);
    expect(codes(await one(publicKey.armor(), days(45)))).toEqual(['cannot-encrypt']);
  });

  it('is warned of where its algorithms are weak', async () => {
    const short = { minRSABits: 1024 };
    const { publicKey } = await made({ type: 'rsa', rsaBits: 1024, config: short });
    expect(codes(await one(publicKey.armor()))).toEqual(['cannot-encrypt', 'rsa-short']);
    const old = await one(oldKey, new Date('2026-11-25T09:00:00Z'));
    expect([old.algorithm, codes(old)]).toEqual([
      'dsa',
      ['address-not-named', 'cannot-encrypt', 'dsa', 'sha-1', 'no-expiry'],
    ]);
  });

  it('is refused where it is too much, or nothing that can be read', async () => {
    const { publicKey } = await made();
    const armored = publicKey.armor();
    for (const [file, code] of [
      ['x'.repeat(200_001), 'too-large'],
      ['', 'unreadable'],
      ['Dear colleague', 'unreadable'],
      ['A'.repeat(400), 'unreadable'],
      [Buffer.alloc(300, 0xff).toString('base64'), 'unreadable'],
      [`${armored.slice(0, 300)}\n-----END PGP PUBLIC KEY BLOCK-----`, 'unreadable'],
      ['-----BEGIN PGP PUBLIC KEY BLOCK-----\n', 'unreadable'],
      ['-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----', 'unreadable'],
    ] as const)
      expect([file.slice(0, 40), codes(await read(file))]).toEqual([file.slice(0, 40), [code]]);
    const crowd = Array.from({ length: 51 }, (_, index) => ({ email: `desk${index}@xb.example` }));
    const { publicKey: many } = await made({ userIDs: crowd });
    const key = await one(many.armor());
    expect([codes(key).at(0), key.userIds.length, isFit(key)]).toEqual(['too-many-parts', 50, false]);
  });

  it('is refused with more signatures on one of its parts than are checked', async () => {
    const { publicKey } = await made();
    const [user] = publicKey.users;
    if (user)
      user.selfCertifications = Array.from({ length: 51 }, () => user.selfCertifications[0]).flatMap(
        (one) => one ?? [],
      );
    expect(codes(await one(publicKey.armor())).at(0)).toBe('too-many-parts');
  });

  it('is read once from front to back, however often it begins and never ends', async () => {
    for (const begin of ['-----BEGIN PGP PUBLIC KEY BLOCK-----', '-----BEGIN CERTIFICATE-----'])
      expect(codes(await read(`${begin}\n`.repeat(5_000)))).toEqual(['unreadable']);
  });

  it('does not take a key that somebody put a name on without its holder', async () => {
    const [theirs, ours] = [await made({ userIDs: [{ email: 'x@xc.example' }] }), await made()];
    const packets = theirs.publicKey.toPacketList();
    const forged = ours.publicKey.toPacketList().filter(({ constructor }) => {
      const { tag } = constructor as unknown as { tag: number };
      return tag === Number(enums.packet.userID);
    });
    packets.push(...forged);
    const file = Buffer.from(packets.write());
    const { keys } = await readBinaryKeys(file, address, at);
    expect(keys.map(({ namesAddress }) => namesAddress)).toEqual([false]);
  });
});

describe('a file with certificates', () => {
  const pair = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const mail = new SubjectAlternativeNameExtension([{ type: 'email', value: address }]);
  const certificate = async (
    extensions: Extension[] = [mail],
    { name = 'CN=Desk', until = 400, issued = false, algorithm = pair } = {},
  ) => {
    const keys = await crypto.subtle.generateKey(algorithm, true, [...(['sign', 'verify'] as const)]);
    const own = { notBefore: days(-1), notAfter: days(until), extensions };
    const signed = { signingAlgorithm: algorithm, serialNumber: '01' };
    return issued
      ? X509CertificateGenerator.create({
          ...{ ...own, ...signed, subject: name, issuer: 'CN=Authority', publicKey: keys.publicKey },
          signingKey: (await crypto.subtle.generateKey(pair, true, ['sign', 'verify'])).privateKey,
        })
      : X509CertificateGenerator.createSelfSigned({ ...own, ...signed, name, keys });
  };

  it('is read as PEM or DER, and says what the certificate is', async () => {
    const made = await certificate();
    const key = await one(`Subject: x\n${made.toString('pem')}\n`);
    expect(key).toMatchObject({
      ...{ kind: 'smime', userIds: ['CN=Desk', address], namesAddress: true, algorithm: 'ecdsa' },
      ...{ curve: 'P-256', canEncrypt: true, expiresAt: made.notAfter },
      findings: [{ code: 'self-signed', verdict: 'warn' }],
    });
    expect(key.fingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect(await one(Buffer.from(made.rawData).toString('base64'))).toEqual(key);
    expect(await one(key.material)).toEqual(key);
  });

  it('says that the chain is not verified, and leaves out authorities', async () => {
    const [issued, authority] = [
      await certificate([mail], { issued: true }),
      await certificate([new BasicConstraintsExtension(true)], { name: 'CN=Authority' }),
    ];
    const { keys } = await read(`${issued.toString('pem')}\n${authority.toString('pem')}`);
    expect(keys.map((key) => [codes(key), isFit(key)])).toEqual([
      [['chain-not-verified'], true],
      [['authority', 'self-signed', 'address-not-named'], false],
    ]);
  });

  it('tells from its usages whether anything can be encrypted to it', async () => {
    const use = (flags: number) => new KeyUsagesExtension(flags);
    const purpose = (oid: string) => new ExtendedKeyUsageExtension([oid]);
    const both = KeyUsageFlags.digitalSignature | KeyUsageFlags.keyEncipherment;
    for (const [kind, extensions, can] of [
      ['P-256', [], true],
      ['P-256', [use(KeyUsageFlags.digitalSignature)], false],
      ['P-256', [use(KeyUsageFlags.keyAgreement)], true],
      // Keys are sent to RSA keys and agreed on with those on curves: one does not stand for the other.
      ['P-256', [use(KeyUsageFlags.keyEncipherment)], false],
      ['rsa', [use(both), purpose(ExtendedKeyUsage.emailProtection)], true],
      ['rsa', [use(KeyUsageFlags.keyAgreement)], false],
      ['rsa', [purpose(ExtendedKeyUsage.serverAuth)], false],
      ['ed25519', [], false],
    ] as const) {
      const { certificate: pem } = await certificateHolder(address, kind, { extensions: [...extensions] });
      const { canEncrypt, findings } = await one(pem);
      const told = findings.some(({ code }) => code === 'cannot-encrypt');
      expect([kind, extensions.length, canEncrypt, told]).toEqual([kind, extensions.length, can, !can]);
    }
  });

  it('cannot be encrypted to where its key is none, whatever else it says', async () => {
    const { certificate: pem } = await certificateHolder(address, 'P-256');
    const { rawData, publicKey } = new X509Certificate(pem);
    const [der, spki] = [Buffer.from(rawData), Buffer.from(publicKey.rawData)];
    expect((await one(der.toString('base64'))).canEncrypt).toBe(true);
    // The last byte of a point: what comes out does not lie on the curve.
    const last = der.indexOf(spki) + spki.length - 1;
    der.writeUInt8(der.readUInt8(last) ^ 1, last);
    const key = await one(der.toString('base64'));
    expect([key.curve, key.canEncrypt, codes(key).includes('cannot-encrypt')]).toEqual([
      'P-256',
      false,
      true,
    ]);
  });

  it('is refused when it is over, and warned of when it is weak or of another address', async () => {
    const old = await one((await certificate([mail], { until: -0.5 })).toString('pem'));
    expect([codes(old), isFit(old)]).toEqual([['self-signed', 'expired'], false]);
    const rsa = {
      ...{ name: 'RSASSA-PKCS1-v1_5', modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]) },
      ...{ hash: 'SHA-1', namedCurve: '' },
    };
    const weak = await one((await certificate([], { algorithm: rsa, until: 80 })).toString('pem'));
    expect([weak.bits, codes(weak)]).toEqual([
      1024,
      ['self-signed', 'address-not-named', 'cannot-encrypt', 'rsa-short', 'sha-1', 'expires-soon'],
    ]);
    const named = await one((await certificate([], { name: `CN=Desk, E=${address}` })).toString('pem'));
    expect(named.namesAddress).toBe(true);
  });
});
