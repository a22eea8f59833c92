import { markup, noMarkup } from './markup.js';
import { page, signInLink, type PageFrame } from './page.js';
import { textsIn } from './texts.js';

export type PageProblem = 'notFound' | 'invalid' | 'tooMany' | 'failed' | 'signIn';

/** The page for a reader without JavaScript when something went wrong: what, and what to do. Holds no detail of the cause. */
export function problemPage(frame: PageFrame, problem: PageProblem): string {
  const texts = textsIn(frame.language).problem;
  const title = texts[problem];
  const link = problem === 'signIn' ? signInLink(frame) : noMarkup;
  return page(frame, title, markup`<main><h1>${title}</h1><p>${texts[`${problem}Text`]}</p>${link}</main>`);
}
