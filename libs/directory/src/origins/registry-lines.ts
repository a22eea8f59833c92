export const registries = ['afrinic', 'apnic', 'arin', 'lacnic', 'ripencc'] as const;
export type Registry = (typeof registries)[number];
const types = ['ipv4', 'ipv6', 'asn'] as const;
type RecordType = (typeof types)[number];

/** The first line of a file: whose it is, its serial number, how many records it has, until which day it tells. */
export interface FileHeader {
  registry: Registry;
  serial: string;
  records: number;
  date: string;
}

interface Registered {
  country: string;
  status: 'allocated' | 'assigned';
  since: string | null;
}

/** What one line says. `other`: a record that says of no country that it has it; why. */
export type RegistryLine =
  | { is: 'range'; type: 'ipv4' | 'ipv6'; ranges: string[]; registered: Registered }
  | { is: 'systems'; type: 'asn'; first: number; last: number; registered: Registered }
  | { is: 'summary'; type: RecordType; count: number }
  | { is: 'other'; type: RecordType; why: 'not-given-out' | 'no-country' }
  | { is: 'fault'; why: string }
  | { is: 'nothing' };

const fault = (why: string) => ({ is: 'fault', why }) as const;
const isDigits = (text: string): boolean => /^\d{1,10}$/.test(text);

/** The version line, `2|apnic|20260101|…`; undefined where it is none of a file that is read here. */
export function readHeader(line: string): FileHeader | undefined {
  const [version = '', name = '', serial = '', records = '', , until = ''] = line.trim().split('|');
  const registry = registries.find((one) => one === name);
  const date = dayOf(until);
  if (!/^2(?:\.\d+)?$/.test(version) || !registry || !date || !isDigits(records)) return undefined;
  return /^[\w.-]{1,40}$/.test(serial) ? { registry, serial, records: Number(records), date } : undefined;
}

/**
 * One line of a delegated statistics file, plain or extended: `registry|cc|type|start|value|date|status[|…]`. IPv4 counts
 * addresses, which need be no power of two; IPv6 gives a prefix length; ASNs are counted.
 */
export function readLine(line: string, registry: Registry): RegistryLine {
  const text = line.trim();
  if (text === '' || text.startsWith('#')) return { is: 'nothing' };
  const [of = '', country = '', typeName = '', start = '', value = '', date = '', status = ''] =
    text.split('|');
  const type = types.find((one) => one === typeName);
  if (of !== registry) return fault(`is of "${of.slice(0, 20)}", not of ${registry}`);
  if (!type) return fault('has a type that is not known');
  if (country === '*')
    return isDigits(value) ? { is: 'summary', type, count: Number(value) } : fault('counts nothing');
  if (status !== 'allocated' && status !== 'assigned') return { is: 'other', type, why: 'not-given-out' };
  if (!/^[A-Z]{2}$/.test(country) || country === 'ZZ') return { is: 'other', type, why: 'no-country' };
  const registered = { country, status, since: dayOf(date) ?? null } as const;
  if (!isDigits(value)) return fault('has no size');
  if (type === 'asn') {
    const [first, last] = [Number(start), Number(start) + Number(value) - 1];
    if (!isDigits(start) || last < first || last > 4_294_967_295) return fault('names no autonomous systems');
    return { is: 'systems', type, first, last, registered };
  }
  const ranges = type === 'ipv4' ? blocksOf(start, Number(value)) : blockOf6(start, Number(value));
  return ranges ? { is: 'range', type, ranges, registered } : fault('names no addresses');
}

/** The fewest blocks that hold exactly so many IPv4 addresses from a first one on (RFC 4632). */
export function blocksOf(start: string, count: number): string[] | undefined {
  const parts = start.split('.').map((part) => (/^\d{1,3}$/.test(part) ? Number(part) : 256));
  if (parts.length !== 4 || parts.some((part) => part > 255) || count < 1) return undefined;
  let at = parts.reduce((number, part) => number * 256 + part, 0);
  if (at + count > 2 ** 32) return undefined;
  const blocks: string[] = [];
  for (let left = count; left > 0;) {
    let bits = 0;
    while (bits < 32 && at % 2 ** (bits + 1) === 0 && 2 ** (bits + 1) <= left) bits++;
    const quad = [24, 16, 8, 0].map((shift) => Math.floor(at / 2 ** shift) % 256);
    blocks.push(`${quad.join('.')}/${32 - bits}`);
    at += 2 ** bits;
    left -= 2 ** bits;
  }
  return blocks;
}

/** Checked for its form; what the form allows and is no address, or has bits beyond its length, the database refuses. */
function blockOf6(start: string, length: number): string[] | undefined {
  const groups = start.split(':').filter((group) => group !== '');
  const isFull = groups.length === 8 || (groups.length < 8 && start.split('::').length === 2);
  if (
    !isFull ||
    start.includes(':::') ||
    !groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group)) ||
    length < 1 ||
    length > 128
  )
    return undefined;
  return hasOnly(start, groups, length) ? [`${start.toLowerCase()}/${length}`] : undefined;
}

/** Whether no bit is set behind the length. */
function hasOnly(start: string, groups: readonly string[], length: number): boolean {
  const [before = ''] = start.split('::');
  const front = start.includes('::')
    ? before.split(':').filter((group) => group !== '').length
    : groups.length;
  const full = [
    ...groups.slice(0, front),
    ...Array<string>(8 - groups.length).fill('0'),
    ...groups.slice(front),
  ];
  const bits = full.map((group) => Number.parseInt(group, 16).toString(2).padStart(16, '0')).join('');
  return !bits.slice(length).includes('1');
}

function dayOf(digits: string): string | undefined {
  const day = /^(\d{4})(\d{2})(\d{2})$/.exec(digits)?.slice(1).join('-');
  const time = day === undefined ? Number.NaN : Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(time) ? undefined : day;
}
