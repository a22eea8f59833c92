import { randomUUID } from 'node:crypto';
import { linkedTo } from '../harness/identity-provider.js';
import type { SqlIdentity } from '../harness/sql-caller.js';
import { refused, Walled, type Row } from '../harness/walled.js';

const tables = ['identity_providers', 'organization_identities', 'organization_sign_ins'];

describe('the walls around sign-in through organizations', () => {
  let walled: Walled;
  let provider: Row;
  let identity: Row;
  let begun: Row;
  let administrator: SqlIdentity;
  let officer: SqlIdentity;

  beforeAll(async () => {
    walled = await Walled.start();
    const { instance } = walled;
    const named = await instance.officer('administrator@xb.example');
    await linkedTo(instance, named);
    provider = await walled.rowOf('identity_providers', 'true');
    identity = await walled.rowOf('organization_identities', 'true');
    begun = {
      ...{ state_hash: 'state', browser_hash: 'browser', provider_id: provider.id, purpose: 'sign-in' },
      ...{ created_at: '2026-01-01T00:00:00Z', expires_at: '2999-01-01T00:00:00Z' },
    };
    await instance.database.rows(
      `INSERT INTO organization_sign_ins SELECT * FROM jsonb_populate_record(NULL::organization_sign_ins, $1)`,
      [JSON.stringify(begun)],
    );
    const who = async (role: string, party: string) =>
      String((await walled.rowOf('accounts', `role = '${role}' AND party_code = '${party}'`)).id);
    administrator = { actor: await who('party-administrator', 'XB'), party: 'XB', purpose: 'manage' };
    officer = { actor: await who('officer', 'XB'), party: 'XB', purpose: 'link' };
  });
  afterAll(() => walled.stop());

  const sees = async (who: SqlIdentity) =>
    Promise.all(tables.map(async (table) => (await walled.api.sees(`SELECT 1 FROM ${table}`, who)).length));

  it('show providers to their party, identities to their holder and administrator, sign-ins to nobody', async () => {
    expect(await sees(administrator)).toEqual([1, 1, 0]);
    expect(await sees(officer)).toEqual([1, 0, 0]);
    for (const who of [
      ...[walled.of('XA', 'cert'), walled.of('XC', 'cert'), { actor: randomUUID(), purpose: 'network' }],
      ...[{ actor: 'anonymous', purpose: 'organization' }],
    ])
      expect([who, await sees(who)]).toEqual([who, [0, 0, 0]]);
    for (const role of ['worker', 'ledger'] as const)
      for (const table of tables)
        expect(await walled.callers[role].outcome(`SELECT 1 FROM ${table}`, administrator)).toBe(refused);
  });

  it('open to nobody signed in the one row whose id, subject or pair of secrets is shown', async () => {
    const showing = (presented: unknown) => ({
      actor: 'anonymous',
      purpose: 'organization',
      presented: String(presented),
    });
    expect(await sees(showing(provider.id))).toEqual([1, 0, 0]);
    expect(await sees(showing(identity.subject_token))).toEqual([0, 1, 0]);
    expect(await sees(showing('state'))).toEqual([0, 0, 0]);
    expect(await sees(showing('browser'))).toEqual([0, 0, 0]);
    expect(await sees(showing('state,browser'))).toEqual([0, 0, 1]);
    const accounts = 'SELECT id FROM accounts';
    expect(await walled.api.sees(accounts, showing(identity.subject_token))).toEqual([
      { id: administrator.actor },
    ]);
    expect(await walled.api.sees(accounts, showing(provider.id))).toEqual([]);
  });

  it('let administrators alone name, change and end providers of their own party', async () => {
    const { api } = walled;
    const another = (changes: Row = {}) => ({ ...provider, id: randomUUID(), ...changes });
    expect(await api.adds('identity_providers', another(), administrator)).toBe(1);
    for (const [row, who] of [
      [another(), officer],
      [another({ created_by: officer.actor }), administrator],
      [another({ party_code: 'XC' }), administrator],
      [another({ created_by: officer.actor }), officer],
    ] as const)
      expect(await api.adds('identity_providers', row, who)).toBe(refused);
    const end = 'UPDATE identity_providers SET ended_at = app.now()';
    expect(await api.outcome(end, administrator)).toBe(1);
    for (const who of [officer, { ...administrator, party: 'XC' }, walled.of('XA', 'cert')])
      expect(await api.outcome(end, who)).toBe(0);
  });

  it('let nobody change who a provider is, nor take one away', async () => {
    for (const column of [
      'issuer',
      'client_id',
      'party_code',
      'second_factor_amr',
      'second_factor_acr',
      'created_by',
    ])
      expect(
        await walled.api.outcome(`UPDATE identity_providers SET ${column} = ${column}`, administrator),
      ).toBe(refused);
    expect(await walled.api.outcome('DELETE FROM identity_providers', administrator)).toBe(refused);
    expect(
      await walled.api.outcome('UPDATE organization_identities SET account_id = account_id', administrator),
    ).toBe(refused);
  });

  it('let people link themselves alone, to an open provider of their party', async () => {
    const { api } = walled;
    const link = (changes: Row = {}) => ({
      ...identity,
      id: randomUUID(),
      subject_token: 'x',
      account_id: officer.actor,
      ...changes,
    });
    expect(await api.adds('organization_identities', link(), officer)).toBe(1);
    expect(await api.adds('organization_identities', link(), administrator)).toBe(refused);
    const xa = walled.of('XA', 'cert');
    const outsider = await walled.rowOf('accounts', `role = 'officer' AND party_code = 'XA'`);
    const asOutsider = { ...xa, actor: String(outsider.id) };
    for (const party_code of ['XA', 'XB'])
      expect(
        await api.adds('organization_identities', link({ account_id: outsider.id, party_code }), asOutsider),
      ).toBe(refused);
    const foreign = {
      ...begun,
      state_hash: 's',
      browser_hash: 'b',
      purpose: 'link',
      account_id: officer.actor,
      session_id: randomUUID(),
    };
    const showing = { ...administrator, presented: 's,b' };
    expect(await api.adds('organization_sign_ins', foreign, showing)).toBe(refused);
    expect(await api.adds('organization_sign_ins', foreign, { ...officer, presented: 's,b' })).toBe(1);
  });

  it('let the holder and the administrator unlink', async () => {
    const unlink = 'DELETE FROM organization_identities';
    expect(await walled.api.outcome(unlink, officer)).toBe(0);
    expect(await walled.api.outcome(unlink, walled.of('XA', 'cert'))).toBe(0);
    expect(await walled.api.outcome(unlink, administrator)).toBe(1);
  });
});
