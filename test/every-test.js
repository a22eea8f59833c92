/**
 * What holds for every test, which the runner leaves to us: one that expects nothing passes whatever happens, so it fails;
 * and one that hangs ends. The limit, in milliseconds, decides nothing else.
 */
const limit = 60_000;

const ending = (run, within = limit) =>
  run &&
  (async (...row) => {
    const waiting = Promise.withResolvers();
    const timer = setTimeout(() => waiting.reject(new Error(`It is not over after ${within} ms.`)), within);
    try {
      await Promise.race([run(...row), waiting.promise]);
    } finally {
      clearTimeout(timer);
    }
  });

const asserting = (run, within) => {
  const ended = ending(run, within);
  return async (...row) => {
    expect.hasAssertions();
    try {
      await ended(...row);
    } catch (error) {
      expect.extractExpectedAssertionsErrors();
      throw error;
    }
    const [missing] = expect.extractExpectedAssertionsErrors();
    if (missing) throw missing.error;
  };
};

const { it: tried } = globalThis;
const wrapped = (title, run, within) => tried(title, asserting(run, within));
wrapped.each = (...table) => {
  const each = tried.each(...table);
  return (title, run, within) => each(title, asserting(run, within));
};
globalThis.it = globalThis.test = wrapped;

for (const name of ['beforeAll', 'beforeEach', 'afterEach', 'afterAll']) {
  const hook = globalThis[name];
  globalThis[name] = (run, within) => hook(ending(run, within));
}
