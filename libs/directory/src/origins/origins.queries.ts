import { isIP } from 'node:net';
import { Problem, type Tx } from '#libs/runtime';
import { parse } from 'tldts';
import { asciiOf, endingOf, suffixesOf } from './country-domains.js';
import { specialRanges, specialSystem } from './special-numbers.js';

/** What is asked about: one of these. */
export interface Trace {
  ip?: string | undefined;
  asn?: string | undefined;
  domain?: string | undefined;
}

/** From where an answer comes, the surest first: a party's own word, a registry's file, the ending of a name. */
export const originSources = ['declared', 'registry', 'country-code'] as const;
export type OriginSource = (typeof originSources)[number];

export interface OriginCandidate {
  party: { code: string; names: Record<string, string> };
  /** The body that declares it, where one does. */
  body: { id: string; names: Record<string, string> } | null;
  /** The range, number or name by which it was found. */
  matched: string;
  /** When that was said: by the body, or when the registry gave it out. */
  since: string | null;
  registry: string | null;
}

/** Whose an address, a number or a name is, as far as can be told. */
export interface Origin {
  asked: { kind: 'ip' | 'asn' | 'domain'; value: string };
  /** Of the first candidate. Null: unknown. */
  source: OriginSource | null;
  /**
   * What bodies declare, the most specific first, and beside it what a registry or the ending says: whoever declares what
   * others hold does not hide them.
   */
  candidates: OriginCandidate[];
  /** The code that a registry or an ending names, whether or not a party has it. */
  country: string | null;
  /** What it is where it is nobody's on the public internet. */
  special: { is: string; source: string } | null;
  /** What is to be known of the answer, and what can be done where it is none. */
  notes: string[];
  /** The files of registries that are in force here. */
  files: { registry: string; date: string; serial: string }[];
}

type Row = OriginCandidate & { country: string };

/** The party that an address, an autonomous system or a domain name leads to. A clue and no finding: traces are forged. */
export class Origins {
  /** Raises `invalid-input` for what is no address, number or name, and where not exactly one is given. */
  async partyFor(tx: Tx, trace: Trace): Promise<Origin> {
    const given = Object.entries(trace).filter(([, value]) => value !== undefined);
    if (given.length !== 1)
      throw invalid(given[1]?.[0] ?? 'ip', 'give one of ip, asn and domain, and not more than one');
    const files = await tx.query<Origin['files'][number]>(
      'SELECT registry, file_date::text AS date, serial FROM origin_files ORDER BY registry',
    );
    const answer =
      trace.ip !== undefined
        ? await this.ofAddress(tx, trace.ip)
        : trace.asn !== undefined
          ? await this.ofSystem(tx, trace.asn)
          : await this.ofName(tx, trace.domain ?? '');
    const { asked, source, candidates, country, special } = answer;
    return { asked, source, candidates, country, special, notes: notesOn(answer, files.length), files };
  }

  private async ofAddress(tx: Tx, text: string): Promise<Answer> {
    const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(text)?.[1] ?? text;
    if (isIP(mapped) === 0 || mapped.includes('%')) throw invalid('ip', 'must be an address of IPv4 or IPv6');
    const [found] = await tx.query<{ value: string; nth: number | null }>(
      `SELECT host($1::inet) AS value, (SELECT u.nth::int FROM unnest($2::cidr[]) WITH ORDINALITY u (range, nth)
         WHERE u.range >>= $1::inet ORDER BY masklen(u.range) DESC LIMIT 1) AS nth`,
      [mapped, specialRanges.map(([range]) => range)],
    );
    const [, is, source] = specialRanges[(found?.nth ?? 0) - 1] ?? [];
    const special = is !== undefined && source !== undefined ? { is, source } : null;
    const about = { asked: { kind: 'ip' as const, value: found?.value ?? mapped }, special };
    // The blocks that hold it, one by one: equality is what an index may be used for here.
    const blocks = `ARRAY(SELECT network(set_masklen($1::inet, n))::cidr FROM generate_series(0, masklen($1::inet)) n)`;
    const declared = await tx.query<Row>(
      `${declaredBy('c.range::text')} WHERE c.kind = 'range' AND c.range = ANY (${blocks}) ORDER BY masklen(c.range) DESC, 1, c.id LIMIT 20`,
      [mapped],
    );
    if (special) return byDeclaration(about, declared);
    const registered = await tx.query<Registered>(
      `SELECT r.range::text AS matched, r.registry, r.country, r.since::text FROM origin_ranges r
       WHERE r.range = ANY (${blocks}) ORDER BY masklen(r.range) DESC, r.registry LIMIT 5`,
      [mapped],
    );
    return byRegistry(tx, about, declared, registered);
  }

  private async ofSystem(tx: Tx, text: string): Promise<Answer> {
    const digits = /^(?:AS)?(\d{1,10})$/i.exec(text.trim())?.[1];
    const asn = Number(digits);
    if (digits === undefined || asn > 4_294_967_295)
      throw invalid('asn', 'must be the number of an autonomous system, such as AS64500');
    const about = { asked: { kind: 'asn' as const, value: `AS${asn}` }, special: specialSystem(asn) };
    const declared = await tx.query<Row>(
      `${declaredBy('c.value')} WHERE c.kind = 'asn' AND c.asn = $1 ORDER BY 1, c.id LIMIT 20`,
      [asn],
    );
    if (about.special) return byDeclaration(about, declared);
    const registered = await tx.query<Registered>(
      `SELECT 'AS' || s.first || CASE WHEN s.last > s.first THEN '–AS' || s.last ELSE '' END AS matched, s.registry, s.country,
         s.since::text
       FROM origin_files f CROSS JOIN LATERAL (SELECT * FROM origin_systems o WHERE o.registry = f.registry AND o.first <= $1
         ORDER BY o.first DESC LIMIT 1) s WHERE s.last >= $1 ORDER BY s.last - s.first, s.registry`,
      [asn],
    );
    return byRegistry(tx, about, declared, registered);
  }

  private async ofName(tx: Tx, text: string): Promise<Answer> {
    const name = asciiOf(text.trim());
    if (name === undefined)
      throw invalid('domain', 'must be the name of a domain, without a scheme or a path');
    const ending = endingOf(name);
    const special =
      ending.is === 'none' && ending.why === 'special'
        ? { is: 'not on the public internet', source: 'RFC 6761' }
        : null;
    const about = { asked: { kind: 'domain' as const, value: name }, special };
    const declared = await tx.query<Row>(
      `${declaredBy('c.value')} WHERE c.kind = 'domain' AND c.value = ANY ($1) ORDER BY length(c.value) DESC, 1, c.id LIMIT 20`,
      [suffixesOf(name)],
    );
    const said = byDeclaration(about, declared);
    if (ending.is === 'none') return declared.length > 0 ? said : { ...said, ending: ending.why };
    const matched = parse(name, { allowPrivateDomains: false }).domain ?? name;
    const parties = await partiesOf(tx, [ending.code]);
    const ended = parties.map((party) => ({ party, body: null, matched, since: null, registry: null }));
    return {
      ...{ ...about, candidates: [...said.candidates, ...ended] },
      ...{ country: ending.code, isOftenGeneric: ending.isOftenGeneric },
      source: said.source ?? (ended.length > 0 ? 'country-code' : null),
    };
  }
}

type Answer = Omit<Origin, 'notes' | 'files'> & { ending?: string; isOftenGeneric?: boolean };
type About = Pick<Origin, 'asked' | 'special'>;
interface Registered {
  matched: string;
  registry: string;
  country: string;
  since: string | null;
}

const invalid = (parameter: string, detail: string) =>
  new Problem('invalid-input', 'Some fields do not fit.', { errors: [{ parameter, detail }] });

/** What bodies that are there declare. When they did is in the id (UUIDv7, RFC 9562), which is made anew with each change. */
const declaredBy = (matched: string): string =>
  `SELECT jsonb_build_object('code', p.code, 'names', p.names) AS party, jsonb_build_object('id', b.id, 'names', b.names) AS body,
     ${matched} AS matched, CASE WHEN uuid_extract_version(c.id) = 7 THEN uuid_extract_timestamp(c.id) END::date::text AS since,
     NULL AS registry, p.code AS country
   FROM constituencies c JOIN bodies b ON b.id = c.body_id AND b.state = 'active' JOIN parties p ON p.code = c.party_code`;

const byDeclaration = (about: About, rows: readonly Row[]): Answer => ({
  ...about,
  source: rows.length > 0 ? 'declared' : null,
  candidates: rows.map(({ country: _, ...candidate }) => candidate),
  country: null,
});

async function byRegistry(
  tx: Tx,
  about: About,
  declared: readonly Row[],
  rows: readonly Registered[],
): Promise<Answer> {
  const said = byDeclaration(about, declared);
  const parties = await partiesOf(
    tx,
    rows.map(({ country }) => country),
  );
  const registered = rows.flatMap(({ country, ...row }): OriginCandidate[] =>
    parties.filter(({ code }) => code === country).map((party) => ({ ...row, party, body: null })),
  );
  const source = said.source ?? (registered.length > 0 ? ('registry' as const) : null);
  const candidates = [...said.candidates, ...registered];
  return { ...about, source, candidates, country: rows[0]?.country ?? null };
}

const partiesOf = async (tx: Tx, codes: readonly string[]) =>
  tx.query<OriginCandidate['party']>('SELECT code, names FROM parties WHERE code = ANY ($1) ORDER BY code', [
    codes,
  ]);

/** What a reader has to know, in the order of weight. */
function notesOn({ source, candidates, country, special, asked, ...rest }: Answer, files: number): string[] {
  const isName = asked.kind === 'domain';
  const notes: string[] = [];
  if (special) notes.push(`It is ${special.is} (${special.source}): on the public internet it is nobody's.`);
  if (new Set(candidates.map(({ party }) => party.code)).size > 1)
    notes.push(
      source === 'declared' && candidates.some(({ body }) => body === null)
        ? 'What a body declares is its own word: others are named beside it. Ask more than one.'
        : 'Several parties claim it. The first is the most specific; ask more than one.',
    );
  if (source === 'registry')
    notes.push('For which country it is registered, which is not always where it is used.');
  if (source === 'country-code') notes.push('Only the ending of the name says so, which is weak.');
  if (rest.isOftenGeneric && source !== 'declared')
    notes.push('Names with this ending are sold to anybody, anywhere.');
  if (source === null && country !== null)
    notes.push(`${country} is named, which is the code of no party of this network.`);
  if (rest.ending === 'generic') notes.push('The ending of the name is of no country.');
  if (rest.ending === 'not-a-country')
    notes.push('The ending of the name is of a union, a territory or a State that is no more.');
  if (source === null && !special && !isName && files === 0)
    notes.push('No file of a registry has been imported: the operator does it with "import-rir".');
  if (source === null && !special)
    notes.push(
      isName
        ? 'Unknown. Ask for the addresses that the name leads to, or look it up in RDAP or WHOIS.'
        : 'Unknown. Look it up in RDAP or WHOIS, or ask the operator of the network before it on the way.',
    );
  return notes;
}
