import { getPublicSuffix } from 'tldts';
import type { ConstituencyKind } from './entry-words.js';

/** One thing that a body answers for, as it is given and as it is answered. */
export interface ConstituencyItem {
  kind: ConstituencyKind;
  value: string;
}

/** The same in one spelling, with the columns by which it is found. */
export interface ConstituencyValue extends ConstituencyItem {
  asn: number | null;
  range: string | null;
}

const domain = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?!\d+$)[a-z0-9-]{2,63}$/;
const word = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const wordFault = 'must be small letters and digits, joined by hyphens';

/** The value in its one spelling, or what is wrong with it. ASNs: RFC 6793 and 5396; ranges: CIDR, RFC 4632 and 4291. */
export function readConstituency({ kind, value }: ConstituencyItem): ConstituencyValue | { fault: string } {
  const found = { kind, asn: null, range: null };
  switch (kind) {
    case 'asn': {
      const digits = /^(?:AS)?(\d{1,10})$/i.exec(value)?.[1];
      const asn = Number(digits);
      if (digits === undefined || asn > 4_294_967_295)
        return { fault: 'must be a number of an autonomous system' };
      return { ...found, value: `AS${asn}`, asn };
    }
    case 'range': {
      const range = readRange(value);
      return typeof range === 'string' ? { ...found, value: range, range } : range;
    }
    case 'domain': {
      const lower = value.toLowerCase();
      if (!domain.test(lower)) return { fault: 'must be a domain name in ASCII' };
      if (getPublicSuffix(lower, { allowPrivateDomains: true }) === lower)
        return { fault: 'must be below a suffix under which anybody registers names' };
      return { ...found, value: lower };
    }
    case 'country':
      return /^[A-Z]{2}$/.test(value)
        ? { ...found, value }
        : { fault: 'must be a code of two capital letters (ISO 3166-1 alpha-2)' };
    case 'sector':
    case 'type':
      return word.test(value) && value.length <= 60 ? { ...found, value } : { fault: wordFault };
  }
}

/**
 * The shortest prefixes that somebody answers for, or a few words would claim the whole internet: the largest blocks that
 * registries have given to one holder, a /8 of IPv4 and a /19 of IPv6. Who has more names each block.
 */
const shortestPrefix = { 32: 8, 128: 19 } as const;
const rangeFault = { fault: 'must be a range of addresses such as 198.51.100.0/24 or 2001:db8::/32' };

/** A range as it is written, without host bits: one that has any names no whole block. */
function readRange(text: string): string | { fault: string } {
  const [, address = '', length = ''] = /^([0-9a-fA-F.:]{2,45})\/(\d{1,3})$/.exec(text) ?? [];
  const bits = address.includes(':') ? bitsOf6(address) : bitsOf4(address);
  const prefix = Number(length);
  if (bits === undefined || prefix > bits.length) return rangeFault;
  if (bits.slice(prefix).includes('1')) return { fault: 'must have no bits beyond its prefix length' };
  const shortest = shortestPrefix[bits.length === 32 ? 32 : 128];
  if (prefix < shortest) return { fault: `must have a prefix length of ${shortest} or more` };
  // As URLs spell it: one spelling for each address (RFC 5952).
  const one = address.includes(':') ? new URL(`http://[${address}]`).hostname.slice(1, -1) : address;
  return `${one}/${prefix}`;
}

const binary = (numbers: readonly number[], width: number): string =>
  numbers.map((one) => one.toString(2).padStart(width, '0')).join('');

function bitsOf4(text: string): string | undefined {
  const parts = text.split('.');
  const fits = parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part));
  const numbers = parts.map(Number);
  return fits && numbers.every((one) => one <= 255) ? binary(numbers, 8) : undefined;
}

function bitsOf6(text: string): string | undefined {
  const halves = text.split('::').map((half) => (half === '' ? [] : half.split(':')));
  if (halves.length > 2 || halves.flat().some((group) => !/^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  const [left = [], right = []] = halves;
  const missing = 8 - left.length - right.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const groups = [...left, ...Array<string>(missing).fill('0'), ...right];
  return binary(
    groups.map((group) => Number.parseInt(group, 16)),
    16,
  );
}
