import { createHash } from 'node:crypto';

const alphabet = 'ybndrfg8ejkmcpqxot1uwisza345h769';

/** z-base-32, as Web Key Directories name their files: five bits a character, the highest first. */
export function zBase32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? [])
    .map((five) => alphabet[Number.parseInt(five.padEnd(5, '0'), 2)] ?? '')
    .join('');
}

/**
 * Where the keys of a mail address are published (draft-koch-openpgp-webkey-service, 3.1): the address of the advanced
 * method first, then that of the direct one.
 */
export function webKeyAddresses(mailbox: string): readonly [advanced: string, direct: string] {
  const at = mailbox.lastIndexOf('@');
  const local = mailbox.slice(0, at);
  const domain = mailbox.slice(at + 1).toLowerCase();
  const hash = zBase32(createHash('sha1').update(local.toLowerCase()).digest());
  const known = '.well-known/openpgpkey';
  const file = `hu/${hash}?l=${encodeURIComponent(local)}`;
  return [`https://openpgpkey.${domain}/${known}/${domain}/${file}`, `https://${domain}/${known}/${file}`];
}
