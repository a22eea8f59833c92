import supertest from 'supertest';
import type { CaughtMail } from './smtp-sink.js';

/** Link and code as a duty officer reads them in the text of a mail. */
export class AckLink {
  private constructor(
    readonly url: string,
    readonly path: string,
    readonly code: string,
  ) {}

  static in(mail: Pick<CaughtMail, 'text'>): AckLink {
    const [link] = /https?:\/\/\S+\/ack\/\S+/.exec(mail.text) ?? [];
    const [code] = /\b\d{3} \d{3}\b/.exec(mail.text) ?? [];
    if (!link || !code) throw new Error('the mail has no link and code to acknowledge with');
    const { origin, pathname } = new URL(link);
    return new AckLink(origin, pathname, code);
  }

  /** Opens the page, as a person or a scanner does. */
  open(method: 'get' | 'head' = 'get') {
    return supertest(this.url)[method](this.path).set('Accept-Language', 'en');
  }

  /** Sends the page's form. */
  submit(name: string, code = this.code) {
    return supertest(this.url).post(this.path).set('Accept-Language', 'en').type('form').send({ name, code });
  }
}
