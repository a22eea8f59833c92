import { isZone } from '#libs/timeliness';

/** `assumed` says what was taken for granted to come from a shorthand to a time zone. */
export interface ZoneRead {
  zone: string;
  assumed?: string;
}

/** Abbreviations with the zone that is meant by them most of the time. */
const abbreviations: Readonly<Record<string, string>> = {
  ...{ CET: 'Europe/Paris', CEST: 'Europe/Paris', MEZ: 'Europe/Berlin', MESZ: 'Europe/Berlin' },
  ...{ HEC: 'Europe/Paris', WET: 'Europe/Lisbon', WEST: 'Europe/Lisbon', BST: 'Europe/London' },
  ...{ EET: 'Europe/Helsinki', EEST: 'Europe/Helsinki', MSK: 'Europe/Moscow', МСК: 'Europe/Moscow' },
  ...{ TRT: 'Europe/Istanbul', EST: 'America/New_York', EDT: 'America/New_York', CST: 'America/Chicago' },
  ...{ CDT: 'America/Chicago', MST: 'America/Denver', MDT: 'America/Denver', PST: 'America/Los_Angeles' },
  ...{ PDT: 'America/Los_Angeles', BRT: 'America/Sao_Paulo', ART: 'America/Argentina/Buenos_Aires' },
  ...{ CLT: 'America/Santiago', COT: 'America/Bogota', SAST: 'Africa/Johannesburg', EAT: 'Africa/Nairobi' },
  ...{ CAT: 'Africa/Maputo', WAT: 'Africa/Lagos', GST: 'Asia/Dubai', PKT: 'Asia/Karachi' },
  ...{ IST: 'Asia/Kolkata', WIB: 'Asia/Jakarta', SGT: 'Asia/Singapore', MYT: 'Asia/Kuala_Lumpur' },
  ...{ HKT: 'Asia/Hong_Kong', PHT: 'Asia/Manila', JST: 'Asia/Tokyo', KST: 'Asia/Seoul' },
  ...{
    AEST: 'Australia/Sydney',
    AEDT: 'Australia/Sydney',
    NZST: 'Pacific/Auckland',
    NZDT: 'Pacific/Auckland',
  },
};

/** Zones that stand for an offset which is no whole number of hours. Minutes east of UTC. */
const odd: Readonly<Record<number, string>> = {
  ...{ [-210]: 'America/St_Johns', 210: 'Asia/Tehran', 270: 'Asia/Kabul', 330: 'Asia/Kolkata' },
  ...{ 345: 'Asia/Kathmandu', 390: 'Asia/Yangon', 525: 'Australia/Eucla', 570: 'Australia/Darwin' },
  ...{ 630: 'Australia/Lord_Howe', 765: 'Pacific/Chatham' },
};

/** The zones of a State (ISO 3166-1 alpha-2), as CLDR lists them; none where it knows none. */
function zonesOf(party: string | undefined): string[] {
  if (!party || !/^[A-Z]{2}$/.test(party)) return [];
  const place = new Intl.Locale(`und-${party}`) as Intl.Locale & {
    getTimeZones?: () => string[] | undefined;
  };
  return place.getTimeZones?.() ?? [];
}

/** Minutes east of UTC at a moment. */
function offsetOf(zone: string, at: Date): number {
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(
    at,
  );
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  return sign ? (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) : 0;
}

/** What the clocks of a zone show in winter and in summer. */
const offsetsOf = (zone: string, at: Date): number[] =>
  [0, 6].map((month) => offsetOf(zone, new Date(Date.UTC(at.getUTCFullYear(), month, 15))));

const named =
  /(?<![\w/])((?:Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Etc|Europe|Indian|Pacific)\/[A-Za-z_+\-/0-9]{2,40})/i;
const offset = /(?:UTC|GMT|UT)? ?([+-]) ?(\d{1,2})(?::?([0-5]\d))?(?!\d)/i;

/**
 * The time zone that a text names: by its IANA name, by an abbreviation or by its offset; of the zones of the State, if
 * one is given, that have it. Undefined where it names none.
 */
export function readZone(text: string, at: Date, party?: string): ZoneRead | undefined {
  const line = text.slice(0, 300).replace(/[−‐–]/g, '-');
  const name = named.exec(line)?.[1]?.replace(/[/_+-]+$/, '');
  if (name && isZone(name)) return { zone: canonical(name) };
  const words = line.split(/[^\p{L}]+/u);
  const abbreviation = words.find((word) => Object.hasOwn(abbreviations, word));
  const known = abbreviation && abbreviations[abbreviation];
  if (known) return byOffset(offsetsOf(known, at), abbreviation, at, party, known);
  const [, sign, hours, minutes] = offset.exec(line) ?? [];
  if (sign && (Number(hours) > 0 || Number(minutes ?? 0) > 0)) {
    const east = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes ?? 0));
    return byOffset([east], `UTC${sign}${hours}${minutes ? `:${minutes}` : ''}`, at, party);
  }
  return words.some((word) => /^(?:UTC|GMT|Z)$/i.test(word)) ? { zone: 'UTC' } : undefined;
}

/** Names of zones as the database spells them. */
const canonical = (name: string): string =>
  Intl.supportedValuesOf('timeZone').find((zone) => zone.toLowerCase() === name.toLowerCase()) ?? name;

function byOffset(
  wanted: readonly number[],
  said: string,
  at: Date,
  party: string | undefined,
  otherwise?: string,
): ZoneRead | undefined {
  const fits = (zone: string): boolean => {
    const own = offsetsOf(zone, at);
    return otherwise === undefined ? own.includes(wanted[0] ?? 0) : own.join() === wanted.join();
  };
  const [only, ...more] = zonesOf(party).filter(fits);
  if (only && more.length === 0) return { zone: only, assumed: `${said} was taken for ${only}.` };
  if (otherwise) return { zone: otherwise, assumed: `${said} was taken for ${otherwise}.` };
  const [east = 0] = wanted;
  const zone = east % 60 === 0 ? `Etc/GMT${east > 0 ? '-' : '+'}${Math.abs(east / 60)}` : odd[east];
  if (!zone || !isZone(zone)) return undefined;
  return { zone, assumed: `${said} was taken for ${zone}, without summer time unless that zone has it.` };
}
