import fc from 'fast-check';
import { entriesInSixScripts } from '../../../../test/harness/entries-in-six-scripts.js';
import { placeless } from '../../../../test/harness/placeless.js';
import type { DirectoryEntry, DraftChannel } from './draft-entry.js';
import { newPointOfContact } from './draft-entry.js';
import { readTeams } from './read-ti-json.js';
import { tidyEntry } from './tidy-entry.js';
import { oneName, teamContact, teamKeys, writeTeams } from './ti-json.js';

const at = new Date('2026-07-01T09:00:00Z');
const bytes = (text: string) => new TextEncoder().encode(text);
const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const order = ['mail', 'telephone', 'emergency-telephone', 'fax'];
const asAny = ({ kind, address }: DraftChannel): DraftChannel => ({
  ...{ kind, address, purpose: 'any', encryption: 'none', expiresOn: null },
});

/** What a team has a key for. */
function kept(given: DirectoryEntry): DirectoryEntry {
  const { party, body, pointsOfContact } = tidyEntry(given);
  const contact = teamContact({ body, pointsOfContact });
  const name = oneName(body.names);
  const { channels = [], keys = [], duty, zone } = contact ?? {};
  const { aroundTheClock, weekly } = duty ?? {};
  return {
    party,
    body: {
      names: name === undefined ? {} : { en: name },
      ...{ shortName: body.shortName, affiliation: body.affiliation, postalAddress: body.postalAddress },
      profile: { established: body.profile.established },
      constituency: ['type', 'asn', 'domain', 'range', 'country'].flatMap((kind) =>
        body.constituency.filter((item) => item.kind === kind),
      ),
    },
    pointsOfContact: [
      {
        ...newPointOfContact('technical'),
        ...{ zone, duty: { aroundTheClock, weekly } },
        channels: channels
          .filter(({ kind }) => order.includes(kind))
          .map(asAny)
          .sort((one, other) => Number(one.kind !== 'mail') - Number(other.kind !== 'mail')),
        // That of a certificate would come back as one of OpenPGP.
        keys: keys.flatMap(({ standard, fingerprint, expiresOn }) =>
          fingerprint && standard !== 'smime'
            ? [{ standard: 'openpgp' as const, fingerprint, expiresOn }]
            : [],
        ),
      },
    ],
  };
}

describe('teams of Trusted Introducer', () => {
  it('come back as they were written, as far as they have keys for it', () => {
    fc.assert(
      fc.property(fc.array(entriesInSixScripts, { minLength: 1, maxLength: 3 }), (entries) => {
        const text = writeTeams(entries);
        const { drafts } = readTeams(bytes(text), { at });
        expect(json(drafts.map(placeless))).toEqual(json(entries.map(kept)));
        expect(writeTeams(drafts)).toBe(text);
      }),
      { numRuns: 150 },
    );
  });

  it('have exactly the keys of the public list', () => {
    const [entry] = fc.sample(entriesInSixScripts, { numRuns: 1, seed: 1 });
    const [team] = JSON.parse(writeTeams(entry ? [entry] : [])) as [Record<string, unknown>];
    expect(Object.keys(team)).toEqual(teamKeys);
    expect(Object.keys(team['constituency'] as object)).toEqual([
      'types',
      'asns',
      'domains',
      'ipranges',
      'countries',
    ]);
  });

  it('are read as that list has them, and told of what is expired, unknown and unfit', () => {
    const team = {
      ...{
        official_name: 'CERT of Fictional State A',
        short_name: 'XA-CERT',
        country: { code: 'XA', name: 'A' },
      },
      ...{
        established: '2009-03-01',
        host_organisation: 'Ministry',
        misp: { org_name: 'XA-CERT' },
        mascot: 'owl',
      },
      constituency: {
        ...{ types: ['National', 'Research & Education'], asns: [64500, 'AS 64501'], countries: ['XA'] },
        ...{ domains: ['*.gov.xa.example'], ipranges: ['198.51.100.0/24', '198.51.100.7/24'] },
      },
      ...{ business_hours: 'Mo-Fr 8:00-16:30', business_hours_timezone: 'Europe/Zurich' },
      pgp_keys: [
        { fingerprint: '0123 4567 89AB CDEF 0123  4567 89AB CDEF 0123 4567', expires: '2021-02-03' },
      ],
      phones: [
        { usage: ['voice', 'emergency'], number: '+41 22 917 12 34', timezone: null, comments: '24/7' },
      ],
      emails: [{ address: 'cert@xa.example', usage: ['contact'] }],
    };
    const { drafts, findings } = readTeams(bytes(JSON.stringify({ teams: [team] })), { at });
    expect(drafts).toMatchObject([
      {
        party: 'XA',
        body: { names: { en: 'CERT of Fictional State A' }, profile: { established: '2009-03-01' } },
        pointsOfContact: [
          {
            duty: { weekly: [{ days: [1, 2, 3, 4, 5], from: '08:00', to: '16:30' }] },
            channels: [{ kind: 'mail' }, { kind: 'emergency-telephone', address: '+41229171234' }],
            keys: [{ fingerprint: '0123456789ABCDEF0123456789ABCDEF01234567', expiresOn: '2021-02-03' }],
          },
        ],
      },
    ]);
    expect(drafts[0]?.body.constituency.map(({ value }) => value)).toEqual([
      ...['national', 'research-education', 'AS64500', 'AS64501', 'gov.xa.example', '198.51.100.0/24', 'XA'],
    ]);
    const [contact] = drafts[0]?.pointsOfContact ?? [];
    expect([contact, ...(contact?.channels ?? []), contact?.keys[0]].map((one) => one?.at?.pointer)).toEqual([
      ...['/teams/0', '/teams/0/emails/0', '/teams/0/phones/0', '/teams/0/pgp_keys/0'],
    ]);
    expect(findings.map(({ code, pointer }) => [code, pointer])).toEqual([
      ['unknown-field', '/teams/0'],
      ['no-place', '/teams/0/misp'],
      ['expired', '/teams/0/pgp_keys/0'],
      ['understood', '/teams/0'],
      ['bad-value', '/teams/0/constituency/ipranges/1'],
    ]);
  });

  it.each(['', '[]', '{}', '[3]', '{"teams":[]}', '[{"official_name":null}]'])(
    'are refused where they are %j',
    (text) => {
      const { findings } = readTeams(bytes(text), { at });
      expect(findings.map(({ severity }) => severity)).toContain('refuse');
    },
  );
});
