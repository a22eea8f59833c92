import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { Instance } from '../harness/instance.js';
import type { Officer } from '../harness/officer.js';
import { waitUntil } from '../harness/waiting.js';

const cannot = {
  act: 'determine',
  answer: 'cannot',
  answers: {
    refusal: { reasons: ['no-capacity'], explanation: { text: 'XB-only words of refusal.', language: 'en' } },
  },
};
const answers = {
  incident: {
    technicalDescription: { text: 'Файлы зашифрованы.\nتم تشفير الملفات.', language: 'ru' },
    endedAt: { availability: 'unknown' },
    sectors: ['health-care'],
  },
};

const pdfText = async (bytes: Uint8Array): Promise<string[]> => {
  const pdf = await getDocument({ data: bytes, useSystemFonts: false }).promise;
  const pages = Array.from({ length: pdf.numPages }, async (_, index) => {
    const { items } = await (await pdf.getPage(index + 1)).getTextContent();
    return items.map((item) => ('str' in item ? item.str : '')).join(' ');
  });
  return Promise.all(pages);
};

describe('a request and its answers as a document', () => {
  let instance: Instance;
  let requester: Officer;
  let addressee: Officer;
  let other: Officer;

  beforeAll(async () => {
    instance = await Instance.start();
    requester = await instance.officer('officer@xa.example');
    addressee = await instance.officer('officer@xb.example');
    other = await instance.officer('officer@xc.example');
  });
  afterAll(() => instance.stop());

  const document = async (officer: Officer, id: string, form: string, query = '') => {
    const answer = await officer.get(`/requests/${id}/document.${form}${query}`).buffer(true);
    return { status: answer.status, type: answer.headers['content-type'] as string, text: answer.text };
  };
  const pdf = async (officer: Officer, id: string, query = '') => {
    const answer = await officer
      .get(`/requests/${id}/document.pdf${query}`)
      .buffer(true)
      .parse((response, done) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => done(null, Buffer.concat(chunks)));
      });
    return { type: answer.headers['content-type'] as string, bytes: new Uint8Array(answer.body as Buffer) };
  };
  const flat = (text: string) => text.replaceAll(/[\s>]+/g, ' ');

  it('says the same as page, as text and as PDF, in either language', async () => {
    const { id, reference } = await requester.files({ answers });
    await addressee.acts(id, cannot);
    for (const [lang, words] of [
      ['en', ['Request for assistance', 'Fictional State A', 'Health care', 'unknown', 'XB-only words']],
      ['fr', ['Demande d’assistance', 'État fictif A', 'santé', 'inconnue', 'XB-only words', 'fait foi']],
    ] as const) {
      const html = await document(requester, id, 'html', `?lang=${lang}`);
      const text = await document(requester, id, 'txt', `?lang=${lang}`);
      const { type, bytes } = await pdf(requester, id, `?lang=${lang}`);
      expect([html.type, text.type, type]).toEqual([
        'text/html; charset=utf-8',
        'text/plain; charset=utf-8',
        'application/pdf',
      ]);
      const pages = await pdfText(bytes);
      for (const page of pages) expect(page.match(/TLP:AMBER/g)?.length).toBeGreaterThanOrEqual(2);
      for (const said of [html.text, flat(text.text), flat(pages.join(' '))])
        for (const word of [...words, reference, 'Файлы зашифрованы'])
          expect([lang, word, said.includes(word)]).toEqual([lang, word, true]);
    }
  });

  it('is in the language of whoever asks, where none is named, and in no unknown one', async () => {
    const { id } = await requester.files({ to: ['XC'] });
    expect((await document(other, id, 'txt')).text).toContain('DEMANDE D’ASSISTANCE');
    expect((await document(requester, id, 'txt')).text).toContain('REQUEST FOR ASSISTANCE');
    const { status, text } = await document(requester, id, 'txt', '?lang=tlh');
    expect([status, JSON.parse(text)]).toMatchObject([400, { errors: [{ parameter: 'lang' }] }]);
  });

  it('shows an addressee nothing of the others, and nobody internal notes', async () => {
    const { id } = await requester.files({ to: ['XB', 'XC'] });
    await addressee.acts(id, cannot);
    await addressee.acts(id, { act: 'note', text: { text: 'internal-words', language: 'en' } });
    const theirs = (await document(other, id, 'txt')).text;
    expect(theirs).not.toMatch(/XB-only|fictif B|no-capacity/);
    expect((await document(addressee, id, 'txt')).text).toContain('XB-only words');
    for (const officer of [requester, addressee, other])
      for (const form of ['txt', 'html'])
        expect((await document(officer, id, form)).text).not.toContain('internal-words');
    const stranger = await instance.officer('policy@xb.example');
    expect((await document(stranger, id, 'pdf')).status).toBe(404);
  });

  it('marks an exercise, and needs a handling label', async () => {
    const { id } = await requester.files({ traffic: 'exercise', tlp: 'TLP:RED' });
    const { text } = await document(requester, id, 'txt');
    expect(text.match(/EXERCISE EXERCISE EXERCISE/g)).toHaveLength(2);
    expect(text).toContain('TLP:RED');
    const draft = await requester.post('/requests', { draft: true, to: ['XB'] });
    const { id: draftId } = draft.body as { id: string };
    expect((await document(requester, draftId, 'pdf')).status).toBe(409);
  });

  it('says in the mail what was answered, where the label lets it', async () => {
    const until = new Date(Date.now() + 3_600_000).toISOString().replace(/\.\d+Z$/, 'Z');
    for (const [answer, words, more] of [
      ['can-assist', 'We can assist', {}],
      ['in-part', 'We can assist in part', {}],
      ['cannot', 'We cannot assist', { refusal: { reasons: { availability: 'withheld' } } }],
      ['more-time', 'We need more time', { moreTime: { until } }],
    ] as const)
      for (const [tlp, travels] of [
        ['TLP:AMBER', true],
        ['TLP:RED', false],
      ] as const) {
        const { id, reference } = await requester.files({ tlp });
        await addressee.acts(id, { act: 'acknowledge' });
        await addressee.acts(id, { act: 'assess' });
        await addressee.acts(id, { act: 'determine', answer, answers: more });
        const subject = answer === 'more-time' ? 'More time' : 'Answer';
        const mail = await waitUntil(`the requester is told: ${answer}`, () =>
          instance.sink
            .mailsTo('cert@xa.example')
            .find((one) => one.subject.endsWith(`${reference} ${subject}`)),
        );
        expect([answer, tlp, mail.text.includes(words)]).toEqual([answer, tlp, travels]);
      }
  });

  it('stands in the mails where the label lets it, and does not where it does not', async () => {
    for (const [tlp, travels] of [
      ['TLP:AMBER', true],
      ['TLP:AMBER+STRICT', false],
      ['TLP:RED', false],
    ] as const) {
      const { id, reference } = await requester.files({ tlp, answers });
      await addressee.acts(id, cannot);
      await requester.acts(id, { act: 'amend', answers: { parties: { reference: 'XA-0042' } } });
      for (const [to, subject, words] of [
        ['cert@xb.example', 'Request for assistance', 'Файлы'],
        ['diplomatic@xa.example', 'Copy of a request for assistance', 'Файлы'],
        ['cert@xa.example', 'Answer', 'XB-only words of refusal.'],
        ['cert@xb.example', 'Request amended', 'XA-0042'],
      ] as const) {
        const mail = await waitUntil(`${to} has ${subject}`, () =>
          instance.sink.mailsTo(to).find((one) => one.subject.endsWith(`${reference} ${subject}`)),
        );
        expect([tlp, subject, mail.text.includes(words)]).toEqual([tlp, subject, travels]);
        expect([tlp, subject, (mail.html || '').includes(words)]).toEqual([tlp, subject, travels]);
      }
    }
  });
});
