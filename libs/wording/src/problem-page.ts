import { markup } from './markup.js';
import { page, type PageFrame } from './page.js';
import { textsIn } from './texts.js';

export type PageProblem = 'notFound' | 'invalid' | 'tooMany' | 'failed';

/** The page for a reader without JavaScript when something went wrong: what, and what to do. Holds no detail of the cause. */
export function problemPage(frame: PageFrame, problem: PageProblem): string {
  const texts = textsIn(frame.language).problem;
  const title = texts[problem];
  return page(frame, title, markup`<main><h1>${title}</h1><p>${texts[`${problem}Text`]}</p></main>`);
}
