import { see } from './seen.js';

export interface Page {
  status: number;
  text: string;
}

/** The page that acknowledges, as a mail leads to it: its address, and the code that stands beside it. */
export class AckPage {
  private constructor(
    private readonly link: string,
    private readonly code: string,
  ) {}

  /** Raises where the mail bears no link or no code. */
  static in(text: string): AckPage {
    return new AckPage(
      part(text, /https?:\/\/\S+\/ack\/\S+/, 'a link'),
      part(text, /\b\d{3} \d{3}\b/, 'a code'),
    );
  }

  async open(): Promise<Page> {
    return read(await fetch(this.link, { headers: { 'accept-language': 'en' } }));
  }

  /** Sends the form of the page, as a browser does. */
  async submit(name: string): Promise<Page> {
    const body = new URLSearchParams({ name, code: this.code });
    return read(await fetch(this.link, { method: 'POST', headers: { 'accept-language': 'en' }, body }));
  }
}

const read = async (answer: Response): Promise<Page> => ({
  status: answer.status,
  text: await answer.text(),
});

function part(text: string, pattern: RegExp, what: string): string {
  const [found] = pattern.exec(text) ?? [];
  see(found !== undefined, `${what} in the mail`);
  return found;
}
