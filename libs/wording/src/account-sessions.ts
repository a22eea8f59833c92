import { formatInstant } from './instant.js';
import type { Language } from './language.js';
import { markup, noMarkup, type Markup } from './markup.js';
import { textsIn } from './texts.js';
import type { Texts } from './texts/en.js';

/** A session of the account. */
export interface AccountSession {
  readonly id: string;
  readonly current: boolean;
  readonly stage: string;
  /** What it was opened with; null while it waits for that. */
  readonly factor: keyof Texts['account']['factor'] | null;
  readonly createdAt: Date;
  readonly seenAt: Date;
  readonly expiresAt: Date;
}

/** One's own sessions, with a button to end each that is not the one in use, and one for all of those. */
export function accountSessions(language: Language, sessions: readonly AccountSession[]): Markup {
  const texts = textsIn(language).account;
  const card = ({ id, current, stage, factor, createdAt, seenAt, expiresAt }: AccountSession) => {
    const how = stage === 'full' && factor !== null ? texts.factor[factor] : texts.unfinished;
    const title = current ? texts.sessionHere : texts.session;
    const opened = texts.opened(formatInstant(createdAt));
    const end = markup`<button type="button" class="second" data-delete="sessions/${id}" aria-label="${texts.end}: ${opened}">${texts.end}</button>`;
    return markup`<li${current ? markup` class="current"` : noMarkup}><h3>${title}</h3>
<p>${opened}, ${how}</p>
<p class="soft">${texts.used(formatInstant(seenAt))}; ${texts.ends(formatInstant(expiresAt))}</p>
${current ? noMarkup : end}</li>\n`;
  };
  const others = sessions.some(({ current }) => !current)
    ? markup`<button type="button" class="second" data-delete="sessions">${texts.endOthers}</button>`
    : noMarkup;
  return markup`<section aria-labelledby="sessions-heading">
<h2 id="sessions-heading">${texts.sessions}</h2>
<ul class="cards">
${sessions.map(card)}</ul>
${others}
</section>`;
}
