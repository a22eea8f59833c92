import { initdbArguments, postmasterArguments } from './postmaster-settings.js';

describe('the settings of the embedded database', () => {
  const args = postmasterArguments('/a folder/postgres', 5433);

  it('take connections from this machine only', () => {
    expect(args).toContain('listen_addresses=127.0.0.1');
    expect(args).toContain('unix_socket_directories=');
  });

  it('keep every commit on disk', () => {
    expect(args).toEqual(
      expect.arrayContaining(['fsync=on', 'synchronous_commit=on', 'full_page_writes=on']),
    );
  });

  it('pass a folder with a space as one argument', () => {
    expect(args.slice(0, 4)).toEqual(['-D', '/a folder/postgres', '-p', '5433']);
    expect(initdbArguments('/a folder/postgres', '/a folder/pw')).toContain('--pgdata=/a folder/postgres');
  });
});
