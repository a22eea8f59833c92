import { generateKey } from 'openpgp';
import type { Candidates, SharingView } from '#libs/requests';
import { samplePassword, type EntryView } from '#libs/directory';
import { AckLink } from '../harness/ack-link.js';
import { Authenticator } from '../harness/authenticator.js';
import { linkedTo } from '../harness/identity-provider.js';
import { Instance } from '../harness/instance.js';
import { accept, chosenPassword } from '../harness/invitee.js';
import { Officer } from '../harness/officer.js';
import { addTelephone } from '../harness/telephones.js';
import { endByTwo, verify } from '../harness/vouching.js';

const sealed = [
  ...[
    'absences.reason',
    'accounts.person',
    'addressees.acknowledged_by',
    'addressees.taken_by',
    ...['announcements.content', 'announcements.withdrawal'],
    'api_tokens.name',
    ...['approvals.content', 'approvals.decision'],
    ...['call_backs.content', 'call_tasks.told', 'capabilities.content'],
    ...['channel_calls.body', 'channels.address'],
    'checkpoint_subscriptions.address',
    'corrections.content',
    ...['contact_keys.material', 'contact_keys.user_ids'],
    'emergency_access.reason',
    'entry_changes.content',
    'idempotent_answers.answer',
    'imports.content',
    'identity_providers.client_secret',
    'identity_providers.name',
    'invitations.person',
    'messages.body',
  ],
  ...[
    ...['notes_verbales.content', 'notes_verbales.file'],
    'notices.recipient',
    'organization_identities.subject',
    'passkeys.name',
    ...['plan_modes.reason', 'plans.content'],
    'points_of_contact.person',
    'readiness_checks.content',
    'procedures.content',
    'request_event_contents.content',
    'request_keys.wrapped',
  ],
  ...['request_shares.ending', 'request_shares.grounds', 'requests.content', 'shifts.note', 'shifts.person'],
  ...['totp_secrets.secret'],
];
/** Names of parties, bodies and roles, as their network publishes them. */
const published = new Set([
  'clocks.calendar',
  'bodies.names',
  'bodies.profile',
  'networks.names',
  'networks.rules',
  'networks.visibility',
  'parties.names',
  'points_of_contact.duty',
  'points_of_contact.note',
  'points_of_contact.readiness',
  'points_of_contact.role_names',
  'role_sheets.texts',
  'templates.document',
]);
/** Codes, states, references, hashes: nothing of it is written by people. */
const clear = new Set(
  Object.entries({
    absences: 'party_code traffic',
    access_events: 'party_code traffic act assurance',
    accounts: 'party_code traffic role language sign_in_token password_hash terms_version',
    ahead_warnings: 'party_code traffic',
    ack_links: 'party_code requester_code traffic key_id token_hash',
    addressees: 'party_code requester_code traffic state reach answer',
    announcement_reads: 'party_code traffic',
    announcements: 'traffic audience',
    api_tokens: 'party_code traffic scope token_hash',
    approvals: 'party_code traffic act digest state void_because used_in',
    attempts: 'party_code requester_code traffic outcome',
    bodies: 'party_code traffic kind state sharing_boundary',
    capabilities: 'party_code traffic kind languages place cost visible_to visible_networks visible_parties',
    checkpoint_places: 'chain',
    checkpoint_subscriptions: 'party_code traffic rhythm language',
    checkpoints: 'network root previous key_id signature leaves padding',
    call_tasks: 'party_code traffic wanted_by reason state way key_id outcome',
    channel_calls: 'party_code traffic about state fault',
    call_backs: 'party_code traffic',
    channel_checks: 'party_code traffic kind outcome',
    channel_codes: 'party_code traffic key_id code_hash',
    channels: 'party_code traffic kind purpose state encryption answered_how',
    clearance_rules: 'party_code traffic acts',
    confirmations: 'party_code traffic key_id token_hash outcome',
    constituencies: 'party_code traffic kind value',
    corrections: 'party_code traffic via reporter_code what state',
    clocks: 'party_code requester_code traffic target urgency zone time_source',
    contact_keys: 'party_code traffic kind fingerprint algorithm curve findings state',
    disclosures: 'party_code disclosed_code requester_code traffic',
    emergency_access: 'party_code traffic',
    emergency_approvals: 'party_code traffic',
    export_consents: 'party_code traffic consent',
    import_progress: 'party_code traffic',
    imports: 'party_code traffic format digest state made_bodies made_entries',
    // Names as their parties publish them, folded; of persons keyed tokens.
    entry_readings: 'actor party_code traffic',
    findables: 'kind party_code traffic',
    finding_holders: 'kind name party_code traffic',
    finding_terms: 'kind name term',
    finding_words: 'rest word',
    origin_files: 'registry serial',
    origin_ranges: 'registry country status',
    origin_systems: 'registry country status',
    person_tokens: 'token party_code traffic key_id',
    entry_changes: 'party_code traffic kind state',
    idempotent_answers: 'scope key party_code traffic fingerprint',
    // Addresses and names by which providers are known to the network's software, and values of their tokens.
    identity_providers: 'party_code traffic issuer client_id second_factor_acr second_factor_amr',
    instance: 'kind',
    invitations: 'party_code traffic role language token_hash',
    journal_batches: 'root',
    journal_entries: 'party_code traffic kind commitment path',
    key_tests: 'party_code traffic key_id code_hash',
    ledger_entries: 'chain party_code traffic kind actor_code assurance commitment digest prev_hash hash',
    ledger_heads: 'chain party_code traffic prev_hash hash salt',
    memberships: 'party_code',
    messages: 'party_code requester_code traffic marking kind language tlp',
    networks: 'code levels_required',
    notes_verbales: 'party_code traffic purpose',
    notices: 'party_code requester_code traffic channel wanted_for state return_status',
    organization_identities: 'party_code traffic subject_token',
    organization_sign_ins: 'state_hash browser_hash purpose',
    passkey_challenges: 'challenge_hash',
    passkeys: 'party_code traffic credential_id public_key',
    observations: 'party_code requester_code traffic what evidence assurance salt',
    parties: 'code alpha3 numeric kind regional_group',
    plan_modes: 'party_code other_code traffic mode',
    plan_modes_told: 'party_code traffic',
    plans: 'kind party_code other_code traffic state mode ended_by_code',
    points_of_contact: 'party_code traffic level languages zone state expected_roles coordination',
    readiness_checks: 'party_code traffic',
    procedures: 'party_code traffic',
    recovery_codes: 'party_code traffic code_hash',
    request_event_contents: 'party_code traffic',
    request_events:
      'party_code requester_code addressee_code audience traffic act from_state to_state actor assurance commitment',
    request_holds: 'party_code traffic',
    request_keys: 'party_code traffic',
    request_members: 'party_code traffic',
    request_shares: 'party_code traffic',
    requests: 'reference party_code traffic kind state urgency tlp addressed_to template_key',
    role_sheets: 'traffic level',
    sessions: 'party_code traffic token_hash stage factor',
    shifts: 'party_code traffic',
    templates: 'key digest',
    throttles: 'key',
    timers: 'party_code requester_code traffic step',
    totp_secrets: 'party_code traffic',
    views: 'party_code traffic kind actor assurance sought salt',
  }).flatMap(([table, columns]) => columns.split(' ').map((column) => `${table}.${column}`)),
);

describe('the columns of the database', () => {
  let instance: Instance;

  const files = async (): Promise<string> => {
    const requester = await instance.officer('officer@xa.example');
    const { id } = await requester.files();
    const path = `/requests/${id}/sharing`;
    const { body: found } = await requester.get(`${path}/candidates`);
    const body = (found as Candidates).bodies.find(({ sees }) => !sees)?.id;
    const reason = { text: 'To advise.', language: 'en' };
    const { body: list } = await requester.post(path, { body, reason });
    await requester.delete(`${path}/${(list as SharingView).shares[0]?.id}`);
    const [asks, decides] = await twoOfXa();
    const asked = await asks.post('/approvals', { request: id, act: 'withdraw' });
    const { id: approval, digest } = asked.body as { id: string; digest: string };
    await decides.post(`/approvals/${approval}/decision`, { decision: 'approve', digest });
    return id;
  };
  const administers = async () => {
    const administrator = await instance.officer('administrator@xb.example');
    await new Authenticator(instance.url).register(administrator);
    const signIn = { email: 'administrator@xb.example', password: samplePassword };
    const answer = await instance.anyone.post('/api/v1/sessions').send(signIn);
    const reason = { text: 'Lost.', language: 'en' };
    await Officer.bearing(instance.url, answer).post('/emergency-access', { reason });
    await administrator.post('/totp');
    await administrator.put('/ledger/checkpoint-subscription', { email: 'records@xb.example' });
    await administrator.post('/tokens', { name: 'Directory of ours', scope: ['read-directory'] });
    await linkedTo(instance, administrator);
    const known = await administrator.get('/parties/XB');
    const [{ id: body = '' } = {}] = (known.body as { bodies: { id: string }[] }).bodies;
    const contact = await administrator.post('/points-of-contact', {
      ...{ body, level: 'policy', roleNames: { en: 'Desk' }, languages: ['en'], zone: 'Etc/UTC' },
      person: { name: 'A. Desk' },
    });
    const webhook = { kind: 'webhook', address: 'https://hooks.xb.example/' };
    const path = `/points-of-contact/${(contact.body as { id: string }).id}/channels`;
    const added = await administrator.post(path, webhook);
    await administrator.post(`/channels/${(added.body as { id: string }).id}/proof`);
    await keepsKey(administrator, (contact.body as { id: string }).id);
    const newBody = { kind: 'cert', names: { en: 'Military CERT' } };
    await administrator.post('/invitations', { email: 'new@xb.example', role: 'observer', newBody });
  };
  const keepsKey = async (administrator: Officer, entry: string) => {
    const mail = { kind: 'mail', address: 'desk@xb.example' };
    const { body: channel } = await administrator.post(`/points-of-contact/${entry}/channels`, mail);
    const userIDs = [{ name: 'A. Desk', email: mail.address }];
    const { publicKey: file } = await generateKey({ type: 'curve25519', userIDs });
    await administrator.post('/keys', { channel: (channel as { id: string }).id, file });
  };
  const keepsDuty = async () => {
    const duty = await instance.officer('duty@xb.example');
    const { body } = await duty.get('/duty?party=XB&level=technical');
    const path = `/points-of-contact/${(body as { items: { pointOfContact: string }[] }).items[0]?.pointOfContact}`;
    const [from, until] = ['2099-07-01T00:00:00Z', '2099-07-02T00:00:00Z'];
    const said = { text: 'Nobody is there.', language: 'en' };
    await duty.post(`${path}/absences`, { from, until, reason: said });
    await duty.post(`${path}/shifts`, { name: 'A. Duty', note: said });
  };
  const reports = async () => {
    const reader = await instance.officer('officer@xc.example');
    const { body } = await reader.get('/points-of-contact?party=XB');
    const [{ id } = {}] = (body as { items: { id: string }[] }).items;
    const text = { text: 'They moved.', language: 'en' };
    await reader.post('/corrections', { pointOfContact: id, what: 'other', text });
  };
  const looksAtItself = async () => {
    const officer = await instance.officer('officer@xb.example');
    const { body } = await officer.get('/points-of-contact?party=XB&level=technical');
    const pointOfContact = (body as { items: { id: string }[] }).items[0]?.id;
    const path = `/points-of-contact/${pointOfContact}/readiness`;
    const { own } = (await officer.get(path)).body as { own: { network: string }[] };
    const check = {
      network: own[0]?.network,
      version: 0,
      sheetVersion: 0,
      checkedOn: '2026-01-02',
      answers: {},
    };
    await officer.put(path, check);
    const said = { languages: ['en'], leadHours: 1, place: 'remote', cost: 'free', audience: { to: 'own' } };
    const description = [{ text: 'Two analysts.', language: 'en' }];
    await officer.post('/capabilities', { ...said, kind: 'advice', description, pointOfContact });
  };
  const plans = async () => {
    const secretariat = await instance.officer('secretariat@network.example');
    const ways = [{ place: 'primary', kind: 'mail' }];
    const { body } = await secretariat.post('/plans', { ways });
    const reason = { text: 'Elections.', language: 'en' };
    const { id } = body as { id: string };
    await secretariat.post(`/plans/${id}/modes`, { mode: 'heightened', reason, version: 1 });
  };
  /** An entry that is verified after a call back, a channel proposed for it, and the procedure beside it. */
  const keepsEntries = async () => {
    const administrator = await instance.officer('administrator@xb.example');
    const { items } = (await administrator.get('/own-points-of-contact')).body as { items: EntryView[] };
    const [{ body } = {}] = items;
    const desk = { level: 'policy', roleNames: { en: 'Desk' }, languages: ['en'], zone: 'Etc/UTC' };
    const { id } = (await administrator.post('/points-of-contact', { ...desk, body: body?.id }))
      .body as EntryView;
    const email = 'second@xb.example';
    await administrator.post('/invitations', { email, role: 'party-administrator', body: body?.id });
    await accept(await instance.sink.mailTo(email), 'Second administrator');
    const second = await Officer.signIn(instance.url, email, chosenPassword);
    await verify(second, id);
    await endByTwo(administrator, second, await addTelephone(instance, 'XB technical 1', '+41229171235'));
    const fax = { kind: 'fax', address: '+41229171234' };
    await administrator.post(`/points-of-contact/${id}/channels`, fax);
    await administrator.put('/procedure', { version: 0, steps: [{ step: 'decide', state: 'open' }] });
    const card = ['BEGIN:VCARD', 'VERSION:4.0', 'FN:Brought in', 'END:VCARD', ''].join('\r\n');
    await administrator.post('/imports', { content: Buffer.from(card).toString('base64') });
  };
  const announces = async () => {
    const secretariat = await instance.officer('secretariat@network.example');
    const said = { text: 'The directory is reviewed.', language: 'en' };
    const announcement = { title: 'Review', text: [said], audience: 'everyone' };
    const { body } = await secretariat.post('/announcements', announcement);
    await secretariat.post(`/announcements/${(body as { id: string }).id}/withdrawal`, { reason: said });
  };

  // Each kind of row is there, so that no column is looked at in vain.
  beforeAll(async () => {
    instance = await Instance.start();
    const id = await files();
    await (await instance.officer('officer@xb.example')).acts(id, { act: 'take' });
    await AckLink.in(await instance.sink.mailTo('cert@xb.example')).submit('A. Duty');
    await keepsEntries();
    await administers();
    await announces();
    await keepsDuty();
    await reports();
    await looksAtItself();
    await plans();
  });
  afterAll(() => instance.stop());

  /** Of two bodies that the same request concerns. */
  const twoOfXa = async (): Promise<[Officer, Officer]> => [
    await instance.officer('officer@xa.example'),
    await instance.officer('diplomat@xa.example'),
  ];

  it('hold what people write in sealed columns alone', async () => {
    const columns = await instance.database.rows<{ name: string; type: string }>(
      `SELECT table_name || '.' || column_name AS name, data_type AS type FROM information_schema.columns
       WHERE table_schema = 'public' AND table_name <> 'migrations' ORDER BY 1`,
    );
    const named = (pattern: RegExp) =>
      columns.filter(({ type }) => pattern.test(type)).map(({ name }) => name);
    // A column of text that is not listed here may be one that people write in: seal it.
    expect(named(/^(text|ARRAY|character)/).filter((name) => !clear.has(name))).toEqual([]);
    expect(named(/^json/).filter((name) => !published.has(name))).toEqual(sealed.toSorted());
    expect(
      columns
        .map(({ type }) => type)
        .filter(
          (type) => !/^(text|ARRAY|jsonb|uuid|integer|bigint|boolean|cidr|date|timestamp with)/.test(type),
        ),
    ).toEqual([]);
    for (const name of sealed) {
      const [table = '', column = ''] = name.split('.');
      const [found] = await instance.database.rows<{ kept: number; open: number }>(
        `SELECT count(${column})::int AS kept, count(*) FILTER (WHERE ${column} IS NOT NULL AND NOT (
           jsonb_typeof(${column}) = 'object' AND (SELECT array_agg(k ORDER BY k) FROM jsonb_object_keys(${column}) k) = '{alg,ciphertext,key_id}'
           AND ${column} ->> 'alg' = 'A256GCM' AND length(${column} ->> 'ciphertext') >= 40))::int AS open FROM ${table}`,
      );
      expect([name, found?.open, (found?.kept ?? 0) > 0]).toEqual([name, 0, true]);
    }
  });
});
