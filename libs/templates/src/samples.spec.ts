import { memberStates } from '#libs/parties';
import { checkAnswers } from './answers.js';
import { catalogueDocuments } from './catalogue-documents.js';
import { completeness } from './completeness.js';
import type { Answers } from './fields.js';
import { amended, samples, staged, type Sample } from './samples.js';
import { Catalogue, loadCatalogue } from './template.js';

const read = loadCatalogue(catalogueDocuments);
const catalogue = 'catalogue' in read ? read.catalogue : new Catalogue([]);
const find = ({ key, version }: { key: string; version: number }) => {
  const template = catalogue.find(key, version);
  if (!template) throw new Error(`no template ${key} version ${version}`);
  return template;
};
const filedAt = new Date('2026-03-14T22:30:00Z');
const played = samples.map((sample): [string, Sample] => [
  sample.key,
  staged(sample, filedAt, 'AR-2026-7K3M9Q'),
]);
const stringsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
};
const after = (sample: Sample): Answers =>
  sample.script
    .filter(({ act }) => act === 'amend')
    .reduce((answers, step) => amended(find(sample.template), answers, step.answers ?? {}), sample.answers);

describe.each(played)('the sample %s', (_key, sample) => {
  const template = find(sample.template);

  it('fits its template when it is filed and when it is amended', () => {
    expect(checkAnswers(template, sample.answers)).toEqual([]);
    expect(checkAnswers(template, after(sample))).toEqual([]);
    expect(sample.answers.to).toEqual(sample.addressees);
  });

  it('has a script whose documents fit theirs', () => {
    const documents = sample.script.filter((step) => step.template !== undefined);
    expect(documents.length).toBeGreaterThanOrEqual(2);
    for (const { template: of, answers, by } of documents) {
      expect(checkAnswers(find(of ?? sample.template), answers)).toEqual([]);
      expect(answers).toMatchObject({ from: by, to: sample.answers.from, request: 'AR-2026-7K3M9Q' });
    }
  });

  it('goes forward in time, between its own parties', () => {
    const minutes = sample.script.map(({ minute }) => minute);
    expect(minutes).toEqual(minutes.toSorted((a, b) => a - b));
    const parties = new Set([sample.answers.from, ...sample.addressees]);
    expect(sample.script.filter(({ by }) => !parties.has(by))).toEqual([]);
  });

  it('says which addressee the requester means, where there are several', () => {
    const meant = sample.script.filter(({ by, act }) => by === sample.answers.from && act !== 'amend');
    const isSaid = meant.map(({ addressee = '' }) => sample.addressees.includes(addressee));
    expect(isSaid).toEqual(meant.map(() => sample.addressees.length > 1));
  });

  it('leaves nothing to be filled in', () => {
    expect(stringsIn(sample).filter((text) => text.startsWith('filing'))).toEqual([]);
  });

  it('names no State that exists, and no address of anyone', () => {
    const texts = stringsIn(sample);
    const codes = texts.filter((text) => /^[A-Z]{2}$/.test(text));
    expect(codes.filter((code) => !['XA', 'XB', 'XC'].includes(code))).toEqual([]);
    const names = memberStates.flatMap((state) => [state.names.en, state.names.fr]);
    const words = texts.map((text) => ` ${text.replace(/[^\p{L}-]+/gu, ' ')} `);
    expect(names.filter((name) => words.some((text) => text.includes(` ${name} `)))).toEqual([]);
    const hosts = texts.flatMap((text) => text.match(/[\w-]+(\.[a-z-]+)+\b/g) ?? []);
    expect(hosts.filter((host) => !host.endsWith('.example'))).toEqual([]);
    const addresses = texts.flatMap((text) => text.match(/\b\d+\.\d+\.\d+\.\d+\b/g) ?? []);
    expect(addresses.filter((ip) => !/^(192\.0\.2|198\.51\.100|203\.0\.113)\./.test(ip))).toEqual([]);
  });
});

describe('the samples', () => {
  it('are three, and the first knows half when it is filed and more when it is amended', () => {
    const [, hospitals] = played.find(([key]) => key === 'ransomware-hospitals')!;
    const template = find(hospitals.template);
    const before = completeness(template, hospitals.answers);
    expect(samples).toHaveLength(3);
    expect(before.percent).toBeGreaterThanOrEqual(40);
    expect(before.percent).toBeLessThanOrEqual(60);
    expect(before.unavailable.length).toBeGreaterThan(20);
    expect(completeness(template, after(hospitals)).percent).toBeGreaterThan(before.percent);
  });

  it('have each an end, and show assistance that is accepted, reported on and completed', () => {
    const acts = samples.map(({ script }) => script.map(({ act }) => act));
    expect(acts.map((each) => each.at(-1))).toEqual(['close', 'close', 'close']);
    const given = acts.map((each) =>
      each.filter((act) => ['accept-offer', 'report-progress', 'complete'].includes(act)),
    );
    const whole = ['accept-offer', 'report-progress', 'complete'];
    expect(given).toEqual([whole, whole, []]);
  });

  it('have an answer of each kind', () => {
    const answers = samples.flatMap(({ script }) => script.map((step) => step.answers?.answer));
    expect(new Set(answers.filter((answer) => answer !== undefined))).toEqual(
      new Set(['can-assist', 'in-part', 'cannot', 'more-time']),
    );
  });

  it('are not changed by being staged', () => {
    expect(JSON.stringify(samples)).toContain('filing+');
  });
});
