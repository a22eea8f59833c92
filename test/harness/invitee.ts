import supertest from 'supertest';
import type { CaughtMail } from './smtp-sink.js';

/** What an invited person chooses. */
export const chosenPassword = 'seven herons at the weir';

/** The link of an invitation, as a person reads it in a mail or on an operator's screen. */
export function inviteLink(text: string): { origin: string; path: string } {
  const [link] = /https?:\/\/\S+\/invite\/[\w-]+/.exec(text) ?? [];
  if (!link) throw new Error('there is no link of an invitation in this text');
  const { origin, pathname } = new URL(link);
  return { origin, path: pathname };
}

/** Opens the page and sends its form; more or other fields as given. */
export async function accept(mail: Pick<CaughtMail, 'text'>, name: string, changes: object = {}) {
  const { origin, path } = inviteLink(mail.text);
  const fields = { name, password: chosenPassword, terms: 'accepted', ...changes };
  return supertest(origin).post(path).set('Accept-Language', 'en').type('form').send(fields);
}
