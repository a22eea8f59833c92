import { DocumentPdf } from './document-pdf.service.js';
import type { DocumentText } from './document.js';

const holding = (...texts: string[]): DocumentText => ({
  language: 'en',
  instance: 'real',
  traffic: 'actual',
  tlp: 'AMBER',
  title: 'Request for assistance',
  reference: 'AR-2026-7K3M9Q',
  producedAt: new Date('2026-11-24T20:43:10Z'),
  entries: [],
  sections: [
    {
      title: 'The request',
      level: 1,
      entries: texts.map((text) => ({ label: 'Text', value: { kind: 'written', text, language: 'en' } })),
    },
  ],
  fixed: [],
});
const short = holding('Keep the logs.');
const unspaced = holding(...Array.from({ length: 8 }, () => 'a'.repeat(20_000)));
const outcome = (made: Promise<Uint8Array>): Promise<unknown> =>
  made.then(
    () => 'made',
    (error: unknown) => error,
  );
const unavailable = (detail: string) => ({
  code: 'unavailable',
  detail: expect.stringMatching(`${detail}.*page and the plain text`),
});

describe('PDFs that are asked for at once', () => {
  let pdf: DocumentPdf;
  const within = (limits: { time?: number; queue?: number } = {}): DocumentPdf =>
    (pdf = new DocumentPdf({ time: 60_000, queue: 8, ...limits }));
  afterEach(() => pdf.close());

  it('are made while everything else goes on', async () => {
    const order: string[] = [];
    const made = within()
      .render(unspaced)
      .then(() => order.push('the PDF is made'));
    for (let turn = 0; turn < 200; turn += 1) await new Promise(setImmediate);
    order.push('others had their turns');
    await made;
    expect(order).toEqual(['others had their turns', 'the PDF is made']);
  });

  it('are made in the order in which they were asked for', async () => {
    const order: string[] = [];
    within();
    const long = pdf.render(unspaced).then(() => order.push('long'));
    await Promise.all([long, pdf.render(short).then(() => order.push('short'))]);
    expect(order).toEqual(['long', 'short']);
  });

  it('are as many as the queue holds, and again when there is room', async () => {
    within({ queue: 2 });
    const all = [1, 2, 3].map(() => outcome(pdf.render(short)));
    expect(await Promise.all(all)).toMatchObject([
      'made',
      'made',
      { ...unavailable('Too many'), extra: { retryAfter: 5 } },
    ]);
    expect(await outcome(pdf.render(short))).toBe('made');
  });

  it('have a limit of time each, which does not end the others', async () => {
    const limits = { time: 1 };
    pdf = new DocumentPdf({
      queue: 8,
      get time() {
        return limits.time;
      },
    });
    const late = await Promise.all([outcome(pdf.render(unspaced)), outcome(pdf.render(unspaced))]);
    expect(late).toMatchObject([unavailable('too long to be set'), unavailable('too long to be set')]);
    limits.time = 60_000;
    expect(await outcome(pdf.render(short))).toBe('made');
  });

  it('are refused when they are too long, before anything is set', async () => {
    within({ time: 1 });
    const long = holding(...Array.from({ length: 51 }, () => 'a'.repeat(20_000)));
    expect(await outcome(pdf.render(long))).toMatchObject(unavailable('too long for a PDF'));
  });

  it('are not made any more when it was closed, whether at work or waiting', async () => {
    within();
    const asked = [outcome(pdf.render(unspaced)), outcome(pdf.render(short))];
    await new Promise(setImmediate);
    await pdf.close();
    expect(await Promise.all([...asked, outcome(pdf.render(short))])).toMatchObject([
      unavailable('ended before'),
      unavailable('is ending'),
      unavailable('is ending'),
    ]);
  });
});
