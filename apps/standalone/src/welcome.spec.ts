import { aligned, welcome, type Running } from './welcome.js';

const running: Running = {
  url: 'http://localhost:3000',
  seconds: 4.26,
  databaseFolder: '/srv/aldis/.aldis/postgres',
  isDatabaseElsewhere: false,
  dataDir: '/srv/aldis/.aldis',
  hasMailbox: true,
  hasRedis: false,
  warnings: [],
  sampleAccounts: [
    { name: 'officer@xa.example', password: 'sample-1', about: 'XA, duty officer' },
    { name: 'desk@foreign.xb.example', password: 'sample-2', about: 'XB, diplomatic desk' },
  ],
};

describe('the welcome', () => {
  it('names the addresses to open and the sample accounts', () => {
    const text = welcome(running);
    expect(text).toContain('Aldis is ready (4.3 s).');
    expect(text).toMatch(/^ {2}Web and API +http:\/\/localhost:3000\/$/m);
    expect(text).toMatch(/^ {2}API reference +http:\/\/localhost:3000\/api\/docs$/m);
    expect(text).toMatch(/^ {2}Mailbox +http:\/\/localhost:3000\/mailbox$/m);
    expect(text).toContain('  officer@xa.example       sample-1  XA, duty officer\n');
  });

  it('tells which parts are embedded and where their data are', () => {
    expect(welcome(running)).toContain('embedded PostgreSQL, /srv/aldis/.aldis/postgres');
    expect(welcome(running)).toContain('PostgreSQL (no REDIS_URL)');
    expect(
      welcome({
        ...running,
        isDatabaseElsewhere: true,
        databaseFolder: '/var/lib/aldis-0123456789/postgres',
      }),
    ).toMatch(
      /embedded PostgreSQL, \/var\/lib\/aldis-0123456789\/postgres\n.*cannot reach \/srv\/aldis\/\.aldis/,
    );
  });

  it('leaves out what is not there', () => {
    const text = welcome({
      ...running,
      databaseFolder: undefined,
      hasMailbox: false,
      hasRedis: true,
      sampleAccounts: [],
    });
    expect(text).not.toMatch(/mailbox|embedded|Sample accounts/);
    expect(text).toContain('Redis, REDIS_URL');
    expect(text).toContain('SMTP_URL');
  });

  it('fits on one screen', () => {
    expect(welcome(running).split('\n').length).toBeLessThan(24);
  });
});

describe('aligned rows', () => {
  it('start each column below the other, without blanks at the end', () => {
    expect(
      aligned([
        ['a', 'long cell', ''],
        ['wide', 'x', 'end'],
      ]),
    ).toEqual(['  a     long cell', '  wide  x          end']);
  });
});

describe('the warnings', () => {
  it('stand in the text when there are some, each on a line', () => {
    const text = welcome({ ...running, warnings: ['This machine serves alone.', 'Copy the backups.'] });
    expect(text).toContain('WARNING\n  This machine serves alone.\n  Copy the backups.\n');
    expect(welcome(running)).not.toContain('WARNING');
  });
});
