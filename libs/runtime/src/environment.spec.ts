import { environment, environmentVariables, type EnvironmentError } from './environment.js';

const database = 'postgresql://user:secret@127.0.0.1/aldis';
const key = `k1:${'A'.repeat(43)}=`;
const worker = { DATABASE_URL_WORKER: database, SMTP_URL: 'smtp://127.0.0.1:1025', VAULT_KEY: key };

describe('the environment', () => {
  it('gives each process what it needs, typed, frozen and with its defaults', () => {
    const env = environment.api({ DATABASE_URL_API: database, VAULT_KEY: key, PORT: '8080' });
    expect(env).toMatchObject({ PORT: 8080, HOST: '127.0.0.1', PUBLIC_URL: 'http://localhost:8080' });
    expect(Object.isFrozen(env)).toBe(true);
    expect(env).not.toHaveProperty('SMTP_URL');
    expect(environment.worker(worker)).toMatchObject({
      WORKER_CONCURRENCY: 10,
      MAIL_FROM: 'aldis@aldis.example',
    });
  });

  it('reports all faults together, each by its name, and never a value', () => {
    const faulty = {
      ...worker,
      DATABASE_URL_WORKER: 'mysql://x',
      SMTP_URL: '',
      PORT: 'http',
      LOG_LEVEL: 'loud-secret',
    };
    const raised = (() => {
      try {
        environment.worker(faulty);
      } catch (error) {
        return error as EnvironmentError;
      }
      return undefined;
    })();
    expect(raised?.faults.map((fault) => fault.split(' ')[0]).sort()).toEqual([
      'DATABASE_URL_WORKER',
      'LOG_LEVEL',
      'PORT',
      'SMTP_URL',
    ]);
    expect(raised?.message).toContain('SMTP_URL is missing');
    expect(raised?.message).not.toContain('loud-secret');
  });

  it('asks for a short name in the address that mails come back to, and has a port for them', () => {
    expect(environment.worker({ ...worker, RETURN_ADDRESS: 'returns@aldis.example' }).RETURN_PORT).toBe(2525);
    for (const address of ['undelivered-mail@aldis.example', 'a+b@aldis.example', 'returns'])
      expect(() => environment.worker({ ...worker, RETURN_ADDRESS: address })).toThrow('RETURN_ADDRESS must');
  });

  it('takes a public address without the slash at its end', () => {
    const env = environment.api({ DATABASE_URL_API: database, PUBLIC_URL: 'https://aldis.example/' });
    expect(env.PUBLIC_URL).toBe('https://aldis.example');
  });

  it('asks a standalone instance for nothing', () => {
    expect(environment.standalone({})).toMatchObject({ PORT: 3000, DATA_DIR: '.aldis' });
  });

  it('lists every variable there is', () => {
    expect(environmentVariables).toEqual(expect.arrayContaining(['DATABASE_URL', 'REDIS_URL', 'FAIL_AT']));
  });
});
