import type { Finding, FindingCode, Place, Reading, Severity } from './draft-entry.js';

/** Where in a document something is, and which of its drafts it is about. */
export type Where = Place & Pick<Finding, 'draft'>;

/** Notes one finding. */
export type Tell = (severity: Severity, code: FindingCode, detail: string, place?: Where) => void;

/** More than these nobody reads; the last one says that there are more. */
export const mostFindings = 1000;

/** Notes findings into a list; those beyond the most are counted for nothing but one sentence. */
export const teller =
  (into: Finding[]): Tell =>
  (severity, code, detail, place = {}) => {
    if (into.length < mostFindings) into.push({ severity, code, detail, ...place });
    else if (into.length === mostFindings)
      into.push({
        severity: 'refuse',
        code: 'cut-short',
        detail: 'There are more findings than are listed.',
      });
  };

/** A piece of a document as it is quoted in a finding: one line, no longer than reads well. */
export function quoted(text: string): string {
  const line = text
    .slice(0, 300)
    .toWellFormed()
    .replace(/[\p{Cc}\u2028\u2029\s]+/gu, ' ')
    .trim();
  return `"${line.length > 80 ? `${[...line].slice(0, 77).join('')}...` : line}"`;
}

/** A document of which nothing can be taken. */
export const unreadable = (code: FindingCode, detail: string, place: Where = {}): Reading => ({
  drafts: [],
  findings: [{ severity: 'refuse', code, detail, ...place }],
});
