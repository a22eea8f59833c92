import { outcomeOf } from './postmaster.js';

describe('the last words of a database server', () => {
  it('tell that another one is still going away', () => {
    expect(outcomeOf('FATAL:  lock file "postmaster.pid" already exists\n')).toBe('busy');
    expect(
      outcomeOf('FATAL:  pre-existing shared memory block (key 9, ID 4) is still in use\nLOG:  shut down\n'),
    ).toBe('busy');
  });

  it('tell that the port was taken meanwhile', () => {
    expect(outcomeOf('LOG:  could not bind IPv4 address "127.0.0.1": Address already in use\n')).toBe('port');
  });

  it('are passed on when they say something else', () => {
    expect(outcomeOf('one\ntwo\nthree\nFATAL:  no space left on device\n')).toEqual({
      failed: 'two\nthree\nFATAL:  no space left on device',
    });
  });
});
