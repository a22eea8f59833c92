/** Blocks of addresses that are nobody's on the public internet (IANA special-purpose address registries). */
export const specialRanges: readonly (readonly [range: string, is: string, source: string])[] = [
  ['0.0.0.0/8', 'this network', 'RFC 791'],
  ['10.0.0.0/8', 'private', 'RFC 1918'],
  ['100.64.0.0/10', 'shared behind translators of an operator', 'RFC 6598'],
  ['127.0.0.0/8', 'the machine itself', 'RFC 1122'],
  ['169.254.0.0/16', 'link-local', 'RFC 3927'],
  ['172.16.0.0/12', 'private', 'RFC 1918'],
  ['192.0.0.0/24', 'assigned for protocols', 'RFC 6890'],
  ['192.0.2.0/24', 'for documentation', 'RFC 5737'],
  ['192.88.99.0/24', 'once of 6to4 relays', 'RFC 7526'],
  ['192.168.0.0/16', 'private', 'RFC 1918'],
  ['198.18.0.0/15', 'for measurements of devices', 'RFC 2544'],
  ['198.51.100.0/24', 'for documentation', 'RFC 5737'],
  ['203.0.113.0/24', 'for documentation', 'RFC 5737'],
  ['224.0.0.0/4', 'multicast', 'RFC 5771'],
  ['240.0.0.0/4', 'reserved', 'RFC 1112'],
  ['::/128', 'no address', 'RFC 4291'],
  ['::1/128', 'the machine itself', 'RFC 4291'],
  ['64:ff9b::/96', 'translated from IPv4', 'RFC 6052'],
  ['64:ff9b:1::/48', 'translated from IPv4, locally', 'RFC 8215'],
  ['100::/64', 'discarded', 'RFC 6666'],
  ['2001::/32', 'carried by Teredo', 'RFC 4380'],
  ['2001:2::/48', 'for measurements of devices', 'RFC 5180'],
  ['2001:db8::/32', 'for documentation', 'RFC 3849'],
  ['2002::/16', 'carried by 6to4', 'RFC 3056'],
  ['3fff::/20', 'for documentation', 'RFC 9637'],
  ['5f00::/16', 'of segment routing', 'RFC 9602'],
  ['fc00::/7', 'unique local', 'RFC 4193'],
  ['fe80::/10', 'link-local', 'RFC 4291'],
  ['ff00::/8', 'multicast', 'RFC 4291'],
];

const systems: readonly (readonly [first: number, last: number, is: string, source: string])[] = [
  [0, 0, 'reserved', 'RFC 7607'],
  [23456, 23456, 'stands for numbers of four octets', 'RFC 6793'],
  [64496, 64511, 'for documentation', 'RFC 5398'],
  [64512, 65534, 'private', 'RFC 6996'],
  [65535, 65535, 'reserved', 'RFC 7300'],
  [65536, 65551, 'for documentation', 'RFC 5398'],
  [65552, 131071, 'reserved', 'IANA'],
  [4200000000, 4294967294, 'private', 'RFC 6996'],
  [4294967295, 4294967295, 'reserved', 'RFC 7300'],
];

/** What an autonomous system's number is, where it is nobody's. */
export function specialSystem(asn: number): { is: string; source: string } | null {
  const found = systems.find(([first, last]) => asn >= first && asn <= last);
  return found ? { is: found[2], source: found[3] } : null;
}
