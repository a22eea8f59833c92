import type { Said } from './act-content.js';
import type { Disclosure } from './disclosure.js';
import type { Act } from './lifecycle.js';
import type { RequestInput } from './request-content.js';

/** An act as it is asked for. `version` is the one the caller has seen: a stale act is refused. */
export interface ActInput {
  act: Act;
  version?: number | undefined;
  /** The addressee meant, where the requester acts on one line alone. */
  addressee?: string | undefined;
  /** With `save`: what the draft becomes. */
  request?: RequestInput | undefined;
  said?: Said | undefined;
  /** With `disclose`. */
  disclosure?: Disclosure | undefined;
  /** That an approval is carried out: this one, or nothing is done. */
  approval?: string | undefined;
}
