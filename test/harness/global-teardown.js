import { rm } from 'node:fs/promises';

/** Stops and removes what the set-up made. */
export default async function tearDown() {
  await globalThis.aldisTestServer?.stop();
  await rm(globalThis.aldisTestFolder, { recursive: true, force: true });
}
