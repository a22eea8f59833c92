import { setTimeout as pause } from 'node:timers/promises';
import { clock } from '#libs/runtime';

const patience = 30_000;

/** Raises with what was expected, where it is not so. */
export function see(isSo: boolean, what: string): asserts isSo {
  if (!isSo) throw new Error(`This was not seen: ${what}.`);
}

/** Looks again and again until there is something to see, and answers it. Raises when it does not come in time. */
export async function seeSoon<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  const end = clock.elapsed() + patience;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    see(clock.elapsed() < end, `${what} within ${patience / 1000} s`);
    await pause(50);
  }
}
