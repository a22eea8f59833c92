/** What people say is wrong with an entry. */
export const saidWrong = ['wrong-channel', 'wrong-person', 'no-longer-responsible', 'other'] as const;
export type SaidWrong = (typeof saidWrong)[number];

/** And what the system itself notices: mail refused for good, calls unanswered, the yearly look left out. */
export const correctionWhats = [...saidWrong, 'refused', 'unanswered', 'not-gone-through'] as const;
export type CorrectionWhat = (typeof correctionWhats)[number];

/** `settled`: it is over without a decision, for example by an answer on the channel. */
export const correctionStates = ['open', 'confirmed', 'declined', 'settled'] as const;
export type CorrectionState = (typeof correctionStates)[number];

/** All of an entry, as who goes through it once a year confirms it, name by name. */
export const entryFields = [
  ...(['body', 'level', 'position', 'roleNames', 'languages', 'zone', 'person', 'expectedRoles'] as const),
  ...(['coordination', 'readiness', 'note', 'duty', 'channels'] as const),
] as const;
export type EntryField = (typeof entryFields)[number];
