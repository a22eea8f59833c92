import { execFile } from 'node:child_process';
import { chmod, chown, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { StartRefused } from '../start-refused.js';

const run = promisify(execFile);
const env = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' };

/** A user and a group of the operating system. */
export interface DatabaseUser {
  uid: number;
  gid: number;
}

/**
 * Whom PostgreSQL must run as: `undefined` means as ourselves. It refuses root, so root lends it the system user
 * `postgres`, made when missing. Raises {@link StartRefused} when that cannot be done.
 */
export async function databaseUser(): Promise<DatabaseUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const known = await lookUp();
  if (known) return known;
  await run(
    'useradd',
    ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'],
    {
      env,
    },
  ).catch(() => undefined);
  const made = await lookUp();
  if (made) return made;
  throw new StartRefused(
    'PostgreSQL does not run as root, and the system user "postgres" that it would run as could not be made. ' +
      'Start as another user, or make that user first.',
  );
}

async function lookUp(): Promise<DatabaseUser | undefined> {
  const ask = async (flag: string) => Number((await run('id', [flag, 'postgres'], { env })).stdout.trim());
  try {
    const [uid, gid] = [await ask('-u'), await ask('-g')];
    return Number.isInteger(uid) && Number.isInteger(gid) && uid !== 0 ? { uid, gid } : undefined;
  } catch {
    return undefined;
  }
}

const permits = (mode: number, owner: DatabaseUser, user: DatabaseUser, bits: number): boolean => {
  const shift = owner.uid === user.uid ? 6 : owner.gid === user.gid ? 3 : 0;
  return ((mode >> shift) & bits) === bits;
};

/** Whether a user may enter every folder from the root down to this one, which must exist and be a real path. */
export async function canEnter(folder: string, user: DatabaseUser | undefined): Promise<boolean> {
  if (!user) return true;
  const facts = await stat(folder);
  if (!permits(facts.mode, facts, user, 0o1)) return false;
  const parent = dirname(folder);
  return parent === folder || canEnter(parent, user);
}

/** Whether a user may read and run a program. */
export async function canRun(program: string, user: DatabaseUser | undefined): Promise<boolean> {
  if (!user) return true;
  const facts = await stat(program);
  return permits(facts.mode, facts, user, 0o5) && canEnter(dirname(program), user);
}

/** Lets the database's user walk through a folder of ours without listing it; nobody else gains anything. */
export async function letThrough(folder: string, user: DatabaseUser | undefined): Promise<void> {
  if (!user) return;
  await chown(folder, process.getuid?.() ?? 0, user.gid);
  await chmod(folder, 0o710);
}
