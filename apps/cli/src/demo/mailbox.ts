/** A mail as the mailbox of the instance keeps it. */
export interface Mail {
  receivedAt: string;
  envelope: { to: string[] };
  subject: string;
  messageId: string;
  text: string;
  html: string;
}

/** The mailbox that stands for every relay: what was sent, looked into without an account. */
export class Mailbox {
  constructor(private readonly url: string) {}

  /** The mails that name a reference, the oldest first. */
  async about(reference: string): Promise<Mail[]> {
    return (await this.read()).filter(({ subject }) => subject.includes(reference)).reverse();
  }

  /** The mail that a notice became: its Message-ID is made of the notice's id. */
  async of(notice: string): Promise<Mail | undefined> {
    return (await this.read()).find((mail) => isOf(mail, notice));
  }

  private async read(): Promise<Mail[]> {
    const answer = await fetch(`${this.url}/mailbox`, { headers: { accept: 'application/json' } });
    if (!answer.ok) throw new Error(`The mailbox answered ${answer.status}.`);
    return (await answer.json()) as Mail[];
  }
}

export const isOf = (mail: Mail, notice: string): boolean => mail.messageId.startsWith(`<${notice}@`);
