import { BlockList, isIP } from 'node:net';

type Subnet = readonly [network: string, prefix: number];

/** IPv4 that is no public place (IANA special-purpose address registry), and one cloud's address for its own metadata. */
const notPublic4: readonly Subnet[] = [
  ...([
    ['0.0.0.0', 8],
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['169.254.0.0', 16],
  ] as const),
  ...([
    ['172.16.0.0', 12],
    ['192.0.0.0', 24],
    ['192.0.2.0', 24],
    ['192.31.196.0', 24],
  ] as const),
  ...([
    ['192.52.193.0', 24],
    ['192.88.99.0', 24],
    ['192.168.0.0', 16],
    ['192.175.48.0', 24],
  ] as const),
  ...([
    ['198.18.0.0', 15],
    ['198.51.100.0', 24],
    ['203.0.113.0', 24],
  ] as const),
  ...([
    ['224.0.0.0', 4],
    ['240.0.0.0', 4],
    ['168.63.129.16', 32],
  ] as const),
];

/**
 * IPv6 that is no public place: all outside 2000::/3, which takes loopback, mapped and translated IPv4, unique local,
 * link-local and multicast along; and within it what carries IPv4 (Teredo, 6to4), benchmarks and documentation.
 */
const notPublic6: readonly Subnet[] = [
  ...([
    ['::', 3],
    ['4000::', 2],
    ['8000::', 1],
  ] as const),
  ...([
    ['2001::', 23],
    ['2001:db8::', 32],
    ['2002::', 16],
    ['2620:4f:8000::', 48],
    ['3fff::', 20],
  ] as const),
];

const listOf = (subnets: readonly Subnet[], family: 'ipv4' | 'ipv6'): BlockList => {
  const list = new BlockList();
  for (const [network, prefix] of subnets) list.addSubnet(network, prefix, family);
  return list;
};

const [blocked4, blocked6] = [listOf(notPublic4, 'ipv4'), listOf(notPublic6, 'ipv6')];
const loopback4 = listOf([['127.0.0.0', 8]], 'ipv4');

/** Whether an address, in its usual spelling, is a public one of unicast. What is no address is not. */
export function isPublic(address: string): boolean {
  const family = isIP(address);
  // An address with a zone belongs to a link.
  if (family === 0 || address.includes('%')) return false;
  return family === 4 ? !blocked4.check(address, 'ipv4') : !blocked6.check(address, 'ipv6');
}

/** Whether an address is this machine itself. */
export const isLoopback = (address: string): boolean =>
  address === '::1' || (isIP(address) === 4 && loopback4.check(address, 'ipv4'));
