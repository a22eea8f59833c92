import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { samplePassword } from '#libs/directory';
import { Authenticator } from '../harness/authenticator.js';
import { runCli } from '../harness/cli.js';
import { linkedTo } from '../harness/identity-provider.js';
import { Instance } from '../harness/instance.js';
import { accept } from '../harness/invitee.js';
import { Officer } from '../harness/officer.js';
import { settings } from '../harness/settings.js';

const day = 86_400_000;
const administrator = 'administrator@xb.example';

describe('what opens an account, when the vault key is changed', () => {
  let instance: Instance;
  let folder: string;
  let operator: Record<string, string>;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'aldis-rotation-'));
    const path = join(folder, 'vault-key.json');
    const [id = '', key = ''] = settings.vaultKey.split(':');
    writeFileSync(path, JSON.stringify({ current: id, keys: { [id]: key } }), { mode: 0o600 });
    instance = await Instance.start({ env: { VAULT_KEY_FILE: path } });
    operator = { ...instance.database.operator, VAULT_KEY_FILE: path };
  });
  afterAll(async () => {
    await instance.stop();
    rmSync(folder, { recursive: true });
  });

  const rotate = (...words: string[]) => runCli(['rotate-keys', ...words], operator);
  /** The recovery codes that come with a first passkey. */
  const codesOf = async (officer: Officer): Promise<string[]> => {
    const { body } = await new Authenticator(instance.url).register(officer);
    return (body as { recoveryCodes: string[] }).recoveryCodes;
  };
  const proves = async (email: string, recoveryCode: string | undefined) => {
    const signIn = { email, password: samplePassword };
    const officer = Officer.bearing(
      instance.url,
      await instance.anyone.post('/api/v1/sessions').send(signIn),
    );
    const answer = officer.renewedBy(await officer.post('/sessions/current/second-factor', { recoveryCode }));
    return { officer, status: answer.status };
  };
  const program = (token: string) =>
    instance.anyone.get('/api/v1/parties').set('Authorization', `Bearer ${token}`);
  const hashedUnder = () =>
    instance.database.rows(
      `SELECT split_part(code_hash, ':', 1) AS key, count(*)::int AS count FROM recovery_codes GROUP BY 1 ORDER BY 1`,
    );

  it('stays good, and a key that a recovery code still needs is not taken away', async () => {
    const admin = await instance.officer(administrator);
    const codes = await codesOf(admin);
    await codesOf(await instance.officer('duty@xb.example'));
    const { token } = (await admin.post('/tokens', { name: 'Program', scope: ['read-directory'] })).body as {
      token: string;
    };
    const newBody = { kind: 'cert', names: { en: 'Military CERT' } };
    await admin.post('/invitations', { email: 'new@xb.example', role: 'observer', newBody });
    const mail = await instance.sink.mailTo('new@xb.example');
    expect(await hashedUnder()).toEqual([{ key: 'k1', count: 20 }]);

    await linkedTo(instance, admin);
    const identity = 'SELECT subject_token AS token FROM organization_identities';
    const [before] = await instance.database.rows(identity);

    const rotated = await rotate();
    expect([rotated.code, rotated.output]).toEqual([
      0,
      expect.stringMatching(/organization_identities\.subject_token +1\n/) as string,
    ]);
    expect(await instance.database.rows(identity)).not.toEqual([before]);
    expect((await proves(administrator, codes[0])).status).toBe(201);
    expect((await accept(mail, 'N. Ewcomer')).status).toBe(201);
    expect((await program(token)).status).toBe(200);
    await codesOf(await instance.officer('officer@xa.example'));
    expect(await hashedUnder()).toEqual([
      { key: 'k1', count: 20 },
      { key: 'k2', count: 10 },
    ]);

    // Codes that were used, and those of an account that has ended, need no key.
    const { officer } = await proves(administrator, codes[1]);
    const { items } = (await officer.get('/accounts')).body as { items: { id: string; email: string }[] };
    const gone = items.find(({ email }) => email === 'duty@xb.example');
    expect((await officer.delete(`/accounts/${gone?.id}`)).status).toBe(200);
    await instance.forward(7 * day + 60_000);
    const refused = await rotate('--retire', 'k1');
    expect([refused.code, refused.output]).toEqual([
      1,
      expect.stringMatching(/still needed:\n +recovery_codes\.code_hash +8\n/) as string,
    ]);

    const again = await proves(administrator, codes[2]);
    expect(again.status).toBe(201);
    const renewed = await again.officer.post('/recovery-codes');
    const { recoveryCodes } = renewed.body as { recoveryCodes: string[] };
    const retired = await rotate('--retire', 'k1');
    expect([retired.code, retired.output]).toEqual([0, expect.stringContaining('k1 is gone') as string]);
    expect(await hashedUnder()).toEqual([{ key: 'k2', count: 20 }]);
    expect((await proves(administrator, codes[3])).status).toBe(401);
    expect((await proves(administrator, recoveryCodes[0])).status).toBe(201);
    expect((await program(token)).status).toBe(200);
  });
});
