import { refusal, type Act, type Refusal } from './lifecycle.js';

/** The permissions: which role may do which acts. */
const rights: ReadonlyMap<string, readonly Act[]> = new Map([
  ['officer', ['save', 'send', 'withdraw', 'acknowledge']],
  ['duty-officer', ['acknowledge']],
  ['link-bearer', ['acknowledge']],
  ['observer', []],
]);

/** Whether a role may do an act at all; undefined is yes. */
export const may = (role: string, act: Act): Refusal | undefined =>
  rights.get(role)?.includes(act)
    ? undefined
    : refusal('not-your-role', `The role "${role}" does not include "${act}".`);
