import type supertest from 'supertest';
import type { Instance } from './instance.js';

export type Answer = Pick<supertest.Response, 'status' | 'text' | 'headers'>;

/** What calls of every operation are made with, so that each answer is looked at. */
export interface Keeping {
  instance: Instance;
  /** Keeps an answer under its operation, e.g. `get /api/v1/requests/{id}`. */
  keep: (operation: string, call: PromiseLike<Answer>) => Promise<Answer>;
  idIn: (answer: Answer) => string;
}
