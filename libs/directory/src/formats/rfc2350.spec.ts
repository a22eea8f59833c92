import fc from 'fast-check';
import { createCleartextMessage, generateKey, sign } from 'openpgp';
import { placeless } from '../../../../test/harness/placeless.js';
import { newChannel, newDraft, newPointOfContact, type DirectoryEntry, type Draft } from './draft-entry.js';
import { readRfc2350 } from './read-rfc2350.js';
import { sections } from './rfc2350-sections.js';
import { tidyEntry } from './tidy-entry.js';
import { writeRfc2350 } from './write-rfc2350.js';

const at = new Date('2026-07-01T09:00:00Z');
const bytes = (text: string) => new TextEncoder().encode(text);
const read = (text: string, party?: string) => readRfc2350(bytes(text), { at, party });
const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const waysOf = (draft: Draft | undefined) =>
  draft?.pointsOfContact[0]?.channels.map(({ kind, address }) => `${kind} ${address}`).sort();

const word = fc.constantFrom(
  'équipe',
  'национальный',
  '响应',
  'فريق',
  'respuesta',
  'team',
  'über',
  '(in',
  'full)',
  'x'.repeat(40),
);
const text = fc.array(word, { minLength: 1, maxLength: 25 }).map((words) => words.join(' '));
const name = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => `Team ${words.join(' ')} etc`);
const written = fc.uniqueArray(
  fc.record({
    text: fc.array(text, { minLength: 1, maxLength: 3 }).map((all) => all.join('\n\n')),
    language: fc.constantFrom('en', 'fr', 'zh-Hans'),
  }),
  {
    minLength: 1,
    selector: ({ language }) => language,
  },
);
const teams: fc.Arbitrary<DirectoryEntry> = fc
  .record({
    names: fc.dictionary(fc.constantFrom('en', 'fr', 'ar', 'und'), name, { minKeys: 1 }),
    mandate: written,
    authority: written,
    affiliation: text,
    services: fc.uniqueArray(name),
  })
  .map(({ names, affiliation, ...profile }) => ({
    party: 'XA',
    body: {
      ...{ names, affiliation, shortName: 'XA-CERT', postalAddress: 'PO Box 1\n1000 Town' },
      profile: { ...profile, website: 'https://cert.xa.example/' },
      constituency: [
        { kind: 'asn', value: 'AS64500' },
        { kind: 'range', value: '198.51.100.0/24' },
        { kind: 'range', value: '2001:db8::/32' },
        { kind: 'domain', value: 'gov.xa.example' },
        { kind: 'type', value: 'national' },
        { kind: 'sector', value: 'energy' },
        { kind: 'country', value: 'XA' },
      ],
    },
    pointsOfContact: [
      {
        ...newPointOfContact('technical'),
        ...{ zone: 'Europe/Zurich', languages: ['en', 'fr'] },
        duty: {
          weekly: [
            { days: [1, 2, 3, 4, 5], from: '09:00', to: '17:30' },
            { days: [6], from: '22:00', to: '06:00' },
          ],
        },
        channels: [
          newChannel('mail', 'cert@xa.example'),
          newChannel('telephone', '+41229171234'),
          newChannel('emergency-telephone', '+41229171235'),
          newChannel('fax', '+41229171236'),
          newChannel('messenger', 'xmpp:duty@xa.example'),
        ],
        keys: [
          {
            standard: 'openpgp',
            fingerprint: '0123456789ABCDEF0123456789ABCDEF01234567',
            expiresOn: '2027-01-01',
          },
        ],
      },
    ],
  }));

describe('a document about a team', () => {
  it('comes back as it was written, in six scripts and several languages', async () => {
    await fc.assert(
      fc.asyncProperty(teams, async (team) => {
        const document = writeRfc2350([team], { at });
        const { drafts } = await read(document, 'XA');
        const [draft = newDraft()] = drafts;
        const back = placeless(draft);
        const channels = [...(team.pointsOfContact[0]?.channels ?? [])].sort((one, other) =>
          one.address.localeCompare(other.address),
        );
        expect(draft.unread).toEqual([]);
        back.pointsOfContact[0]?.channels.sort((one, other) => one.address.localeCompare(other.address));
        expect(json(back)).toEqual(
          json(
            tidyEntry({
              ...team,
              pointsOfContact: team.pointsOfContact.map((one) => ({ ...one, channels })),
            }),
          ),
        );
      }),
      { numRuns: 100 },
    );
  });

  it('has all sections of RFC 2350 and lines that fit a page, also of an entry that says nothing', () => {
    const document = writeRfc2350(
      [{ body: { names: {}, profile: {}, constituency: [] }, pointsOfContact: [] }],
      { at },
    );
    for (const [number, title] of Object.entries(sections))
      expect(document).toMatch(new RegExp(`^${number.replace('.', '\\.')}\\.? ${title}$`, 'm'));
    expect(() => writeRfc2350([], { at })).toThrow(RangeError);
  });
});

const english = `
XA-CERT RFC 2350 Description

Table of contents
 1. Document Information ........ 1
 2. Contact Information ......... 1

1. Document Information
1.1. Date of Last Update
     Version 1.4, 3rd March 2021
1.2 Distribution List for Notifications
     There is no distribution list.
2. Contact Information
2.1 Name of the Team
     "XA-CERT": Computer Emergency Response Team of the
     Government
2.2 Address
     XA-CERT
     1 Long Street
     Fictional State A
2.3 Time Zone
     CET/CEST (GMT+01:00, and GMT+02:00 in summer)
2.4 Telephone Number
     +41 22 917 12 34 (office)
     Emergencies: 0041 (0)22 917 12 35
     022 917 99 99
2.5 Facsimile Number
     +41 22 917 12 36 (this is not a secure fax)
2.6 Other Telecommunication
     None available.
                                                        [Page 1]
\f
XA-CERT                                            RFC 2350
2.7 Electronic Mail Address
     cert at xa dot example
     For vulnerabilities: vuln [at] xa (dot) example
2.8 Public Keys and Encryption Information
     PGP key of the team:
     Key ID: 0x89ABCDEF
     Fingerprint: 0123 4567 89AB CDEF 0123
                  4567 89AB CDEF 0123 4567
     Valid until 2022-12-31
2.9 Team Members
     No information is public.
2.10 Other Information
     See https://cert.xa.example/about.
     Languages: English, French
2.11 Points of Customer Contact
     Hours of operation are 08:30 to 17:00,
     Monday through Friday.
3. Charter
3.1 Mission Statement
     To coordinate the response to
     incidents.

     And to prevent them.
3.2 Constituency
     Government networks: AS64500, 198.51.100.0/24, *.gov.xa.example
     All of goodwill.
3.3 Sponsorship and/or Affiliation
     Ministry of Something
3.4 Authority
     Act 5 of 2009
4. Policies
4.1 Types of Incidents and Level of Support
     All.
5. Services
5.1 Incident Response
5.1.1 Incident Triage
5.2 Proactive Activities
     - Warnings
7. Disclaimers
     None.
                                                        [Page 2]
\f
XA-CERT                                            RFC 2350
`;

const told = (draft: { findings: { severity: string; code: string }[] }) =>
  draft.findings.filter(({ severity }) => severity === 'warn').map(({ code }) => code);
const expected = [
  ...['emergency-telephone +41229171235', 'fax +41229171236', 'mail cert@xa.example', 'mail vuln@xa.example'],
  'telephone +41229171234',
];

describe('a document from elsewhere', () => {
  it('in English gives a draft, what has expired, and what was not understood', async () => {
    const { drafts, findings } = await read(english);
    const [draft] = drafts;
    expect(draft).toMatchObject({
      party: 'XA',
      body: {
        names: { en: 'Computer Emergency Response Team of the Government' },
        ...{ shortName: 'XA-CERT', affiliation: 'Ministry of Something' },
        profile: {
          mandate: [
            { text: 'To coordinate the response to incidents.\n\nAnd to prevent them.', language: 'en' },
          ],
          authority: [{ text: 'Act 5 of 2009' }],
          ...{ website: 'https://cert.xa.example/about', services: ['Incident Triage', 'Warnings'] },
        },
        constituency: [{ value: 'AS64500' }, { value: '198.51.100.0/24' }, { value: 'gov.xa.example' }],
      },
    });
    expect(draft?.pointsOfContact[0]).toMatchObject({
      ...{ zone: 'Europe/Paris', languages: ['en', 'fr'] },
      duty: { weekly: [{ days: [1, 2, 3, 4, 5], from: '08:30', to: '17:00' }] },
      keys: [{ fingerprint: '0123456789ABCDEF0123456789ABCDEF01234567', expiresOn: '2022-12-31' }],
    });
    expect(waysOf(draft)).toEqual(expected);
    const lines = english.split('\n');
    const placed = draft?.pointsOfContact[0]?.channels.map((one) => lines[(one.at?.line ?? 0) - 1]?.trim());
    expect(placed?.sort()).toEqual([
      ...['+41 22 917 12 34 (office)', '+41 22 917 12 36 (this is not a secure fax)'],
      ...['Emergencies: 0041 (0)22 917 12 35', 'For vulnerabilities: vuln [at] xa (dot) example'],
      'cert at xa dot example',
    ]);
    expect(draft?.unread.map((one) => one.text)).toEqual(['022 917 99 99', 'All of goodwill.']);
    expect(new Set(told({ findings }))).toEqual(
      new Set(['guessed', 'expired', 'no-place', 'assumed', 'obfuscated', 'bad-value', 'unread']),
    );
  });

  it.each([
    ['with ends of lines of old', (text: string) => text.replaceAll('\n', '\r')],
    ['with ends of lines of mail', (text: string) => text.replaceAll('\n', '\r\n')],
    [
      'with an empty line after each',
      (text: string) => text.replaceAll('\n     To coordinate', '\n\n     To coordinate'),
    ],
    ['in full-width digits of its headings', (text: string) => text.replace(/^2\.4/m, '２.４')],
    ['with dots and colons', (text: string) => text.replace(/^(2\.\d+) (.+)$/gm, '$1. $2:')],
    [
      'as a page of the web',
      (text: string) =>
        `<!DOCTYPE html><html><head><style>p{}</style></head><body>${text
          .split('\n')
          .map(
            (line) =>
              `<p>${line.replaceAll('"', '&quot;').replace(/^ +/, '&nbsp;&nbsp;').replace('at xa', '&#97;t xa')}</p>`,
          )
          .join('')}<script>1</script></body></html>`,
    ],
  ])('is read the same %s', async (_, change) => {
    const { drafts } = await read(change(english));
    expect(waysOf(drafts[0])).toEqual(expected);
    expect(drafts[0]?.body.shortName).toBe('XA-CERT');
    expect(drafts[0]?.pointsOfContact[0]?.keys).toHaveLength(1);
  });

  it('is read in UTF-16 and Windows-1252', async () => {
    const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(english, 'utf16le')]);
    expect(waysOf((await readRfc2350(wide, { at })).drafts[0])).toEqual(expected);
    const latin = await readRfc2350(Buffer.from(english.replace('Ministry', 'Ministère'), 'latin1'), { at });
    expect(latin.drafts[0]?.body.affiliation).toBe('Ministère of Something');
    expect(told(latin)).toContain('encoding');
  });

  it.each([
    [
      'fr',
      '1.1 Date de dernière mise à jour\n3 mars 2026\n2.1 Nom de l’équipe\nCERT national\n2.3 Fuseau horaire\nEurope/Paris\n2.4 Numéro de téléphone\n+41 22 917 12 34\n2.7 Adresse électronique\ncert@xa.example\n2.11 Heures de service\ndu lundi au vendredi, de 9h à 17h30',
    ],
    [
      'es',
      'Nombre del equipo\nCERT nacional\n\nZona horaria\nEurope/Paris\n\nTeléfono: +41 22 917 12 34\nCorreo electrónico: cert (arroba) xa.example\n\nHorario\nlunes a viernes 09:00 - 17:30\n\nMisión\nAyudar',
    ],
    [
      'de',
      '2.1. Name des Teams\nNationales CERT\n2.3. Zeitzone\nEurope/Paris\n2.4. Telefonnummer\n+41 22 917 12 34\n2.7. E-Mail-Adresse\ncert@xa.example\n2.11 Erreichbarkeit\nMontag bis Freitag 9:00 bis 17:30 Uhr',
    ],
    [
      'ru',
      '2.1. Название команды\nНациональный центр\n2.3. Часовой пояс\nEurope/Paris\n2.4. Номер телефона\n+41 22 917 12 34\n2.7. Адрес электронной почты\ncert@xa.example\n2.11. Часы работы\nпонедельник - пятница 9:00-17:30',
    ],
    [
      'pt',
      '2.1 Nome da equipa\nCERT nacional\n2.3 Fuso horário\nEurope/Paris\n2.4 Número de telefone\n+41 22 917 12 34\n2.7 Correio eletrónico\ncert@xa.example\n2.11 Horário de funcionamento\nseg a sex 09:00-17:30',
    ],
    [
      'it',
      '2.1 Nome del team\nCERT nazionale\n2.3 Fuso orario\nEurope/Paris\n2.4 Numero di telefono\n+41 22 917 12 34\n2.7 Posta elettronica\ncert@xa.example\n2.11 Orari di servizio\nlunedì - venerdì 9.00 - 17.30',
    ],
    [
      'pl',
      '2.1 Nazwa zespołu\nKrajowy CERT\n2.3 Strefa czasowa\nEurope/Paris\n2.4 Numer telefonu\n+41 22 917 12 34\n2.7 Adres e-mail\ncert@xa.example\n2.11 Godziny pracy\nponiedziałek-piątek 9:00-17:30',
    ],
    [
      'cs',
      '2.1 Název týmu\nNárodní CERT\n2.3 Časové pásmo\nEurope/Paris\n2.4 Telefonní číslo\n+41 22 917 12 34\n2.7 Elektronická pošta\ncert@xa.example\n2.11 Provozní doba\npondělí - pátek 9:00-17:30',
    ],
    [
      'nl',
      '2.1 Naam van het team\nNationaal CERT\n2.3 Tijdzone\nEurope/Paris\n2.4 Telefoonnummer\n+41 22 917 12 34\n2.7 E-mailadres\ncert@xa.example\n2.11 Openingstijden\nmaandag t/m vrijdag 9:00-17:30',
    ],
    [
      'ar',
      '2.1 اسم الفريق\nالمركز الوطني\n2.3 المنطقة الزمنية\nEurope/Paris\n2.4 رقم الهاتف\n+41 22 917 12 34\n2.7 البريد الإلكتروني\ncert@xa.example\n2.11 ساعات العمل\nالاثنين - الجمعة 09:00-17:30',
    ],
    [
      'zh',
      '2.1 团队名称\n国家应急中心\n2.3 时区\nEurope/Paris\n2.4 电话号码\n+41 22 917 12 34\n2.7 电子邮件\ncert@xa.example\n2.11 工作时间\n星期一至星期五 09:00-17:30',
    ],
  ])('is read with its headings in %s', async (language, document) => {
    const { drafts } = await read(document);
    expect(Object.keys(drafts[0]?.body.names ?? {})).toEqual([language]);
    expect(waysOf(drafts[0])).toEqual(['mail cert@xa.example', 'telephone +41229171234']);
    expect(drafts[0]?.pointsOfContact[0]).toMatchObject({
      zone: 'Europe/Paris',
      duty: { weekly: [{ days: [1, 2, 3, 4, 5], from: '09:00', to: '17:30' }] },
    });
  });

  it('goes by the words of headings where these are numbered otherwise, and by numbers where the words are not known', async () => {
    const document =
      '2.1 Team name\nXA-CERT\n2.4 Electronic Mail Address\ncert@xa.example\n2.7 Telephone Number\n+41 22 917 12 34\n2.3 Tempus\nUTC+5:45';
    const reading = await read(document);
    expect(waysOf(reading.drafts[0])).toEqual(['mail cert@xa.example', 'telephone +41229171234']);
    expect(reading.drafts[0]?.pointsOfContact[0]?.zone).toBe('Asia/Kathmandu');
    expect(told(reading).filter((code) => code === 'ambiguous')).toHaveLength(2);
  });

  it('that is signed and holds an expired key says both, and keeps its own lines in the signature', async () => {
    const { publicKey, privateKey } = await generateKey({
      ...{
        userIDs: [{ email: 'cert@xa.example' }],
        date: new Date('2020-01-01'),
        keyExpirationTime: 86_400 * 365,
      },
      format: 'object',
    });
    const document = english
      .replace(/Fingerprint[^]*2022-12-31/, publicKey.armor().trim())
      .replaceAll('\f', '');
    const signed = await sign({
      ...{ message: await createCleartextMessage({ text: document }), signingKeys: privateKey },
      date: new Date('2020-03-01'),
    });
    const reading = await read(signed.replaceAll('\r\n', '\n'));
    expect(waysOf(reading.drafts[0])).toEqual(expected);
    const [key] = reading.drafts[0]?.pointsOfContact[0]?.keys ?? [];
    expect(key).toMatchObject({
      fingerprint: publicKey.getFingerprint().toUpperCase(),
      expiresOn: '2020-12-31',
    });
    expect(told(reading)).toEqual(expect.arrayContaining(['signed', 'expired']));
    expect(reading.drafts[0]?.unread.map((one) => one.text)).not.toContain('-----BEGIN PGP SIGNATURE-----');
  });

  it.each(['', 'Dear colleagues,\nhello', '{"a":1}'])(
    'is refused where it has no such headings: %j',
    async (document) => {
      const { drafts, findings } = await read(document);
      expect(drafts).toEqual([]);
      expect(findings).toMatchObject([{ severity: 'refuse', code: 'not-this-format' }]);
    },
  );
});
