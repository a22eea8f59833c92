import { AckLink } from '../harness/ack-link.js';
import { Instance } from '../harness/instance.js';
import type { Officer } from '../harness/officer.js';
import { backEnds } from '../harness/settings.js';
import { waitUntil } from '../harness/waiting.js';

describe.each(backEnds)('the thread, with the queue on %s', (queue) => {
  let instance: Instance;
  let requester: Officer;

  beforeAll(async () => {
    instance = await Instance.start({ queue });
    requester = await instance.officer('officer@xa.example');
  });
  afterAll(() => instance.stop());

  const mailAbout = async (reference: string, to: string, kind = 'Request for assistance') =>
    waitUntil(`a mail "${kind}" to ${to}`, () =>
      instance.sink
        .mailsTo(to)
        .find((mail) => mail.subject.includes(reference) && mail.subject.includes(kind)),
    );

  it('runs from a filed request to its acknowledgement without a login, seen by both sides', async () => {
    const filed = await requester.files();
    expect(filed).toMatchObject({ state: 'sent', direction: 'outgoing', to: ['XB'], tlp: 'AMBER' });
    expect(filed.reference).toMatch(/^AR-20\d\d-[0-9A-HJKMNP-TV-Z]{6}$/);

    const mail = await mailAbout(filed.reference, 'cert@xb.example');
    expect(mail.subject).toBe(`U1 TLP:AMBER ${filed.reference} Request for assistance`);
    expect(mail.headers['auto-submitted']).toBe('auto-generated');
    expect(mail.text).toContain('ransomware');
    expect(mail.text).toContain('not expected to ensure a particular result');
    const french = await mailAbout(filed.reference, 'cert-alternate@xb.example', 'Demande');
    expect(french.text).toContain('accusé de réception');
    const copy = await mailAbout(filed.reference, 'diplomatic@xa.example', 'Copy');
    expect(copy.text).not.toContain('/ack/');

    const link = AckLink.in(mail);
    for (let fetch = 0; fetch < 50; fetch++)
      expect((await link.open(fetch % 2 ? 'head' : 'get')).status).toBe(200);
    expect((await requester.sees(filed.id)).addressees[0]).toMatchObject({ state: 'sent', version: 1 });

    const page = await link.open();
    expect(Buffer.byteLength(page.text)).toBeLessThan(15_000);
    expect(page.text).not.toContain('<script');
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");

    const done = await link.submit('A. Duty');
    expect(done.status).toBe(200);
    expect(done.text).toContain('Receipt acknowledged');

    const second = await AckLink.in(french).open();
    expect(second.text).toContain('A. Duty');
    expect(second.text).toContain('already acknowledged');

    const seen = await requester.sees(filed.id);
    expect(seen.addressees).toEqual([
      expect.objectContaining({
        party: 'XB',
        state: 'acknowledged',
        reach: 'viewed',
        acknowledgedBy: { kind: 'link-bearer', name: 'A. Duty', selfStated: true },
      }),
    ]);
    expect(seen.timeline.map(({ act, party, assurance }) => [act, party, assurance])).toEqual([
      ['save', 'XA', 'signed-in'],
      ['send', 'XA', 'signed-in'],
      ['accepted-by-relay', 'XB', 'system'],
      ['acknowledge', 'XB', 'link-and-code'],
    ]);
    const addressee = await instance.officer('duty@xb.example');
    const theirs = await addressee.sees(filed.id);
    expect(theirs).toMatchObject({ direction: 'incoming', state: 'acknowledged' });
    expect(theirs.addressees[0]?.acknowledgedAt).toBe(seen.addressees[0]?.acknowledgedAt);

    const told = await mailAbout(filed.reference, 'cert@xa.example', 'Receipt acknowledged');
    expect(told.text).toContain('A. Duty');
    expect(told.text).toContain('not a commitment to provide assistance');
    expect(instance.sink.mails.filter((one) => one.subject.includes(filed.reference))).toHaveLength(6);
  });

  it('asks several States, and none learns of the others', async () => {
    const filed = await requester.files({ to: ['XB', 'XC'] });
    expect(filed.addressees.map((line) => line.party).sort()).toEqual(['XB', 'XC']);
    const mail = await mailAbout(filed.reference, 'cert@xb.example');
    const page = await AckLink.in(mail).open();
    const theirs = await (await instance.officer('officer@xb.example')).sees(filed.id);
    for (const text of [mail.raw, page.text, JSON.stringify(theirs)]) {
      expect(text).not.toMatch(/\bXC\b/);
      expect(text).not.toContain('Fictional State C');
    }
    await AckLink.in(mail).submit('A. Duty');
    const seen = await requester.sees(filed.id);
    expect(seen.addressees.map(({ party, state }) => [party, state]).sort()).toEqual([
      ['XB', 'acknowledged'],
      ['XC', 'sent'],
    ]);
    const other = await (await instance.officer('officer@xc.example')).sees(filed.id);
    expect(JSON.stringify(other)).not.toMatch(/\bXB\b/);
    expect(other.fixedSentences.map(({ language, status }) => [language, status])).toEqual([
      ['fr', 'unofficial'],
    ]);
  });

  it.each(['RED', 'AMBER+STRICT'])('keeps content under TLP:%s out of mails and pages', async (tlp) => {
    const filed = await requester.files({ tlp, text: { text: 'Further secret words.', language: 'en' } });
    const mail = await mailAbout(filed.reference, 'cert@xb.example');
    const page = await AckLink.in(mail).open();
    for (const text of [mail.raw, page.text]) {
      expect(text).not.toContain('ransomware');
      expect(text).not.toContain('secret words');
      expect(text).toContain(filed.reference);
    }
    expect((await (await instance.officer('officer@xb.example')).sees(filed.id)).sentence).toMatchObject({
      text: expect.stringContaining('ransomware') as string,
    });
  });

  it('marks an exercise on everything that leaves', async () => {
    const filed = await requester.files({ traffic: 'exercise' });
    expect(filed.reference).toMatch(/^EX-/);
    expect(filed.fixedSentences.map((sentence) => sentence.id)).toContain('fs.exercise');
    const mail = await mailAbout(filed.reference, 'cert@xb.example');
    expect(mail.subject).toMatch(/^\[EXERCISE\] U1 TLP:AMBER EX-/);
    expect(mail.from).toBe('exercise@aldis.example');
    const lines = mail.text.trim().split('\n').filter(Boolean);
    expect(lines[0]).toMatch(/^EXERCISE EXERCISE EXERCISE|^\*\*\* EXERCISE/);
    expect(lines.slice(-2).join(' ')).toContain('EXERCISE EXERCISE EXERCISE');
  });

  it('withdraws: the addressee is told, and its links acknowledge no more', async () => {
    const filed = await requester.files();
    const link = AckLink.in(await mailAbout(filed.reference, 'cert@xb.example'));
    const { status, body } = await requester.acts(filed.id, { act: 'withdraw', version: filed.version });
    expect([status, body.state, body.addressees[0]?.state]).toEqual([200, 'withdrawn', 'withdrawn']);
    await mailAbout(filed.reference, 'cert@xb.example', 'withdrawn');
    const late = await link.submit('A. Duty');
    expect(late.status).toBe(410);
    expect((await requester.sees(filed.id)).addressees[0]).toMatchObject({
      state: 'withdrawn',
      acknowledgedAt: null,
    });
    expect((await requester.acts(filed.id, { act: 'withdraw' })).status).toBe(409);
  });

  it('withdraws one of several lines alone', async () => {
    const filed = await requester.files({ to: ['XB', 'XC'] });
    const { body } = await requester.acts(filed.id, { act: 'withdraw', addressee: 'XC' });
    expect(body.state).toBe('sent');
    expect(body.addressees.map(({ party, state }) => [party, state]).sort()).toEqual([
      ['XB', 'sent'],
      ['XC', 'withdrawn'],
    ]);
  });

  it('keeps a draft that nobody else sees, changes it, and sends it when it is complete', async () => {
    const draft = await requester.files({ draft: true, urgency: undefined, sentence: undefined });
    expect(draft).toMatchObject({ state: 'draft', urgency: null, sentAt: null, addressees: [], to: ['XB'] });
    const addressee = await instance.officer('officer@xb.example');
    expect((await addressee.get(`/requests/${draft.id}`)).status).toBe(404);

    const early = await requester.post(`/requests/${draft.id}/acts`, { act: 'send' });
    expect(early.status).toBe(400);
    expect(early.body).toMatchObject({
      type: 'urn:aldis:problem:invalid-input',
      errors: [{ pointer: '#/urgency' }, { pointer: '#/sentence' }],
    });
    const saved = await requester.acts(draft.id, {
      act: 'save',
      version: draft.version,
      request: {
        to: ['XC'],
        urgency: 'U2',
        tlp: 'GREEN',
        sentence: { text: 'Please advise.', language: 'en' },
      },
    });
    expect(saved.body).toMatchObject({ version: 2, to: ['XC'], urgency: 'U2' });
    expect((await requester.acts(draft.id, { act: 'send', version: 1 })).status).toBe(409);
    const sent = await requester.acts(draft.id, { act: 'send', version: 2 });
    expect(sent.body).toMatchObject({ state: 'sent', to: ['XC'] });
    await mailAbout(draft.reference, 'cert@xc.example', 'Demande');
  });

  it('answers a repeated call alike and does it once', async () => {
    const body = {
      to: ['XB'],
      urgency: 'U4',
      tlp: 'CLEAR',
      sentence: { text: 'Once only.', language: 'en' },
    };
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => requester.post('/requests', body, 'same-key')),
    );
    expect(answers.map((answer) => answer.status)).toEqual([201, 201, 201, 201, 201]);
    expect(new Set(answers.map((answer) => (answer.body as { id: string }).id)).size).toBe(1);
    const other = await requester.post('/requests', { ...body, urgency: 'U3' }, 'same-key');
    expect(other.status).toBe(422);
    expect(other.body).toMatchObject({ type: 'urn:aldis:problem:key-reused' });
  });
});
