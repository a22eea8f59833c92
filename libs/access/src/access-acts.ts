/** What is recorded of access beside the events of requests; the database takes any name of this form. */
export const accessActs = ['sign-in', 'sign-in-refused'] as const;
export type AccessAct = (typeof accessActs)[number];
