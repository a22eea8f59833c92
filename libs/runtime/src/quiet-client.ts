import pg from 'pg';

/**
 * A connection whose loss is told to whoever has a query on it, and to nobody else: between two queries it has no
 * listener of its own for a moment, and an error without a listener would end the process. Pools make a new one.
 */
export class QuietClient extends pg.Client {
  constructor(...given: ConstructorParameters<typeof pg.Client>) {
    super(...given);
    this.on('error', () => undefined);
  }
}
