/** How a caller stands to a request; `staff` has no part in any, `holder` has a link from a mail about it. */
export type Standing = 'nobody' | 'holder' | 'staff' | 'outsider' | 'other body' | 'concerned';

/** What is called about: a request to XB and XC, one to XB alone, and a draft of XA's. */
export const kinds = ['both', 'solo', 'draft'] as const;
export type Kind = (typeof kinds)[number];
export const texts: Record<Kind, string> = {
  both: 'Marigold asks.',
  solo: 'Larkspur asks.',
  draft: 'Foxglove asks.',
};

export interface Caller {
  is: string;
  email?: string;
  officer?: true;
  holdsLink?: true;
  stands: Record<Kind, Standing>;
}
const stands = (both: Standing, solo: Standing, draft: Standing) => ({ both, solo, draft });
/** Every kind of caller there is. */
export const callers: Caller[] = [
  { is: 'a stranger', stands: stands('nobody', 'nobody', 'nobody') },
  { is: 'the holder of a link', holdsLink: true, stands: stands('holder', 'nobody', 'nobody') },
  { is: 'the holder of a wrong link', stands: stands('nobody', 'nobody', 'nobody') },
  { is: 'the secretariat', email: 'secretariat@network.example', stands: stands('staff', 'staff', 'staff') },
  {
    ...{ is: 'an exercise director', email: 'exercises@network.example' },
    stands: stands('staff', 'staff', 'staff'),
  },
  {
    ...{ is: 'an auditor', email: 'auditor@network.example' },
    stands: stands('staff', 'staff', 'staff'),
  },
  {
    ...{ is: "an addressee's party administrator", email: 'administrator@xb.example' },
    stands: stands('staff', 'staff', 'staff'),
  },
  {
    ...{ is: "the requester's officer", email: 'officer@xa.example', officer: true },
    stands: stands('concerned', 'concerned', 'concerned'),
  },
  {
    ...{ is: "the requester's ministry, copied", email: 'diplomat@xa.example', officer: true },
    stands: stands('concerned', 'concerned', 'other body'),
  },
  {
    ...{ is: "an addressee's officer", email: 'officer@xb.example', officer: true },
    stands: stands('concerned', 'concerned', 'outsider'),
  },
  {
    is: "an addressee's duty officer",
    email: 'duty@xb.example',
    stands: stands('concerned', 'concerned', 'outsider'),
  },
  {
    ...{ is: "another body of the addressee's", email: 'policy@xb.example', officer: true },
    stands: stands('other body', 'other body', 'outsider'),
  },
  {
    ...{ is: "the other addressee's officer", email: 'officer@xc.example', officer: true },
    stands: stands('concerned', 'outsider', 'outsider'),
  },
  {
    is: "the other addressee's observer",
    email: 'observer@xc.example',
    stands: stands('concerned', 'outsider', 'outsider'),
  },
];

/** What the caller's standing includes; the story of the thread does these. */
export function isTheirs(
  caller: Caller,
  kind: Kind,
  { act, addressee }: { act: string; addressee?: string },
): boolean {
  if (caller.stands[kind] !== 'concerned') return false;
  const of = caller.email?.slice(-'xa.example'.length, -'.example'.length).toUpperCase() ?? '';
  if (of === 'XA')
    return caller.officer === true && (act === 'withdraw' || (kind === 'draft' && act !== 'acknowledge'));
  return act === 'acknowledge' && caller.is !== "the other addressee's observer" && (addressee ?? of) === of;
}
