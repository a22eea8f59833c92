import { writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Incident, Side } from './incident.js';
import { columns } from './layout.js';
import { see } from './seen.js';

/** A document that was written to a file. */
export interface WrittenDocument {
  path: string;
  bytes: number;
}

const languages = ['en', 'fr'] as const;
const formats = [
  { extension: 'pdf', type: 'application/pdf' },
  { extension: 'html', type: 'text/html' },
  { extension: 'txt', type: 'text/plain' },
] as const;

/**
 * Writes a request as each of these sides reads it, in each language, as PDF, page and plain text. Raises where an
 * answer is not what it says it is, or does not name the request.
 */
export async function writeDocuments(
  incident: Incident,
  sides: readonly Side[],
  folder: string,
): Promise<WrittenDocument[]> {
  const { path, sample, filed } = incident;
  const written: WrittenDocument[] = [];
  for (const side of sides)
    for (const language of languages)
      for (const { extension, type } of formats) {
        const from = `${path}/document.${extension}?lang=${language}`;
        const answer = await side.visitor.download(from);
        see(answer.type.startsWith(type), `${type} at ${from}: it is ${answer.type}`);
        const text = answer.bytes.toString('utf8');
        see(
          extension === 'pdf' ? text.startsWith('%PDF') : text.includes(filed.reference),
          `a document at ${from}`,
        );
        const file = join(folder, `${sample.key}.${side.party.toLowerCase()}.${language}.${extension}`);
        await writeFile(file, answer.bytes);
        written.push({ path: file, bytes: answer.bytes.length });
      }
  return written;
}

/** The files and their sizes as lines of text, a row for each document. */
export function documentTable(written: readonly WrittenDocument[], from: string): string[] {
  const documents = Map.groupBy(written, ({ path }) => path.replace(/\.\w+$/, ''));
  const size = ({ path, bytes }: WrittenDocument) =>
    `.${path.split('.').at(-1)} ${String(Math.ceil(bytes / 1000)).padStart(4)} kB`;
  return columns([...documents].map(([path, files]) => [relative(from, path) || path, ...files.map(size)]));
}
