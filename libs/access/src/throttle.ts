/**
 * After how many failures in a row the next try has to wait: for one account's password, its second factor, and one
 * network address.
 */
export const freeTries = { account: 5, factor: 5, address: 50 } as const;
/** After how many seconds without a failure they are forgotten; longer than any wait. */
export const forgottenAfter = 3_600;
const longest = 900;

/** Seconds to wait after so many failures in a row: none at first, then doubled each time, at most 15 minutes. */
export const waitAfter = (failures: number, free: number): number =>
  failures < free ? 0 : Math.min(2 ** (failures - free), longest);
