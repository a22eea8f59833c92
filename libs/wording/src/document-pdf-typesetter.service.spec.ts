import { Typesetter } from './document-pdf-typesetter.service.js';

const ample = 60_000;
const layout = '#set document(title: "T", date: none)\n#for n in range(int(sys.inputs.document)) [#n]';
const brief = { layout, document: '1' };
const endless = {
  layout: '#{ let a = range(9999); for b in a { for c in a { let d = a.sum() } } }',
  document: '',
};
const lives = (pid: number | undefined): boolean => {
  try {
    return pid !== undefined && process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('the process that sets PDFs', () => {
  let typesetter: Typesetter;
  beforeEach(() => void (typesetter = new Typesetter()));
  afterEach(() => typesetter.close());

  it('starts with the first document, and stays for the next', async () => {
    expect(typesetter.pid).toBeUndefined();
    expect(await typesetter.set(brief, ample)).toMatchObject({ loaded: true, resident: expect.any(Number) });
    const { pid } = typesetter;
    expect(pid).not.toBe(process.pid);
    const second = await typesetter.set(brief, ample);
    expect(String(Buffer.from((second as { pdf: Uint8Array }).pdf).subarray(0, 5))).toBe('%PDF-');
    expect(typesetter.pid).toBe(pid);
  });

  it('stays when a layout cannot be set', async () => {
    const answer = await typesetter.set({ layout: '#panic()', document: '' }, ample);
    expect(answer).toMatchObject({ loaded: true, pdf: undefined });
    expect(lives(typesetter.pid)).toBe(true);
  });

  it('is killed in the midst of a document at the limit of time, and the next has a new one', async () => {
    await typesetter.set(brief, ample);
    const { pid } = typesetter;
    expect(await typesetter.set(endless, 100)).toBe('late');
    expect(await typesetter.set(brief, ample)).toMatchObject({ loaded: true, pdf: expect.anything() });
    expect(typesetter.pid).not.toBe(pid);
    expect(lives(pid)).toBe(false);
  });

  it('may end by itself: the document is not made, and the next has a new one', async () => {
    await typesetter.set(brief, ample);
    const answer = typesetter.set(endless, ample);
    process.kill(typesetter.pid ?? 0, 'SIGKILL');
    expect(await answer).toBe('ended');
    expect(await typesetter.set(brief, ample)).toMatchObject({ loaded: true, pdf: expect.anything() });
    process.kill(typesetter.pid ?? 0, 'SIGKILL');
    while (typesetter.pid !== undefined) await new Promise(setImmediate);
    expect(await typesetter.set(brief, ample)).toMatchObject({ loaded: true, pdf: expect.anything() });
  });

  it('is replaced once it keeps too much memory', async () => {
    const lean = new Typesetter(0);
    expect(await lean.set(brief, ample)).toMatchObject({ pdf: expect.anything() });
    expect(lean.pid).toBeUndefined();
  });

  it('is gone when it was closed, also in the midst of a document', async () => {
    const answer = typesetter.set(endless, ample);
    const { pid } = typesetter;
    expect(lives(pid)).toBe(true);
    await typesetter.close();
    expect(await answer).toBe('ended');
    expect([lives(pid), typesetter.pid]).toEqual([false, undefined]);
  });
});
