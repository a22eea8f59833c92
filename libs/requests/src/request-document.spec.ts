import { ownCatalogue } from '#libs/templates';
import type { DocumentText } from '#libs/wording';
import { requestDocument } from './request-document.js';
import type { EventView, LineView, RequestView } from './request-view.js';

const at = '2026-03-14T22:30:00.000Z';
const later = '2026-03-15T06:00:00.000Z';
const agency = {
  id: '01936f3e-8c1a-7b2d-9e4f-0123456789ab',
  names: { en: 'Cyber authority', fr: 'Autorité' },
};

const line = (changes: Partial<LineView> = {}): LineView => ({
  ...{
    id: 'l',
    party: 'XB',
    body: null,
    handedOver: false,
    state: 'sent',
    version: 1,
    reach: 'none',
    sentAt: at,
  },
  ...{
    acceptedByRelayAt: null,
    deliveredAt: null,
    viewedAt: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
    withdrawnAt: null,
    takenBy: null,
  },
  ...{ answer: null, answeredAt: null, questionOpenSince: null, endedAt: null },
  ...changes,
});
const event = (changes: Partial<EventView>): EventView => ({
  ...{
    id: 'e',
    at,
    act: 'send',
    party: 'XA',
    addressee: 'XB',
    line: 'l',
    body: null,
    from: null,
    to: 'sent',
  },
  ...{ by: { kind: 'officer', name: 'Officer of CERT XA' }, assurance: 'signed-in', commitment: '' },
  said: null,
  ...changes,
});

const view = (changes: Partial<RequestView> = {}): RequestView & { tlp: 'AMBER' } => ({
  ...{ id: 'r', reference: 'AR-2026-7K3M9Q', kind: 'assistance', traffic: 'actual', direction: 'outgoing' },
  ...{ state: 'sent', version: 2, from: 'XA', to: ['XB'], urgency: 'U1' },
  sentence: { text: 'We ask for help.', language: 'en' },
  ...{ text: null, neededBy: null, composedAt: at, sentAt: at, withdrawnAt: null, addressees: [line()] },
  ...{ eraseAfter: null, erasedAt: null, hold: null, calls: [] },
  template: { key: 'assistance-request', version: 1 },
  answers: { incident: { sectors: ['health-care'] } },
  ...{ completeness: null, timeline: [event({})], allowedActs: [], fixedSentences: [] },
  ...{ sharedWithYou: false, otherAddressees: [], disclosures: [] },
  ...changes,
  tlp: 'AMBER',
});

const names = new Map(
  ['A', 'B'].map((letter) => [
    `X${letter}`,
    { en: `Fictional State ${letter}`, fr: `État fictif ${letter}` },
  ]),
);
const drawn = (of: RequestView & { tlp: 'AMBER' }, language: 'en' | 'fr' = 'en'): DocumentText =>
  requestDocument(of, {
    ...{ language, instance: 'sample', names, catalogue: ownCatalogue(), producedAt: new Date(later) },
  });
const titles = (document: DocumentText) => document.sections.map(({ title }) => title);

describe('the document of a request', () => {
  it('has the request, each addressee and what happened, under the title of its template', () => {
    expect(drawn(view())).toMatchObject({
      title: 'Request for assistance',
      reference: 'AR-2026-7K3M9Q',
      tlp: 'AMBER',
    });
    expect(titles(drawn(view()))).toEqual([
      'The request',
      'Incident: scope, scale and impact',
      'Addressee: Fictional State B',
      'What happened',
    ]);
    expect(titles(drawn(view(), 'fr')).at(-1)).toBe('Déroulement');
  });

  it('shows acknowledgement and response on their templates, by the body that gave them', () => {
    const acknowledged = {
      template: { key: 'acknowledgement', version: 1 },
      answers: { next: { answerBy: '2026-03-15T09:00:00Z' } },
    };
    const answered = {
      template: { key: 'response', version: 1 },
      answer: 'cannot' as const,
      answers: { refusal: { reasons: ['no-capacity'] } },
    };
    const document = drawn(
      view({
        addressees: [
          line({ state: 'redirected', handedOver: true }),
          line({ id: 'm', body: agency, acknowledgedAt: later }),
        ],
        timeline: [
          event({ act: 'acknowledge', at: later, party: 'XB', line: 'm', said: acknowledged }),
          event({ act: 'determine', at: later, party: 'XB', line: 'm', said: answered }),
        ],
      }),
    );
    expect(titles(document)).toEqual([
      'The request',
      'Incident: scope, scale and impact',
      'Addressee: Fictional State B',
      'Addressee: Fictional State B, Cyber authority',
      'Acknowledgement by Fictional State B, Cyber authority, 2026-03-15 06:00 UTC',
      'What comes next',
      'Response of Fictional State B, Cyber authority, 2026-03-15 06:00 UTC',
      'Reasons for not assisting, or not in full',
      'What happened',
    ]);
    expect(JSON.stringify(document.sections)).not.toContain('no-capacity');
    expect(document.fixed).toEqual(['fs.assist.no-result', 'fs.ack.request']);
  });

  it('leaves an acknowledgement without further words to the line and the timeline', () => {
    const said = { template: { key: 'acknowledgement', version: 1 } };
    expect(titles(drawn(view({ timeline: [event({ act: 'acknowledge', said })] })))).not.toContain(
      'Acknowledgement by Fictional State B, 2026-03-14 22:30 UTC',
    );
  });

  it('tells what was said and who was named, but no internal note', () => {
    const text = (words: string) => ({ text: { text: words, language: 'en' } });
    const document = drawn(
      view({
        addressees: [line({ handedOver: true }), line({ body: agency })],
        timeline: [
          event({ act: 'ask', said: text('Which version?') }),
          event({ act: 'note', said: text('internal-words') }),
          event({ act: 'share-with', said: text('internal-words') }),
          event({ act: 'unshare' }),
          event({
            act: 'redirect',
            said: { ...text('Theirs.'), redirectTo: { party: 'XB', body: agency.id } },
          }),
          event({ act: 'accept-offer', by: { kind: 'link-bearer', name: 'M. Example', selfStated: true } }),
          event({ act: 'remind', by: { kind: 'system' } }),
          event({ act: 'amend', said: { amendment: [{ field: '#/incident/sectors', change: 'changed' }] } }),
        ],
      }),
    );
    const told = JSON.stringify(document.sections.at(-1));
    for (const words of [
      'Which version?',
      'Theirs.',
      'Fictional State B, Cyber authority',
      'name as stated',
      'the system',
      'Fields changed: Sectors',
    ])
      expect([words, told.includes(words)]).toEqual([words, true]);
    expect(JSON.stringify(document)).not.toMatch(/internal-words|Shared within|Sharing ended/);
    expect(document.fixed).toContain('fs.assist.good-faith');
  });

  it('names the other addressees that were disclosed, and no others', () => {
    const otherAddressees = [{ party: 'XC', names: {}, disclosedAt: later }];
    const told = event({ act: 'disclose', said: { disclosed: ['XC'] } });
    const { entries, sections } = drawn(view({ direction: 'incoming', otherAddressees, timeline: [told] }));
    expect(entries).toContainEqual({
      label: 'Also asked (disclosed by the requester)',
      value: { kind: 'plain', text: 'XC' },
    });
    expect(JSON.stringify(sections.at(-1))).toMatch(/Disclosed who else was asked.*XC/);
    expect(JSON.stringify(drawn(view({ direction: 'incoming' })))).not.toContain('Also asked');
  });

  it('says whose line an event is on where there are several addressees', () => {
    const two = view({
      addressees: [line(), line({ id: 'm', party: 'XC' })],
      timeline: [event({}), event({ addressee: 'XC', line: 'm' })],
    });
    expect(JSON.stringify(drawn(two).sections.at(-1))).toMatch(/Sent \[Fictional State B\].*Sent \[XC\]/);
    expect(JSON.stringify(drawn(view()).sections.at(-1))).not.toContain('[Fictional');
  });
});
