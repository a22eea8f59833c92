import LightRunner from 'jest-light-runner/child-process';

/**
 * Files run in processes that ask for their settings before their first file. Where two of them ask within one moment, the
 * runner answers both to the first, and the other may wait for good: so the first files of each project begin one by one.
 */
const apart = 1_000;
const first = 6;

export default class extends LightRunner {
  #begun = new Map();

  runTests(tests, watcher, onStart, onResult, onFailure) {
    const beginning = async (test) => {
      await this.#turn(test.context.config.id);
      return onStart(test);
    };
    return super.runTests(tests, watcher, beginning, onResult, onFailure);
  }

  /** When a file of a project may begin: the first ones a second after one another. */
  async #turn(project) {
    const { count, last } = this.#begun.get(project) ?? { count: 0, last: Promise.resolve() };
    if (count >= first) return;
    const next = last.then(() => new Promise((resolve) => setTimeout(resolve, count === 0 ? 0 : apart)));
    this.#begun.set(project, { count: count + 1, last: next });
    await next;
  }
}
