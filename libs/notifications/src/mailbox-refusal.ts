/** What a server answered for good: to which command, and in which words. */
export interface MailReply {
  command: string;
  replyCode: number;
  response: string;
}

/**
 * Whether a reply says that there is no such mailbox, or that it is closed: to the recipient (RFC 5321, 3.3), with the
 * status of {@link isOfMailbox}, or with none that says anything else. A refusal of content or by the policy of a
 * relay (5.7.x), a full mailbox (5.2.2), and whatever comes after the content, say nothing of it.
 */
export function refusesMailbox({ command, replyCode, response }: MailReply): boolean {
  if (command !== 'RCPT TO' || replyCode < 500) return false;
  const status = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1];
  if (status === undefined) return [550, 551, 553].includes(replyCode) && !/\b5\.7\.\d/.test(response);
  if (status === '5.0.0') return [550, 551, 553].includes(replyCode);
  return isOfMailbox(status);
}

/**
 * Whether a status (RFC 3463) says that there is no such mailbox (x.1.x), or that it is closed (x.2.1). What it says of the
 * sender's address (x.1.7, x.1.8) is ours to mend.
 */
export const isOfMailbox = (status: string): boolean => /^\d\.(1\.(?![78]$)\d+|2\.1)$/.test(status);
