/** Who makes the calls that the last reminder of a request asks for: the secretariat, or the side that asks. */
export const callers = ['secretariat', 'members'] as const;

/** What a network lays down beside the targets of requests, which are set apart. What is left out, is as everywhere. */
export interface NetworkRules {
  /** After how many days without a confirmation an entry counts as stale; 90 unless said. */
  confirmationDays?: number;
  /** After how many days the whole of an entry is gone through again; 365 unless said. */
  hardConfirmationDays?: number;
  callTasksTo?: (typeof callers)[number];
}

export const usualRules = {
  confirmationDays: 90,
  hardConfirmationDays: 365,
  callTasksTo: 'members',
} as const;

/** The languages of the United Nations, in each of which a network is named. */
export const networkLanguages = ['ar', 'zh', 'en', 'fr', 'ru', 'es'] as const;

/**
 * Who makes the calls about a request, by the rules of all networks that its two parties share: the secretariat, where one
 * of them says so and none says otherwise. Else the side that asks, which alone knows what for.
 */
export function whoCalls(shared: readonly NetworkRules[]): (typeof callers)[number] {
  const said = shared.flatMap(({ callTasksTo }) => callTasksTo ?? []);
  return said.length > 0 && said.every((one) => one === 'secretariat') ? 'secretariat' : 'members';
}
