/** Who carries out the calls that prove telephones, messengers and fax. */
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
  callTasksTo: 'secretariat',
} as const;

/** The languages of the United Nations, in each of which a network is named. */
export const networkLanguages = ['ar', 'zh', 'en', 'fr', 'ru', 'es'] as const;
