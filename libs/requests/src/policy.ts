import { refusal, type Act, type Refusal, type Side } from './lifecycle.js';

const answering: Act[] = ['take', 'assess', 'determine', 'redirect', 'report-progress', 'extend', 'complete'];
const requesting: Act[] = [
  'save',
  'amend',
  'send',
  'withdraw',
  'answer-question',
  'accept-offer',
  'release',
  'close',
  'reopen',
];

/** The permissions: which role may do which acts. */
const rights: ReadonlyMap<string, readonly Act[]> = new Map([
  ['officer', [...requesting, 'acknowledge', 'ask', ...answering, 'message', 'note']],
  ['duty-officer', ['acknowledge', 'ask', 'take', 'message', 'note']],
  ['link-bearer', ['acknowledge']],
  ['observer', []],
] satisfies [string, Act[]][]);

/** Whether a role may do an act at all; undefined is yes. */
export const may = (role: string, act: Act): Refusal | undefined =>
  rights.get(role)?.includes(act)
    ? undefined
    : refusal('not-your-role', `The role "${role}" does not include "${act}".`);

/** Why a body may not act on a line: what one body of the State asked holds, no other acts on. */
export const holds = (
  { bodyId }: { bodyId: string | null },
  side: Side,
  body: string,
): Refusal | undefined =>
  side === 'addressee' && bodyId !== null && bodyId !== body
    ? refusal('not-your-body', 'Another body of your State holds it: it was handed over.')
    : undefined;
