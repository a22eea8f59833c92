/** What is done about clearance itself, as the own side's record names it. */
export const clearanceActs = [
  'request-clearance',
  'clear',
  'refuse-clearance',
  'withdraw-clearance',
] as const;
export type ClearanceAct = (typeof clearanceActs)[number];
