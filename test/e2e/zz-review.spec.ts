import { Instance } from '../harness/instance.js';

describe('review', () => {
  let instance: Instance;
  beforeAll(async () => { instance = await Instance.start({ queue: 'postgres' }); }, 40_000);
  afterAll(async () => { await instance.stop(); });

  it('G pool queue', async () => {
    expect(1).toBe(1);
    const officer = await instance.officer('officer@xa.example');
    const codes = ['fr', 'de', 'ke', 'br', 'jp'];
    for (const c of codes) instance.sink.script(`cert@${c}.states.example`, { does: 'stall-in-data' });
    let stalls = 0;
    instance.sink.onStall = () => { stalls++; };
    await officer.files({ to: ['FR', 'DE', 'KE', 'BR', 'JP'], urgency: 'U1' });
    await new Promise((r) => setTimeout(r, 2500));
    console.log('G stalled', stalls);
    const second = await officer.files({ urgency: 'U2' });
    await new Promise((r) => setTimeout(r, 1500));
    const st = async () => (await officer.deliveries(second.id)).map((d) => `${d.kind}/${d.party}/${d.pointOfContact.position}:${d.state}:${d.attempts.map((a) => a.outcome)}`);
    console.log('G before', await st());
    await instance.forward(151_000);
    await new Promise((r) => setTimeout(r, 4000));
    console.log('G late', await st());
    for (const c of codes) instance.sink.script(`cert@${c}.states.example`, { does: 'refuse-recipient' });
    await instance.sink.stop(); await instance.sink.start();
    await new Promise((r) => setTimeout(r, 4000));
    console.log('G mails', instance.sink.mailsTo('cert@xb.example').map((m) => [m.subject, m.messageId]), await st());
  }, 60_000);

  it('E list scale', async () => {
    expect(1).toBe(1);
    const xb = await instance.officer('officer@xb.example');
    const one = await xb.files({ from: 'XB', to: ['XC'] });
    await instance.database.rows(`SET session_replication_role = replica;
      INSERT INTO requests SELECT gen_random_uuid(), 'AR-2026-' || lpad(to_hex(g), 6, '0'), network_id, party_code, body_id, filed_by, traffic, kind, state, version, urgency, tlp, addressed_to, content, composed_at, sent_at, withdrawn_at, template_key, template_version
      FROM requests, generate_series(1, 50000) g WHERE id = '${one.id}';
      INSERT INTO request_keys SELECT r.id, p.c, 'actual', k.wrapped FROM requests r, request_keys k, (VALUES ('XB'),('XC')) p(c) WHERE k.request_id = '${one.id}' AND k.party_code = p.c AND r.id <> '${one.id}' AND r.reference ~ '^AR-2026-0';
      INSERT INTO request_members SELECT r.id, m.party_code, m.body_id, 'actual' FROM requests r, request_members m WHERE m.request_id = '${one.id}' AND r.id <> '${one.id}' AND r.reference ~ '^AR-2026-0';
      ANALYZE`);
    const xa = await instance.officer('officer@xa.example');
    for (let i = 0; i < 2; i++) { const t = Date.now(); const a = await xa.get('/requests'); console.log('E', a.status, a.body.items?.length, Date.now() - t, 'ms'); }
    const t2 = Date.now(); const b = await xa.get('/requests?party=XC'); console.log('E filter', b.status, Date.now() - t2, 'ms');
  }, 90_000);
});
