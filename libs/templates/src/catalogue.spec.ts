import { tlpCodes, tlpLabel, urgencies } from '#libs/wording';
import { catalogueDocuments } from './catalogue-documents.js';
import { fieldsOf } from './fields.js';
import { Catalogue, loadCatalogue } from './template.js';

const read = loadCatalogue(catalogueDocuments);
const catalogue = 'catalogue' in read ? read.catalogue : new Catalogue([]);
const template = (key: string) => catalogue.find(key) ?? catalogue.templates[0]!;
const codes = (key: string, list: string) => template(key).codeLists[list]?.codes.map(({ code }) => code);
const requests = ['assistance-request', 'mitigation-request'];

describe('the catalogue', () => {
  it('is read without a fault', () => {
    expect(read).not.toHaveProperty('faults');
    expect(catalogue.templates.map(({ key, version }) => [key, version])).toEqual(
      Object.keys(catalogueDocuments).map((key) => [key, 1]),
    );
  });

  it.each(requests)('has in %s every block of a full request, and five fields that are enough', (key) => {
    expect(template(key).keys).toEqual(['from', 'to', 'urgency', 'tlp', 'sentence']);
    expect(template(key).blocks.map((block) => block.key)).toEqual(
      expect.arrayContaining([
        ...['essentials', 'parties', 'incident-technical', 'incident-scope', 'incident-context'],
        ...['incident-consultations', 'involvement', 'evidence', 'measures', 'assistance', 'legal'],
        ...['languages', 'others', 'confidentiality', 'contact'],
      ]),
    );
  });

  it('has in a response receipt, determination, timeframe, nature, scope, terms, refusal and suggestion', () => {
    expect(template('response').blocks.map((block) => block.key)).toEqual([
      ...['essentials', 'acknowledgement', 'determination', 'more-time', 'timeframe', 'nature', 'scope'],
      ...['terms', 'refusal', 'suggestion'],
    ]);
    expect(codes('response', 'answers')).toEqual(['can-assist', 'in-part', 'cannot', 'more-time']);
    expect(codes('response', 'reasons')).toHaveLength(10);
  });

  it('speaks of urgency and TLP in the words that the system has', () => {
    for (const key of requests) {
      expect(codes(key, 'urgency')).toEqual(urgencies);
      expect(codes(key, 'tlp')).toEqual(tlpCodes);
    }
    for (const { codeLists } of catalogue.templates)
      expect(codeLists.tlp?.codes.map(({ texts }) => [texts.en, texts.fr])).toEqual(
        tlpCodes.map((code) => [tlpLabel(code), tlpLabel(code)]),
      );
  });

  it('has the 11 classes and 39 types of RSIT and the actions of IODEF', () => {
    const rsit = codes('assistance-request', 'rsit') ?? [];
    expect(rsit.filter((code) => !code.includes('/'))).toHaveLength(11);
    expect(rsit.filter((code) => code.includes('/'))).toHaveLength(39);
    expect(codes('assistance-request', 'actions')).toHaveLength(23);
  });

  it('has one text for one code, in whatever template it stands', () => {
    const lists = new Map<string, unknown>();
    for (const { codeLists } of catalogue.templates)
      for (const [name, list] of Object.entries(codeLists))
        expect(list).toEqual(lists.set(name, lists.get(name) ?? list).get(name));
    expect(lists.size).toBeGreaterThan(30);
  });

  it('is typeset in French: apostrophes, no-break spaces before tall punctuation, paragraphs as in the report', () => {
    const french = (node: unknown): string[] => {
      if (typeof node !== 'object' || node === null) return [];
      return Object.entries(node).flatMap(([name, value]: [string, unknown]) =>
        name === 'fr' && typeof value === 'string' ? [value] : french(value),
      );
    };
    const texts = french(catalogue.templates);
    expect(texts.length).toBeGreaterThan(700);
    expect(texts.filter((text) => /'|"| {2}|[^\u00a0][:;?!](?!\w)/.test(text))).toEqual([]);
    const sources = catalogue.templates.flatMap(({ blocks }) => blocks.flatMap(({ source = [] }) => source));
    expect(sources.length).toBeGreaterThan(20);
    const paragraphs = (text: string) => text.replace(/\(?([a-z])\)/g, '($1)').match(/\d+(?: \(.\))?/g);
    for (const { en, fr } of sources) expect(paragraphs(fr)).toEqual(paragraphs(en));
  });

  it('asks nobody who did it', () => {
    const asked = catalogue.templates.flatMap((one) =>
      fieldsOf(one).flatMap((field) => [
        field.pointer,
        JSON.stringify(field.label),
        JSON.stringify(field.parts ?? ''),
      ]),
    );
    expect(
      asked.filter((words) => /attribut|perpetrat|culprit|actor|author(?!i)|auteur/i.test(words)),
    ).toEqual([]);
  });

  it('says on every document what no one may leave out', () => {
    expect(catalogue.templates.map(({ key, fixedSentences }) => [key, fixedSentences])).toEqual([
      ['assistance-request', ['fs.assist.no-result']],
      ['mitigation-request', ['fs.notice.no-implication', 'fs.assist.no-result']],
      ['acknowledgement', ['fs.ack.request']],
      ['response', ['fs.assist.no-result']],
    ]);
  });
});
