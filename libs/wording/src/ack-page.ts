import { ackErrors, ackForm, type OpenView } from './ack-form.js';
import { ackRequest, factList, type AckRequest } from './ack-request.js';
import { fitBytes } from './fit-bytes.js';
import { fixedSentence, type FixedSentenceId } from './fixed-sentences.js';
import { formatInstant } from './instant.js';
import type { Language } from './language.js';
import { markup, noMarkup, type Markup } from './markup.js';
import { page, signInLink, type PageFrame } from './page.js';
import { plainLine } from './plain-line.js';
import {
  responsibilityCss,
  responsibilityForm,
  responsibilityReported,
  type Responsibility,
} from './ack-responsibility.js';
import { acknowledgementRows, type AcknowledgementFacts } from './request-mails.js';
import { textsIn } from './texts.js';
import { tlpColour } from './tlp.js';

/** What became of the link. */
export type AckState =
  | OpenView
  | { readonly state: 'locked' }
  | { readonly state: 'expired'; readonly expiredAt: Date }
  | ({ readonly state: 'already-acknowledged' | 'just-acknowledged' } & AcknowledgementFacts)
  | { readonly state: 'withdrawn'; readonly withdrawnAt: Date };

/** Everything the page shows. An unknown link shows nothing about any request. */
export type AckView = PageFrame &
  (
    | { readonly state: 'unknown' }
    | (AckState & { readonly request: AckRequest; readonly responsibility?: Responsibility | undefined })
  );

const heading = (text: string, look = ''): Markup =>
  look === '' ? markup`<h1>${text}</h1>` : markup`<h1 class="${look}">${text}</h1>`;

const fixed = (id: FixedSentenceId, language: Language): Markup => {
  const { text, version, status } = fixedSentence(id, language);
  const note =
    status === 'unofficial'
      ? markup`<br><small>${textsIn(language).unofficialTranslation}</small>`
      : noMarkup;
  return markup`<p class="${id === 'fs.exercise' ? 'band' : 'soft'}" title="${id}, ${version}">${text}${note}</p>`;
};

interface Parts {
  readonly title: string;
  /** Above the request, and below it. */
  readonly top: Markup;
  readonly bottom: Markup;
}

/** What happened to a link that takes no code any more, in words and facts. */
function outcome(frame: PageFrame, state: Exclude<AckState, OpenView>): Parts {
  const { page: texts, label } = textsIn(frame.language);
  const said = (title: string, text: string, more: Markup = noMarkup, look = '') => ({
    title,
    bottom: noMarkup,
    top: markup`${heading(title, look)}\n<p>${text}</p>\n${more}`,
  });
  switch (state.state) {
    case 'locked':
      return said(texts.locked, texts.lockedText, signInLink(frame));
    case 'expired':
      return said(texts.expired, texts.expiredText(formatInstant(state.expiredAt)), signInLink(frame));
    case 'already-acknowledged':
      return said(texts.already, texts.alreadyText, factList(acknowledgementRows(state, frame.language)));
    case 'just-acknowledged':
      return said(texts.done, texts.doneText, factList(acknowledgementRows(state, frame.language)), 'good');
    case 'withdrawn': {
      const rows = [[label.withdrawnAt, formatInstant(state.withdrawnAt)] as const];
      return said(texts.withdrawn, texts.withdrawnText, factList(rows));
    }
  }
}

const isOpen = (state: AckState): state is OpenView => state.state === 'open' || state.state === 'wrong-code';

/** The form, below the request that it acknowledges. */
function form(view: OpenView, language: Language): Parts {
  const { acknowledge, page: texts } = textsIn(language);
  const errors = ackErrors(view, language);
  return {
    title: errors === noMarkup ? acknowledge.heading : texts.errorTitle,
    top: markup`${errors}\n${heading(acknowledge.heading)}`,
    bottom: ackForm(view, language),
  };
}

/**
 * The whole acknowledgement page as HTML: no script, nothing fetched, under 15,000 bytes whatever was written in the
 * request. Shows no content that the marking keeps out of mail, even where it is passed in. The form posts to the
 * page's own address, url-encoded, with the fields `name` and `code`; a second one, with `act` alone, says that the reader is
 * not responsible.
 */
export function ackPage(view: AckView): string {
  const { language } = view;
  const texts = textsIn(language);
  if (view.state === 'unknown') {
    const { unknown, unknownText } = texts.page;
    return page(view, unknown, markup`<main>${heading(unknown)}<p>${unknownText}</p></main>`);
  }
  const { request, responsibility } = view;
  const exercise = request.traffic === 'exercise' ? fixed('fs.exercise', language) : noMarkup;
  const test = request.traffic === 'test' ? markup`<p class="band">${texts.marking.test}</p>` : noMarkup;
  const { title, top, bottom } = isOpen(view) ? form(view, language) : outcome(view, view);
  const body = markup`<main>
${exercise}
${test}
${responsibilityReported(responsibility, language)}
${top}
${ackRequest(request, language)}
${bottom}
${fixed('fs.ack.request', language)}
${fixed('fs.assist.no-result', language)}
${responsibilityForm(responsibility, language)}
${exercise}
</main>`;
  const reference = fitBytes(plainLine(request.reference), 100);
  const colour = tlpColour(request.tlp).text;
  const css = responsibility ? responsibilityCss : noMarkup;
  return page(view, `${title} · ${reference}`, body, markup`.label .tlp{color:${colour}}\n${css}`);
}
