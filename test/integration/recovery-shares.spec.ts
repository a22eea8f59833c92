import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bareEnvironment } from '../harness/bare-environment.js';
import { settings } from '../harness/settings.js';

const main = fileURLToPath(new URL('../../dist/apps/cli/src/main.js', import.meta.url));
const [id = '', key = ''] = settings.vaultKey.split(':');

describe('the keys command', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'aldis-shares-'));
    path = join(folder, 'vault-key.json');
    writeFileSync(path, JSON.stringify({ current: id, keys: { [id]: key } }));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const keys = (words: string[], input = '', env: Record<string, string> = { VAULT_KEY_FILE: path }) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [main, 'keys', ...words], {
      ...{ input, encoding: 'utf8', env: { ...bareEnvironment, ...env } },
    });
    return { code: status, said: stdout + stderr, lines: stdout.match(/^([0-9A-Z]{5}-)+[0-9A-Z]+$/gm) ?? [] };
  };

  it('divides the keys of a file or a variable, and makes the file again from enough lines', () => {
    const given: Record<string, string>[] = [{ VAULT_KEY_FILE: path }, { VAULT_KEY: settings.vaultKey }];
    for (const env of given) {
      const { code, said, lines } = keys(['share', '--of', '5', '--need', '3'], '', env);
      expect([code, lines.length, said.includes(key)]).toEqual([0, 5, false]);
      const to = join(folder, `again-${Object.keys(env)[0]}.json`);
      const mistyped = `${lines[1]?.slice(0, -3)}ZZZ`;
      const typed = [lines[4], mistyped, '', lines[4], lines[0]?.toLowerCase(), lines[2], lines[3]].join(
        '\n',
      );
      const recovered = keys(['recover', '--to', to], typed, {});
      expect([recovered.code, recovered.said]).toEqual([0, expect.stringContaining('mistyped') as string]);
      expect(recovered.said).not.toContain(key);
      expect(JSON.parse(readFileSync(to, 'utf8'))).toEqual({ current: id, keys: { [id]: key } });
      expect(statSync(to).mode & 0o777).toBe(0o600);
    }
  });

  it('writes nothing from too few lines, and over no file that is there', () => {
    const { lines } = keys(['share', '--of', '3', '--need', '3']);
    const to = join(folder, 'again.json');
    const few = keys(['recover', '--to', to], lines.slice(0, 2).join('\n'));
    expect([few.code, existsSync(to)]).toEqual([1, false]);
    expect(few.said).toContain('3 different shares are needed, and there are 2');
    const over = keys(['recover', '--to', path], lines.join('\n'));
    expect([over.code, over.said]).toEqual([1, expect.stringContaining('is there already') as string]);
  });

  it('says what it needs', () => {
    expect(keys(['share', '--of', '5', '--need', '3'], '', {})).toMatchObject({ code: 1 });
    expect(keys(['share']).said).toContain('At least 2 shares');
    expect(keys(['recover']).said).toContain('--to');
    expect(keys(['lose']).said).toContain('keys share');
  });
});
