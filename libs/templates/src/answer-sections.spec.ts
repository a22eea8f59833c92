import {
  formatInstant,
  languageName,
  languages,
  textsIn,
  type DocumentSection,
  type DocumentValue,
  type Language,
} from '#libs/wording';
import { answerSections, changedSections } from './answer-sections.js';
import { catalogueDocuments } from './catalogue-documents.js';
import { fieldsOf, isUnavailable, type Answers } from './fields.js';
import { isMembers } from './loose-json.js';
import { amended, samples, staged } from './samples.js';
import { Catalogue, loadCatalogue } from './template.js';
import type { Template } from './template-document.js';

const read = loadCatalogue(catalogueDocuments);
const catalogue = 'catalogue' in read ? read.catalogue : new Catalogue([]);
const find = (key: string): Template => catalogue.find(key)!;
const request = find('assistance-request');

const names: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  XA: { en: 'Arcadia', fr: 'Arcadie' },
  XB: { en: 'Borealia', fr: 'Boréalie' },
  XC: { en: 'Cascadia', fr: 'Cascadie' },
};
const reader = (language: Language) => ({
  language,
  partyName: (code: string) => names[code]?.[language] ?? code,
});

/** Every value there is, a text each. */
const textsOf = (node: unknown): string[] => {
  if (Array.isArray(node)) return node.flatMap(textsOf);
  if (!isMembers(node)) return [];
  return 'text' in node ? [String(node.text)] : Object.values(node).flatMap(textsOf);
};
const labelsOf = (node: unknown): string[] => {
  if (Array.isArray(node)) return node.flatMap(labelsOf);
  if (!isMembers(node)) return [];
  return [...('label' in node ? [String(node.label)] : []), ...Object.values(node).flatMap(labelsOf)];
};
const shownIn = (sections: readonly DocumentSection[]): Record<string, DocumentValue> =>
  Object.fromEntries(sections.flatMap(({ entries }) => entries.map(({ label, value }) => [label, value])));

/** Whatever stands in answers, in any shape: each text with its language, each reason, each empty list is one. */
const leavesOf = (answer: unknown): unknown[] => {
  if (isUnavailable(answer) || (isMembers(answer) && 'text' in answer && 'language' in answer))
    return [answer];
  if (Array.isArray(answer)) return answer.length === 0 ? [answer] : answer.flatMap(leavesOf);
  return isMembers(answer) ? Object.values(answer).flatMap(leavesOf) : [answer];
};

/** How a leaf may read, found without the schema: by what it looks like and by every code list. */
const forms = (leaf: unknown, { codeLists }: Template, language: Language): string[] => {
  const { answer, availability } = textsIn(language);
  if (isUnavailable(leaf)) {
    const { availability: reason, expectedAt } = leaf;
    return [
      expectedAt === undefined
        ? availability[reason]
        : availability.expected(formatInstant(new Date(expectedAt))),
    ];
  }
  if (isMembers(leaf)) return [String(leaf.text)];
  if (Array.isArray(leaf)) return [answer.none];
  if (typeof leaf === 'boolean') return [leaf ? answer.yes : answer.no];
  if (typeof leaf === 'number') return [String(leaf), new Intl.NumberFormat(language).format(leaf)];
  const word = String(leaf);
  const coded = Object.entries(codeLists).flatMap(([list, { codes }]) =>
    codes
      .filter(({ code }) => code === word)
      .map(({ texts }) => (list === 'rsit' ? `${texts[language]} (${word})` : texts[language])),
  );
  if (coded.length > 0) return coded;
  if (word in names) return [reader(language).partyName(word)];
  if (/^\d{4}-.*Z$/.test(word)) return [formatInstant(new Date(word))];
  return /^[a-z]{2}$/.test(word) ? [languageName(word, language)] : [word];
};

const given = samples.flatMap((sample) => {
  const { key, template, answers, script } = staged(
    sample,
    new Date('2026-03-14T22:30:00Z'),
    'AR-2026-7K3M9Q',
  );
  const amendment = script.filter(({ act }) => act === 'amend').map((step) => step.answers ?? {});
  const whole = amendment.reduce((before, next) => amended(find(template.key), before, next), answers);
  return [
    { what: key, template: find(template.key), answers },
    { what: `${key}, amended`, template: find(template.key), answers: whole },
    ...script
      .filter((step) => step.template !== undefined)
      .map((step) => ({
        what: `${key}, ${step.act} by ${step.by}`,
        template: find(step.template?.key ?? ''),
        answers: step.answers ?? {},
      })),
  ];
});
const cases = given.flatMap((one) =>
  languages.map((language): [string, Language, Template, Answers] => [
    one.what,
    language,
    one.template,
    one.answers,
  ]),
);

describe.each(cases)('the sections of %s in %s', (_what, language, template, answers) => {
  const sections = answerSections(template, answers, reader(language));
  const texts = textsOf(sections);

  it('lose nothing that was answered, and add nothing', () => {
    const leaves = leavesOf(answers);
    expect(
      leaves.filter((leaf) => !forms(leaf, template, language).some((form) => texts.includes(form))),
    ).toEqual([]);
    expect(texts).toHaveLength(leaves.length);
  });

  it('are the blocks that apply, in the order of the layout, with their paragraphs', () => {
    const titles = template.blocks.map(({ title }) => title[language]);
    const places = sections.map(({ title }) => titles.indexOf(title));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).not.toContain(-1);
    for (const { title, level, source, entries } of sections) {
      expect(level).toBe(2);
      expect(entries.length).toBeGreaterThan(0);
      expect(source).toBe(template.blocks[titles.indexOf(title)]?.source?.[language]);
    }
  });

  it('show no name of a field and no code that has a text', () => {
    expect([...labelsOf(sections), ...texts].filter((word) => /^[a-z]+([A-Z][a-z]*)+$/.test(word))).toEqual(
      [],
    );
    expect(texts.filter((word) => /^[a-z0-9]+([-/][a-z0-9]+)+$/.test(word))).toEqual([]);
  });
});

describe('the sections of answers', () => {
  it('leave the five out where that is wanted', () => {
    const answers = { from: 'XA', to: ['XB'], urgency: 'U1', legal: { personalData: 'none' } };
    expect(answerSections(request, answers, reader('en'))).toHaveLength(2);
    expect(answerSections(request, answers, reader('en'), { withoutKeys: true })).toEqual([
      {
        title: 'Legal basis and constraints',
        level: 2,
        entries: [{ label: 'Personal data in what is handed over', value: { kind: 'plain', text: 'None' } }],
      },
    ]);
  });

  it('have no section of a block that does not apply', () => {
    const answers = { answer: 'cannot', terms: { goodFaith: true }, refusal: { reasons: ['legal-bar'] } };
    expect(answerSections(find('response'), answers, reader('en')).map(({ title }) => title)).toEqual([
      'The five fields',
      'Reasons for not assisting, or not in full',
    ]);
  });

  it('are none where nothing is answered', () => {
    expect(answerSections(request, {}, reader('en'))).toEqual([]);
    expect(answerSections(request, { incident: { scale: {} } }, reader('en'))).toEqual([]);
  });
});

describe('the sections of what changed', () => {
  const changed = (before: Answers, after: Answers, language: Language = 'en') =>
    changedSections(request, before, after, reader(language));

  it('are none where nothing did', () => {
    expect(
      changed({ urgency: 'U1', others: { asked: [] } }, { others: { asked: [] }, urgency: 'U1' }),
    ).toEqual([]);
  });

  it.each(languages)('of an amendment in %s are its fields alone', (language) => {
    const [before, after] = given.filter(({ what }) => what.startsWith('ransomware-hospitals'));
    const amendment = samples[0]?.script.find(({ act }) => act === 'amend')?.answers ?? {};
    const fields = Object.entries(amendment).flatMap(([group, answers]) =>
      Object.keys(answers as object).map((name) => `/${group}/${name}`),
    );
    const sections = changedSections(request, before?.answers, after?.answers, reader(language));
    expect(Object.keys(shownIn(sections)).sort()).toEqual(
      fieldsOf(request)
        .filter(({ field }) => fields.includes(field))
        .map(({ label }) => label[language])
        .sort(),
    );
    const whole = shownIn(answerSections(request, after?.answers, reader(language)));
    expect(whole).toMatchObject(shownIn(sections));
  });

  it('say that an answer was removed', () => {
    const before = { incident: { status: 'ongoing', scale: { systems: 1 }, sectors: ['energy'] } };
    const removed = (text: string) => ({ kind: 'absent', text });
    expect(shownIn(changed(before, { incident: { scale: {}, sectors: ['energy'] } }))).toEqual({
      Status: removed('removed'),
      Scale: removed('removed'),
    });
    expect(shownIn(changed({ incident: { status: 'ended' } }, {}, 'fr'))).toEqual({
      Statut: removed('information retirée'),
    });
  });

  it('say of a block that does not apply any more that it was removed', () => {
    const sections = changedSections(
      find('response'),
      { answer: 'can-assist', terms: { publicity: 'none' } },
      { answer: 'cannot' },
      reader('en'),
    );
    expect(shownIn(sections)).toEqual({
      Answer: { kind: 'plain', text: 'We cannot assist' },
      Publicity: { kind: 'absent', text: 'removed' },
    });
  });

  it('leave the five out where that is wanted', () => {
    expect(changedSections(request, {}, { urgency: 'U1' }, reader('en'), { withoutKeys: true })).toEqual([]);
  });
});
