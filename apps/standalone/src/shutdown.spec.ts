import { Shutdown } from './shutdown.js';

describe('the shutdown', () => {
  const setUp = (names: string[]) => {
    const done: string[] = [];
    const shutdown = new Shutdown((line) => done.push(line));
    for (const name of names)
      shutdown.add({
        name,
        stop: () => {
          done.push(name);
          return name === 'worker' ? Promise.reject(new Error('stuck')) : Promise.resolve();
        },
        kill: () => done.push(`killed ${name}`),
      });
    return { done, shutdown };
  };

  it('ends the api first and gives the data folder free last, whatever order they came up in', async () => {
    const { done, shutdown } = setUp(['data folder', 'database', 'mail', 'api']);
    await shutdown.stop();
    expect(done).toEqual(['api', 'mail', 'database', 'data folder']);
  });

  it('goes on when one part fails to stop, and says so', async () => {
    const { done, shutdown } = setUp(['worker', 'database']);
    await shutdown.stop();
    expect(done).toEqual(['worker', 'stopping the worker: Error: stuck', 'database']);
  });

  it('stops everything once, however often it is asked', async () => {
    const { done, shutdown } = setUp(['api']);
    await Promise.all([shutdown.stop(), shutdown.stop()]);
    expect(done).toEqual(['api']);
  });

  it('ends at once a part that comes up too late', async () => {
    const { done, shutdown } = setUp([]);
    await shutdown.stop();
    shutdown.add({ name: 'api', stop: () => Promise.resolve(), kill: () => done.push('killed api') });
    expect(done).toEqual(['killed api']);
  });
});
