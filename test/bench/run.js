import '../typescript.js';
import setUp from '../harness/global-setup.js';
import tearDown from '../harness/global-teardown.js';

/** Starts the measurements on the tests' own database. */
try {
  await setUp();
  if (process.argv.includes('finding')) await (await import('./finding.ts')).finding();
  else await (await import('./bench.ts')).bench();
} catch (error) {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
} finally {
  await tearDown();
}
// What a failed round left open must not keep it waiting; its processes end with this one.
process.exit();
