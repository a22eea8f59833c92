import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { Script } from 'node:vm';
import { parse } from 'yaml';
import { environment, environmentVariables } from '#libs/runtime';

const root = resolve(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const example = parseEnv(read('.env.example')) as Record<string, string>;

interface Service {
  image: string;
  command?: string[];
  environment: Record<string, string>;
  healthcheck?: { test: string[] };
  deploy?: { replicas: number };
  depends_on?: Record<string, { condition: string }>;
  secrets?: string[];
  volumes?: string[];
}
interface Compose {
  services: Record<'postgres' | 'redis' | 'migrate' | 'api' | 'worker', Service>;
  configs: Record<string, { content: string }>;
  secrets: Record<string, { file: string }>;
  volumes: Record<string, null>;
}

/** Fills `${NAME}`, `${NAME:-default}` and `${NAME:?why}` as Compose does; raises where a needed value is missing. */
const fill = (text: string): string =>
  text
    .replace(
      /(?<!\$)\$\{(\w+)(?::([-?])([^}]*))?\}/g,
      (_, name: string, how: string | undefined, more: string) => {
        const value = example[name];
        if (value) return value;
        if (how === '-') return more;
        throw new Error(`${name} is used and is not in .env.example`);
      },
    )
    .replaceAll('$$', '$');

const compose = parse(fill(read('docker-compose.yml')), { merge: true }) as Compose;
const { postgres, redis, migrate, api, worker } = compose.services;

describe('.env.example', () => {
  it('has every variable that is read, and no other', () => {
    expect(Object.keys(example).sort()).toEqual([...environmentVariables].sort());
  });

  it.each(['api', 'worker', 'operator'] as const)('fits the environment of the %s', (part) => {
    expect(environment[part](example)).toMatchObject({ NODE_ENV: 'production' });
  });

  it('holds no secret: each password is to be replaced, and no key is in it', () => {
    const passwords = Object.values(example).flatMap(
      (value) => /:\/\/[^:/]+:([^@]+)@/.exec(value)?.[1] ?? [],
    );
    expect(passwords).toHaveLength(5);
    expect(passwords.filter((password) => !/^CHANGE-ME-\d$/.test(password))).toEqual([]);
    expect([example.VAULT_KEY, example.LEDGER_KEY]).toEqual(['', '']);
  });
});

describe('docker-compose.yml', () => {
  it('has the database, the queue, a migration that ends, the api and two workers', () => {
    expect(Object.keys(compose.services)).toEqual(['postgres', 'redis', 'migrate', 'api', 'worker']);
    expect([postgres.image, redis.image]).toEqual(['postgres:18', 'redis:8']);
    expect(worker.deploy?.replicas).toBe(2);
    expect(migrate).toMatchObject({
      restart: 'no',
      depends_on: { postgres: { condition: 'service_healthy' } },
    });
    for (const { depends_on } of [api, worker])
      expect(depends_on?.migrate).toEqual({ condition: 'service_completed_successfully' });
  });

  it('keeps what the queue holds, and never evicts', () => {
    expect(redis.command?.join(' ')).toBe('redis-server --appendonly yes --maxmemory-policy noeviction');
    for (const { volumes } of [postgres, redis])
      for (const volume of volumes ?? [])
        expect(Object.keys(compose.volumes)).toContain(volume.split(':')[0]);
  });

  it('asks each lasting service for its health, where it answers', () => {
    expect(postgres.healthcheck?.test).toContain('pg_isready');
    expect(redis.healthcheck?.test).toContain('ping');
    expect(api.healthcheck?.test.at(-1)).toContain(`127.0.0.1:${api.environment.PORT}/api/v1/ready`);
    expect(worker.healthcheck?.test.at(-1)).toContain(`127.0.0.1:${worker.environment.WORKER_HEALTH_PORT}/`);
    for (const { healthcheck } of [api, worker])
      expect(() => new Script(healthcheck?.test.at(-1) ?? '(')).not.toThrow();
  });

  it.each([
    ['api', api, 'api', ['DATABASE_URL_API']],
    ['worker', worker, 'worker', ['DATABASE_URL_WORKER']],
    [
      'migrate',
      migrate,
      'operator',
      ['DATABASE_URL', 'DATABASE_URL_API', 'DATABASE_URL_LEDGER', 'DATABASE_URL_WORKER'],
    ],
  ] as const)(
    'gives the %s what it reads, and no other address of the database',
    (_name, service, part, addresses) => {
      const given = service.environment;
      expect(
        Object.keys(given).filter((name) => !environmentVariables.some((known) => known === name)),
      ).toEqual([]);
      expect(environment[part](given)).toMatchObject({ NODE_ENV: 'production' });
      // An empty value counts as none.
      const said = Object.keys(given).filter((name) => given[name] !== '');
      expect(Object.keys(environment[part](given))).toEqual(expect.arrayContaining(said));
      expect(
        Object.keys(given)
          .filter((name) => name.startsWith('DATABASE_URL'))
          .sort(),
      ).toEqual(addresses);
    },
  );

  it('mounts the secrets that it names', () => {
    for (const service of Object.values(compose.services))
      for (const secret of service.secrets ?? [])
        expect(compose.secrets[secret]?.file).toMatch(/^\.\/secrets\//);
    expect(api.environment.VAULT_KEY_FILE).toBe('/run/secrets/vault-key');
    expect(api.environment.LEDGER_KEY_FILE).toBe('/run/secrets/ledger-key');
    expect(api.secrets).toEqual(['vault-key', 'ledger-key']);
  });

  it('makes the owner that the address names, without the rights of a superuser', () => {
    const script = compose.configs['make-owner']?.content ?? '';
    expect(script).toContain('CREATE ROLE :"owner" LOGIN CREATEROLE NOSUPERUSER');
    expect(script).toContain(
      `CREATE DATABASE ${new URL(example.DATABASE_URL ?? '').pathname.slice(1)} OWNER`,
    );
    expect(script).toContain('${DATABASE_URL#*://}');
  });
});

describe('the Dockerfile', () => {
  const lines = read('Dockerfile')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({ instruction: line.split(' ')[0] ?? '', rest: line.slice(line.indexOf(' ') + 1) }));
  const all = (instruction: string) =>
    lines.filter((line) => line.instruction === instruction).map(({ rest }) => rest);

  it('has known instructions only, in two stages on the official image', () => {
    const known = ['FROM', 'WORKDIR', 'COPY', 'RUN', 'ENV', 'USER', 'EXPOSE', 'CMD'];
    expect(
      lines.map(({ instruction }) => instruction).filter((instruction) => !known.includes(instruction)),
    ).toEqual([]);
    expect(all('FROM')).toEqual(['node:24-bookworm-slim AS build', 'node:24-bookworm-slim']);
  });

  it('copies what exists and what the folder lets into the build', () => {
    const admitted = read('.dockerignore')
      .split('\n')
      .flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []));
    const sources = all('COPY')
      .filter((rest) => !rest.startsWith('--from='))
      .flatMap((rest) => rest.split(' ').slice(0, -1));
    expect(sources.length).toBeGreaterThan(5);
    expect(sources.filter((source) => !existsSync(join(root, source)) || !admitted.includes(source))).toEqual(
      [],
    );
  });

  it('installs, builds and prunes with scripts that exist, and serves as no root', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    expect(all('RUN').map((rest) => rest.split(' ').slice(0, 2).join(' '))).toEqual([
      'npm ci',
      'npm run',
      'npm prune',
      'rm -rf',
    ]);
    expect(scripts).toHaveProperty('build');
    expect(all('USER')).toEqual(['node']);
  });

  it('is told what to run by files that are built', () => {
    const commands = [
      JSON.parse(all('CMD')[0] ?? '[]') as string[],
      worker.command ?? [],
      migrate.command ?? [],
    ];
    for (const [program, file = ''] of commands) {
      expect(program).toBe('node');
      const source = file.replace(/^dist\//, '').replace(/\.js$/, '.ts');
      expect([file, existsSync(join(root, source))]).toEqual([file, true]);
    }
  });
});
