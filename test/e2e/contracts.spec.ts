import type { AnyReceipt } from '#libs/ledger';
import type { SharingView } from '#libs/requests';
import { samplePassword } from '#libs/directory';
import { z } from 'zod';
import { accept, chosenPassword } from '../harness/invitee.js';
import { AckLink } from '../harness/ack-link.js';
import { Instance } from '../harness/instance.js';
import { fiveFields, Officer } from '../harness/officer.js';
import { announcements, emergency, factors, organization } from '../harness/access-answers.js';
import {
  calls,
  confirmations,
  duty,
  entries,
  entryLife,
  exchange,
  finding,
  keys,
  plans,
  snapshot,
} from '../harness/directory-answers.js';
import { networks } from '../harness/network-answers.js';
import type { Answer } from '../harness/keeping.js';
import { waitUntil } from '../harness/waiting.js';

interface Operation {
  responses: Record<string, { content?: Record<string, { schema: object }> }>;
}
interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object> };
}

describe('every answer', () => {
  let instance: Instance;
  let document: Document;
  const answers = new Map<string, Answer[]>();
  const schemas = new Map<object, z.ZodType>();

  /** Keeps an answer under its operation, e.g. `get /api/v1/requests/{id}`. */
  const keep = async (operation: string, call: PromiseLike<Answer>): Promise<Answer> => {
    const answer = await call;
    answers.set(operation, [...(answers.get(operation) ?? []), answer]);
    return answer;
  };
  const idIn = ({ text }: Answer) => (JSON.parse(text) as { id: string }).id;

  beforeAll(async () => {
    instance = await Instance.start();
    document = (await instance.anyone.get('/api/v1/openapi.json')).body as Document;
    await keep('get /api/v1/health', instance.anyone.get('/api/v1/health'));
    await keep('get /api/v1/ready', instance.anyone.get('/api/v1/ready'));
    await keep('get /api/v1/ledger/key', instance.anyone.get('/api/v1/ledger/key'));
    await waitUntil('there is a checkpoint', async () => {
      const latest = instance.anyone.get('/api/v1/ledger/checkpoints/latest');
      return (await keep('get /api/v1/ledger/checkpoints/latest', latest)).status === 200;
    });
    await keep('get /api/v1/ledger/checkpoints', instance.anyone.get('/api/v1/ledger/checkpoints'));
    await keep('get /api/v1/templates', instance.anyone.get('/api/v1/templates'));
    await keep('get /api/v1/templates/{key}', instance.anyone.get('/api/v1/templates/response'));
    await keep(
      'get /api/v1/templates/{key}/versions/{version}',
      instance.anyone.get('/api/v1/templates/response/versions/1'),
    );
    const emails = [
      'officer@xa.example',
      'officer@xb.example',
      'observer@xc.example',
      'secretariat@network.example',
    ];
    for (const email of emails) {
      const body = { email, password: samplePassword };
      await keep('post /api/v1/sessions', instance.anyone.post('/api/v1/sessions').send(body));
      const officer = await instance.officer(email);
      await keep('get /api/v1/me', officer.get('/me'));
      for (const code of ['XA', 'FR', 'AQ'])
        await keep('get /api/v1/parties/{code}', officer.get(`/parties/${code}`));
      await keep('get /api/v1/parties', officer.get('/parties'));
      await keep('get /api/v1/points-of-contact', officer.get('/points-of-contact'));
      const listed = await keep('get /api/v1/sessions', officer.get('/sessions'));
      const { items } = JSON.parse(listed.text) as { items: { id: string; current: boolean }[] };
      const other = items.find(({ current }) => !current)?.id;
      await keep('delete /api/v1/sessions/{id}', officer.delete(`/sessions/${other}`));
      await keep('delete /api/v1/sessions', officer.delete('/sessions'));
      await keep('delete /api/v1/sessions/current', officer.delete('/sessions/current'));
    }
    await story();
    await people();
    await factors({ instance, keep, idIn });
    await tokens();
    await announcements({ instance, keep, idIn });
    const path = '/ledger/checkpoint-subscription';
    const administrator = await instance.officer('administrator@xb.example');
    const subscribed = administrator.put(path, { email: 'records@xb.example' });
    await keep(`put /api/v1${path}`, subscribed);
    await keep(`get /api/v1${path}`, administrator.get(path));
    await keep(`delete /api/v1${path}`, administrator.delete(path));
    await duty({ instance, keep, idIn });
    await snapshot({ instance, keep, idIn });
    await exchange({ instance, keep, idIn });
    await entries({ instance, keep, idIn });
    await calls({ instance, keep, idIn });
    await confirmations({ instance, keep, idIn });
    await keys({ instance, keep, idIn });
    await networks({ instance, keep, idIn });
    await plans({ instance, keep, idIn });
    await finding({ instance, keep, idIn });
    await entryLife({ instance, keep, idIn });
    await emergency({ instance, keep, idIn });
    await clearance();
    await organization({ instance, keep, idIn });
    await retained();
    // All operations there are, one after the other: what hangs ends, and a busy machine does not end it.
  }, 300_000);
  afterAll(() => instance.stop());

  /** Cleared by another body of the same State, which was given a copy; and a rule for it. */
  const clearance = async () => {
    const [asks, decides] = [
      await instance.officer('officer@xa.example'),
      await instance.officer('diplomat@xa.example'),
    ];
    const text = { text: 'It has spread.', language: 'en' };
    const { id: request } = await asks.files();
    const ask = async (body: object = { act: 'message', text, note: text }) => {
      const answer = await keep('post /api/v1/approvals', asks.post('/approvals', { request, ...body }));
      return JSON.parse(answer.text) as { id: string; digest: string };
    };
    const one = await ask();
    const decision = { decision: 'approve', digest: one.digest, comment: text };
    await keep('get /api/v1/approvals', asks.get('/approvals?state=asked&limit=1'));
    await keep(
      'post /api/v1/approvals/{id}/decision',
      decides.post(`/approvals/${one.id}/decision`, decision),
    );
    await keep('get /api/v1/requests/{id}', asks.get(`/requests/${request}`));
    for (const form of ['html', 'txt'])
      await keep(
        `get /api/v1/approvals/{id}/document.${form}`,
        asks.get(`/approvals/${one.id}/document.${form}`),
      );
    await keep('post /api/v1/approvals/{id}/carry-out', asks.post(`/approvals/${one.id}/carry-out`));
    const { id: draft } = await asks.files({ draft: true, text });
    const three = await ask({ request: draft, act: 'send' });
    await keep('get /api/v1/approvals/{id}', asks.get(`/approvals/${three.id}`));
    const two = await ask({ act: 'amend', answers: { incident: { sectors: ['health-care'] } } });
    await keep('delete /api/v1/approvals/{id}', asks.delete(`/approvals/${two.id}`));
    for (const { id } of [one, two]) await keep('get /api/v1/approvals/{id}', asks.get(`/approvals/${id}`));
    await keep('get /api/v1/approvals', asks.get('/approvals'));
    const secretariat = await instance.officer('secretariat@network.example');
    const set = (acts: string[]) =>
      keep('post /api/v1/clearance-rules', secretariat.post('/clearance-rules', { acts }));
    await set(['release']);
    const { items } = JSON.parse((await set([])).text) as { items: { id: string }[] };
    const invited = { email: 'manager@network.example', role: 'directory-manager' };
    await secretariat.post('/invitations', invited);
    await accept(await instance.sink.mailTo(invited.email), 'Second manager');
    const other = await Officer.signIn(instance.url, invited.email, chosenPassword);
    await keep(
      'post /api/v1/clearance-rules/{id}/agreement',
      other.post(`/clearance-rules/${items[0]?.id}/agreement`),
    );
    await keep('get /api/v1/clearance-rules', asks.get('/clearance-rules'));
  };

  /** A policy, a hold, and what is left of requests and of an account when their time is over. */
  const retained = async () => {
    const secretariat = await instance.officer('secretariat@network.example');
    const policy = { days: 30, draftDays: 30, version: 0 };
    await keep('put /api/v1/retention-policy', secretariat.put('/retention-policy', policy));
    const text = { text: 'An order of a court.', language: 'en' };
    const officer = await instance.officer('officer@xa.example');
    const id = (await officer.files()).id;
    await keep('post /api/v1/requests/{id}/hold', officer.post(`/requests/${id}/hold`, { text }));
    await keep('get /api/v1/requests/{id}', officer.get(`/requests/${id}`));
    const released = officer.post(`/requests/${id}/hold/release`, { text });
    await keep('post /api/v1/requests/{id}/hold/release', released);
    await instance.stopWorker();
    await instance.forward(31 * 86_400_000);
    await instance.startWorker();
    await instance.worker?.sweep();
    const later = await instance.officer('officer@xa.example');
    await keep('get /api/v1/retention-policy', later.get('/retention-policy'));
    const listed = await keep('get /api/v1/requests', later.get('/requests'));
    const { items } = JSON.parse(listed.text) as { items: { id: string; erasedAt: string | null }[] };
    const erased = items.filter(({ erasedAt }) => erasedAt !== null);
    expect(erased.length).toBeGreaterThan(1);
    for (const request of erased)
      await keep('get /api/v1/requests/{id}', later.get(`/requests/${request.id}`));
    const administrator = await instance.officer('administrator@xb.example');
    await keep('get /api/v1/accounts', administrator.get('/accounts'));
    await keep('get /api/v1/invitations', administrator.get('/invitations'));
  };

  const tokens = async () => {
    const officer = await instance.officer('officer@xb.example');
    const input = { name: 'Ticket system', scope: ['attend-requests'] };
    const id = idIn(await keep('post /api/v1/tokens', officer.post('/tokens', input)));
    await keep('post /api/v1/tokens/{id}/rotate', officer.post(`/tokens/${id}/rotate`, {}));
    await keep('delete /api/v1/tokens/{id}', officer.delete(`/tokens/${id}`));
    await keep('get /api/v1/tokens', officer.get('/tokens'));
  };

  /** An invitation in each of its states, and an account that is ended. */
  const people = async () => {
    const administrator = await instance.officer('administrator@xb.example');
    const invite = (email: string) =>
      keep(
        'post /api/v1/invitations',
        administrator.post('/invitations', {
          ...{ email, role: 'observer' },
          newBody: { kind: 'cert', names: { fr: 'CERT militaire' } },
        }),
      );
    const [taken, back] = [idIn(await invite('a@xb.example')), idIn(await invite('b@xb.example'))];
    await instance.sink.mailTo('a@xb.example');
    await keep('post /api/v1/invitations/{id}/resend', administrator.post(`/invitations/${taken}/resend`));
    await keep('delete /api/v1/invitations/{id}', administrator.delete(`/invitations/${back}`));
    await accept(await instance.sink.mailTo('a@xb.example', 2), 'A. New');
    await keep('get /api/v1/invitations', administrator.get('/invitations'));
    const found = await keep('get /api/v1/accounts', administrator.get('/accounts'));
    const { items } = JSON.parse(found.text) as { items: { id: string; name: string }[] };
    const { id } = items.find(({ name }) => name === 'A. New') ?? { id: '' };
    await keep('delete /api/v1/accounts/{id}', administrator.delete(`/accounts/${id}`));
  };

  /** Requests in every state, with answers to both sides at each step. */
  const story = async () => {
    const [asks, answers_, observes] = (await Promise.all(
      ['officer@xa.example', 'officer@xb.example', 'observer@xc.example'].map((email) =>
        instance.officer(email),
      ),
    )) as [Officer, Officer, Officer];
    instance.sink.script('cert-alternate@xb.example', { does: 'refuse-recipient' });
    const neededBy = new Date(Date.now() + 86_400_000).toISOString();
    const text = { text: 'Two hospitals.\nThree wards.', language: 'fr' };
    const file = (body: object) => keep('post /api/v1/requests', asks.post('/requests', body));
    const act = (officer: Officer, id: string, body: object) =>
      keep('post /api/v1/requests/{id}/acts', officer.post(`/requests/${id}/acts`, body));
    const empty = idIn(await file({ draft: true }));
    const sent = idIn(
      await file({ ...fiveFields, to: ['XB', 'XC'], text, neededBy: neededBy.replace('Z', '+00:00') }),
    );
    const exercise = idIn(await file({ ...fiveFields, traffic: 'exercise' }));
    await act(asks, empty, { act: 'save', request: { to: ['XC'], sentence: fiveFields.sentence } });
    await AckLink.in(await instance.sink.mailTo('cert@xc.example')).submit('A. Duty');
    await act(answers_, sent, { act: 'acknowledge' });
    await act(answers_, sent, { act: 'acknowledge' });
    await act(asks, exercise, { act: 'withdraw' });
    await act(asks, sent, { act: 'disclose', disclosure: { to: 'all', parties: ['XC'] } });
    await shared(answers_, sent);
    for (const officer of [asks, answers_, observes]) {
      for (const id of [empty, sent, exercise]) {
        await keep('get /api/v1/requests/{id}', officer.get(`/requests/${id}`));
        const receipts = await keep(
          'get /api/v1/requests/{id}/receipts',
          officer.get(`/requests/${id}/receipts`),
        );
        if (receipts.status === 200)
          for (const { receipt } of (JSON.parse(receipts.text) as { items: AnyReceipt[] }).items) {
            await keep('get /api/v1/receipts/{id}', officer.get(`/receipts/${receipt.event.id}`));
            for (const form of officer === answers_ ? ['html', 'pdf'] : ['html'])
              await keep(
                `get /api/v1/receipts/{id}/page.${form}`,
                officer.get(`/receipts/${receipt.event.id}/page.${form}?lang=fr`),
              );
          }
        await keep('get /api/v1/requests/{id}/clocks', officer.get(`/requests/${id}/clocks`));
        await keep('get /api/v1/requests/{id}/deliveries', officer.get(`/requests/${id}/deliveries`));
        for (const form of ['html', 'txt', 'pdf'])
          await keep(
            `get /api/v1/requests/{id}/document.${form}`,
            officer.get(`/requests/${id}/document.${form}?lang=fr`),
          );
      }
      for (const query of ['', '?limit=1', '?state=withdrawn'])
        await keep('get /api/v1/requests', officer.get(`/requests${query}`));
    }
  };

  /** A sharing list with a body and a person in it, one of them ended. */
  const shared = async (officer: Officer, id: string) => {
    const path = `/requests/${id}/sharing`;
    const found = await keep(
      'get /api/v1/requests/{id}/sharing/candidates',
      officer.get(`${path}/candidates`),
    );
    const { bodies, accounts } = JSON.parse(found.text) as Record<string, { id: string; sees: boolean }[]>;
    const reason = { text: 'To advise on the answer.', language: 'en' };
    const stranger = (list?: { id: string; sees: boolean }[]) => list?.find(({ sees }) => !sees)?.id;
    const share = (body: object) =>
      keep('post /api/v1/requests/{id}/sharing', officer.post(path, { ...body, reason }));
    await share({ account: stranger(accounts) });
    const { shares } = JSON.parse((await share({ body: stranger(bodies) })).text) as SharingView;
    await keep('delete /api/v1/requests/{id}/sharing/{entry}', officer.delete(`${path}/${shares[0]?.id}`));
    await keep('get /api/v1/requests/{id}/sharing', officer.get(path));
  };

  /** The media type of an answer that is no JSON, and whether the document names it. */
  const otherType = (operation: string, { status, headers }: Answer): [string, boolean] | undefined => {
    const [type = ''] = String((headers as Record<string, string>)['content-type'] ?? '').split(';');
    if (type === '' || type.endsWith('json')) return undefined;
    const [method = '', path = ''] = operation.split(' ');
    return [type, document.paths[path]?.[method]?.responses[status]?.content?.[type] !== undefined];
  };

  /** The schema that the document gives for an answer; undefined where an answer has no body. */
  const schemaOf = (operation: string, status: number): z.ZodType | undefined => {
    const [method = '', path = ''] = operation.split(' ');
    const { responses } = document.paths[path]?.[method] ?? { responses: {} };
    const response = responses[status] ?? (status >= 400 ? responses.default : undefined);
    if (!response) throw new Error(`${operation} does not describe that it answers ${status}`);
    const schema =
      response.content?.['application/json']?.schema ??
      response.content?.['application/problem+json']?.schema;
    if (!schema) return undefined;
    const whole = { ...schema, $defs: document.components.schemas };
    const local = JSON.stringify(whole).replaceAll('#/components/schemas/', '#/$defs/');
    const read = schemas.get(schema) ?? z.fromJSONSchema(JSON.parse(local) as z.core.JSONSchema.JSONSchema);
    schemas.set(schema, read);
    return read;
  };

  it('is tried, of every operation', () => {
    const described = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method} ${path}`),
    );
    expect([...answers.keys()].sort()).toEqual(described.sort());
    const refused = [...answers].filter(([, given]) => given.every(({ status }) => status >= 300));
    expect(refused).toEqual([]);
  });

  it('is what the OpenAPI document says', () => {
    for (const [operation, given] of answers)
      for (const answer of given) {
        const { status, text } = answer;
        const other = otherType(operation, answer);
        if (other) expect([operation, ...other]).toEqual([operation, other[0], true]);
        if (other) continue;
        const schema = status < 300 ? schemaOf(operation, status) : undefined;
        if (status < 300 && !schema) expect([operation, text]).toEqual([operation, '']);
        const result = schema?.safeParse(JSON.parse(text));
        expect([operation, status, result?.error?.issues ?? []]).toEqual([operation, status, []]);
      }
  });

  it('would be told from one that is not: a field too many, one of another type', () => {
    const [given] = answers.get('get /api/v1/requests/{id}') ?? [];
    const schema = schemaOf('get /api/v1/requests/{id}', 200);
    const view = JSON.parse(given?.text ?? '') as { addressees: object[] };
    expect(schema?.safeParse(view).success).toBe(true);
    expect(schema?.safeParse({ ...view, more: 1 }).success).toBe(false);
    expect(schema?.safeParse({ ...view, sentAt: 'yesterday' }).success).toBe(false);
    expect(schema?.safeParse({ ...view, addressees: [{ party: 'XB' }] }).success).toBe(false);
  });
});
