import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { samples, staged } from '#libs/templates';
import { Instance } from '../harness/instance.js';
import type { Officer } from '../harness/officer.js';

interface Published {
  key: string;
  version: number;
  digest: string;
  document: object;
}

describe('requests on templates', () => {
  let instance: Instance;
  let requester: Officer;

  beforeAll(async () => {
    instance = await Instance.start({ worker: false });
    requester = await instance.officer('officer@xa.example');
  });
  afterAll(() => instance.stop());

  /** What is given for a sample: its five fields beside the answers of its groups. */
  const given = (sample: (typeof samples)[number]) => {
    const { from, to, urgency, tlp, sentence, ...answers } = staged(
      sample,
      new Date(),
      'AR-2026-000000',
    ).answers;
    return { from, to, urgency, tlp, sentence, answers, template: sample.template.key };
  };

  it('are filed on published documents that anyone can read and check', async () => {
    const { items } = (await instance.anyone.get('/api/v1/templates')).body as { items: Published[] };
    expect(items.map(({ key, version }) => [key, version])).toEqual([
      ['acknowledgement', 1],
      ['assistance-request', 1],
      ['mitigation-request', 1],
      ['response', 1],
    ]);
    const one = (await instance.anyone.get('/api/v1/templates/response/versions/1')).body as Published;
    expect(
      createHash('sha256')
        .update(canonicalize(one.document) ?? '')
        .digest('hex'),
    ).toBe(one.digest);
    expect((await instance.anyone.get('/api/v1/templates/response/versions/2')).status).toBe(404);
    expect((await instance.anyone.get('/api/v1/templates/none')).status).toBe(404);
  });

  it.each(samples.map((sample) => [sample.key, sample] as const))(
    'file the sample %s',
    async (_key, sample) => {
      const asks = await instance.officer(`officer@${String(sample.answers.from).toLowerCase()}.example`);
      const filed = await asks.files(given(sample));
      expect(filed).toMatchObject({
        state: 'sent',
        template: sample.template,
        kind: sample.template.key.split('-')[0],
      });
      expect(filed.completeness?.percent).toBeGreaterThan(50);
      const theirs = await (await instance.officer('officer@xb.example')).sees(filed.id);
      expect(theirs.answers).toEqual(filed.answers);
      expect(theirs.completeness).toEqual(filed.completeness);
    },
  );

  it('are sent with five fields, and told what is missing', async () => {
    const filed = await requester.files();
    expect(filed).toMatchObject({ template: { key: 'assistance-request', version: 1 }, answers: {} });
    expect(filed.completeness).toMatchObject({ percent: 0, answered: 0, unavailable: [] });
    expect(filed.completeness?.missing.length).toBe(filed.completeness?.fields);
  });

  it('take "unknown", "withheld" and "to follow" for a field, and name them', async () => {
    const expectedAt = new Date(Date.now() + 3_600_000).toISOString();
    const answers = {
      incident: {
        severity: { availability: 'withheld' },
        sectors: { availability: 'to-follow', expectedAt },
      },
    };
    const { completeness } = await requester.files({ answers });
    expect(completeness?.unavailable.map(({ field, availability }) => [field, availability]).sort()).toEqual([
      ['#/incident/sectors', 'to-follow'],
      ['#/incident/severity', 'withheld'],
    ]);
  });

  it('point at each answer that does not fit, and write nothing', async () => {
    const before = await instance.database.rows('SELECT count(*) FROM requests');
    const answers = { incident: { sectors: ['healthcare', 'no-such-sector'], invented: 1 }, urgency: 'U1' };
    const stray = await requester.post('/requests', { ...given(samples[0]!), answers });
    expect([stray.status, stray.body]).toMatchObject([400, { errors: [{ pointer: '#/answers/urgency' }] }]);
    const wrong = await requester.post('/requests', {
      ...given(samples[0]!),
      answers: { incident: answers.incident },
    });
    expect(wrong.status).toBe(400);
    const pointers = (wrong.body as { errors: { pointer: string }[] }).errors.map(({ pointer }) => pointer);
    expect(pointers).toContain('#/answers/incident/invented');
    expect(pointers.some((pointer) => pointer.startsWith('#/answers/incident/sectors/'))).toBe(true);
    expect(await instance.database.rows('SELECT count(*) FROM requests')).toEqual(before);
  });

  it('are amended by what has become known; each addressee is told and sees it', async () => {
    const filed = await requester.files({ answers: { incident: { sectors: { availability: 'unknown' } } } });
    const amended = await requester.acts(filed.id, {
      act: 'amend',
      version: filed.version,
      answers: { incident: { sectors: ['energy'] } },
    });
    expect([amended.status, amended.body.version]).toEqual([200, filed.version + 1]);
    expect(amended.body.completeness?.percent).toBeGreaterThan(filed.completeness?.percent ?? 100);
    expect(amended.body.timeline.at(-1)).toMatchObject({
      act: 'amend',
      addressee: 'XB',
      said: { amendment: [{ field: '#/incident/sectors', change: 'changed' }] },
    });
    const theirs = await (await instance.officer('officer@xb.example')).sees(filed.id);
    expect(theirs.answers).toEqual({ incident: { sectors: ['energy'] } });
    const told = await requester.deliveries(filed.id);
    expect(told.filter(({ kind }) => kind === 'amend').map(({ party }) => party)).toEqual(['XB', 'XB']);
    const empty = await requester.acts(filed.id, { act: 'amend' });
    expect([empty.status, empty.body]).toMatchObject([400, { errors: [{ pointer: '#/answers' }] }]);
  });

  it('stay on their template while they are drafts', async () => {
    const draft = await requester.files({ draft: true, template: 'mitigation-request' });
    const request = {
      to: ['XB'],
      urgency: 'U2',
      tlp: 'GREEN',
      sentence: { text: 'Please advise.', language: 'en' },
    };
    const other = { ...request, template: 'assistance-request' };
    const refused = await requester.acts(draft.id, { act: 'save', request: other });
    expect([refused.status, refused.body]).toMatchObject([
      400,
      { errors: [{ pointer: '#/request/template' }] },
    ]);
    const saved = await requester.acts(draft.id, { act: 'save', request });
    expect(saved.body).toMatchObject({ kind: 'mitigation', template: { key: 'mitigation-request' } });
  });

  it('keep their words out of every clear column', async () => {
    const canary = 'canary-in-an-answer';
    await requester.files({
      answers: { incident: { technicalDescription: { text: canary, language: 'en' } } },
    });
    const rows = await instance.database.rows<{ row: string }>('SELECT r::text AS row FROM requests r');
    expect(rows.some(({ row }) => row.includes(canary))).toBe(false);
  });

  it('never change once they are published, not even by the owner', async () => {
    for (const sql of [
      `UPDATE templates SET digest = digest`,
      'DELETE FROM templates',
      'TRUNCATE templates CASCADE',
    ])
      await expect(instance.database.rows(sql)).rejects.toThrow('only ever grows');
  });
});
