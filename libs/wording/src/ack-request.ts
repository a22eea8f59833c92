import { fitBytes } from './fit-bytes.js';
import { formatInstant } from './instant.js';
import { directionOf, type Language } from './language.js';
import { markup, noMarkup, type Markup } from './markup.js';
import { plainLine, plainText } from './plain-line.js';
import type { RequestFacts, WrittenText } from './request-mails.js';
import { textsIn } from './texts.js';
import { mayTravelInMail, tlpLabel } from './tlp.js';
import { urgencyName } from './urgency.js';

/** What the acknowledgement page knows of the request; content is shown only where the marking lets it travel in mail. */
export type AckRequest = Omit<RequestFacts, 'language' | 'instance' | 'publicUrl'>;

// Together with the frame and the form these stay under 15,000 bytes.
const most = { value: 300, sentence: 2000, text: 4500 } as const;

/** A list of labels and values; each value on one line and cut to what a page can hold. */
export const factList = (rows: readonly (readonly [label: string, value: string])[]): Markup => {
  const row = ([label, value]: readonly [string, string]) =>
    markup`<dt>${label}</dt><dd><bdi>${fitBytes(plainLine(value), most.value)}</bdi></dd>\n`;
  return markup`<dl>\n${rows.map(row)}</dl>`;
};

function written(language: Language, label: string, content: WrittenText | undefined, bytes: number): Markup {
  if (content === undefined) return noMarkup;
  const whole = plainText(content.text);
  const shown = fitBytes(whole, bytes);
  const tag = fitBytes(plainLine(content.language), 40);
  const note = shown === whole ? noMarkup : markup`<p class="soft">${textsIn(language).page.shortened}</p>`;
  return markup`<h2>${label}</h2>
<blockquote lang="${tag}" dir="${directionOf(tag)}">${shown}</blockquote>
${note}`;
}

/** The request between its two markings: routing facts always, content where the mail showed it too. */
export function ackRequest(request: AckRequest, language: Language): Markup {
  const { label, page, mitigation } = textsIn(language);
  const sought = request.kind === 'mitigation' ? mitigation.sought : label.sought;
  const { reference, from, to, urgency, sentAt, sentence, text, neededBy, tlp } = request;
  const open = mayTravelInMail(tlp);
  const marking = markup`<p class="label"><span class="tlp" dir="ltr" lang="en">${tlpLabel(tlp)}</span></p>`;
  const facts = factList([
    [label.reference, reference],
    [label.from, from],
    [label.to, to],
    [label.urgency, `${urgency} ${urgencyName(urgency, language)}`],
    [label.sentAt, formatInstant(sentAt)],
    ...(open && neededBy !== undefined ? [[label.neededBy, formatInstant(neededBy)] as const] : []),
  ]);
  const content = open
    ? [
        written(language, sought, sentence, most.sentence),
        written(language, label.furtherText, text, most.text),
      ]
    : markup`<p>${page.withheld}</p>`;
  return markup`${marking}
${facts}
${content}
${marking}`;
}
