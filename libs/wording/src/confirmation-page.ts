import { factList } from './ack-request.js';
import type { ChannelName, LevelName } from './entry-rows.js';
import { fitBytes } from './fit-bytes.js';
import { formatInstant } from './instant.js';
import type { Language } from './language.js';
import { markup, noMarkup, type Markup } from './markup.js';
import { page, type PageFrame } from './page.js';
import { plainText } from './plain-line.js';
import { textsIn } from './texts.js';
import type { Texts } from './texts/en.js';

/** An entry as the page shows it: addresses are masked before. */
export interface ConfirmedEntry {
  readonly party: string;
  readonly body: string;
  readonly role: string;
  readonly level: LevelName;
  readonly person: string | undefined;
  /** BCP 47 tags. */
  readonly languages: readonly string[];
  readonly zone: string;
  readonly hours: 'around-the-clock' | readonly HoursOfWeek[];
  readonly channels: readonly {
    readonly kind: ChannelName;
    readonly masked: string;
    readonly state: keyof Texts['entryWords']['states'];
  }[];
}

/** Hours of duty; ISO 8601 days. */
export interface HoursOfWeek {
  readonly days: readonly number[];
  readonly from: string;
  readonly to: string;
}

/** What somebody can say is wrong. */
export type SaidWrongName = keyof Texts['confirmation']['wrong'];

/** Everything the page shows. Whoever has no link is shown nothing of any entry. */
export type ConfirmationView = PageFrame &
  (
    | {
        readonly state: 'open';
        readonly entry: ConfirmedEntry;
        /** What was read: it is confirmed in that version and in no other. */
        readonly version: number;
        readonly fault?: 'changed' | 'what-missing' | 'text-unfit';
        readonly wrote?: string;
      }
    | { readonly state: 'used'; readonly at: Date; readonly confirmedAt: Date | undefined }
    | { readonly state: 'done'; readonly stale: boolean }
    | { readonly state: 'reported' | 'over' | 'unknown' }
  );

/** Names of days by the Monday of some week. */
function weekday(day: number, language: Language): string {
  const at = new Date(Date.UTC(2024, 0, day));
  return new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' }).format(at);
}

const hoursOf = ({ hours }: ConfirmedEntry, language: Language): string[] => {
  const { aroundTheClock, noHours } = textsIn(language).confirmation;
  if (hours === 'around-the-clock') return [aroundTheClock];
  if (hours.length === 0) return [noHours];
  return hours.map(
    ({ days, from, to }) => `${days.map((day) => weekday(day, language)).join(', ')} ${from}–${to}`,
  );
};

function onFile(entry: ConfirmedEntry, language: Language): Markup {
  const { confirmation, entryWords } = textsIn(language);
  return factList([
    [confirmation.body, entry.body],
    [entryWords.role, entry.role],
    [entryWords.level, entryWords.levels[entry.level]],
    [confirmation.person, entry.person ?? confirmation.nobody],
    ...entry.channels.map(
      ({ kind, masked, state }) =>
        [entryWords.channels[kind], `${masked} (${entryWords.states[state]})`] as const,
    ),
    [confirmation.languages, entry.languages.join(', ')],
    [confirmation.zone, entry.zone],
    ...hoursOf(entry, language).map((line) => [confirmation.hours, line] as const),
  ]);
}

function openPage(view: ConfirmationView & { state: 'open' }): readonly [title: string, body: Markup] {
  const { language, entry, version, fault, wrote = '' } = view;
  const { confirmation: texts } = textsIn(language);
  const faults = {
    changed: texts.changed,
    'what-missing': texts.wrongWhatMissing,
    'text-unfit': texts.wrongTextTooLong,
  } as const;
  const error = fault ? markup`<div class="errors" role="alert"><p>${faults[fault]}</p></div>` : noMarkup;
  const choice = ([name, text]: readonly [string, string]) =>
    markup`<label class="choice"><input type="radio" name="what" value="${name}"> ${text}</label>\n`;
  return [
    texts.heading,
    markup`${error}
<h1>${texts.heading}</h1>
<p>${texts.lead(entry.party)}</p>
${onFile(entry, language)}
<form method="post">
<input type="hidden" name="act" value="confirm"><input type="hidden" name="version" value="${String(version)}">
<button type="submit">${texts.confirm}</button>
</form>
<p class="soft">${texts.confirmHint}</p>
<form method="post" class="apart">
<h2>${texts.wrongHeading}</h2>
<p class="hint">${texts.wrongHint}</p>
<input type="hidden" name="act" value="report">
<fieldset><legend>${texts.wrongWhat}</legend>
${Object.entries(texts.wrong).map(choice)}</fieldset>
<label for="text">${texts.wrongText}</label>
<textarea id="text" name="text" rows="4" maxlength="500">${fitBytes(plainText(wrote), 2000)}</textarea>
<button type="submit" class="second">${texts.report}</button>
</form>`,
  ];
}

function body(view: ConfirmationView): readonly [title: string, body: Markup] {
  const { confirmation: texts } = textsIn(view.language);
  const said = (title: string, text: string, look = '') =>
    [title, markup`<h1 class="${look}">${title}</h1>\n<p>${text}</p>`] as const;
  switch (view.state) {
    case 'open':
      return openPage(view);
    case 'done':
      return said(texts.done, view.stale ? texts.doneStale : texts.doneText, 'good');
    case 'reported':
      return said(texts.reported, texts.reportedText, 'good');
    case 'used': {
      const { confirmedAt, at } = view;
      return confirmedAt
        ? said(texts.done, texts.alreadyConfirmed(formatInstant(confirmedAt)))
        : said(texts.already, texts.alreadyText(formatInstant(at)));
    }
    case 'over':
      return said(texts.over, texts.overText);
    case 'unknown':
      return said(texts.unknown, texts.unknownText);
  }
}

const looks = markup`dl{grid-template-columns:minmax(5rem,36%) 1fr}
fieldset{margin:0 0 1.25rem;padding:0;border:0}
legend{padding:0;font-weight:700}
.choice{display:flex;gap:.75rem;align-items:center;min-height:3rem;font-weight:400}
.choice input{width:1.5rem;height:1.5rem;min-height:0;margin:0;flex:none}
.apart{margin-top:2rem;padding-top:1rem;border-top:1px solid var(--line)}
textarea{display:block;width:100%;margin:0 0 1.25rem;padding:.5rem .75rem;font:inherit;color:inherit;background:var(--page);border:2px solid var(--line);border-radius:.375rem}
button.second{color:var(--act);background:var(--page);border:2px solid var(--act)}`;

/**
 * The page on which an entry is confirmed: one button, and below it a way to say what is wrong. No script, nothing
 * fetched; both forms post to the page's own address, url-encoded: `act`, `version`, `what`, `text`.
 */
export function confirmationPage(view: ConfirmationView): string {
  const [title, content] = body(view);
  return page(view, title, markup`<main>\n${content}\n</main>`, looks);
}
