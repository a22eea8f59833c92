import { element, part, textAt, wordsOfPage } from './page-parts.js';
import { contentsOf, type FileContents } from './verifier/file-contents.js';
import { keysIn, type PublishedKey } from './verifier/signatures.js';
import { strangersAmong } from './verifier/succession.js';
import { checkpointCard, notice, receiptCard, snapshotCard } from './verdict-cards.js';

interface Given {
  name: string;
  contents: FileContents;
}

const words = wordsOfPage();
const say = (key: string): string => (typeof words[key] === 'string' ? words[key] : key);
const keysField = part('keys', HTMLTextAreaElement);
const keptField = part('kept-keys', HTMLTextAreaElement);
const filesField = part('files', HTMLInputElement);
const results = part('results', HTMLElement);
const clear = part('clear', HTMLButtonElement);
let given: Given[] = [];
/** Only the last one writes: keys may be typed while files are looked at. */
let turn = 0;

function keys(field: HTMLTextAreaElement): PublishedKey[] {
  try {
    return keysIn(JSON.parse(field.value)) ?? [];
  } catch {
    return [];
  }
}

/** Everything that was given, looked at anew. */
async function look(): Promise<void> {
  turn += 1;
  const mine = turn;
  const known = keys(keysField);
  const kept = given.flatMap(({ contents }) => (contents.is === 'checkpoint' ? [contents.checkpoint] : []));
  const cards: HTMLElement[] = [];
  for (const { name, contents } of given) {
    if (contents.is === 'keys') continue;
    if (contents.is === 'nothing') cards.push(notice(name, say('notReadable'), 'bad'));
    else if (known.length === 0) cards.push(notice(name, say('needsKeys'), ''));
    else if (contents.is === 'checkpoint')
      cards.push(await checkpointCard(words, name, contents.checkpoint, known));
    else if (contents.is === 'snapshot')
      cards.push(await snapshotCard(words, name, contents.snapshot, known));
    else
      for (const receipt of contents.receipts)
        cards.push(await receiptCard(words, name, receipt, known, kept));
  }
  const followed = await succession(known);
  if (mine !== turn) return;
  part('succession', HTMLElement).replaceChildren(...followed);
  results.replaceChildren(...cards);
  tally(cards);
}

/** What the keys that were kept say of those that are published, where there are both. */
async function succession(known: readonly PublishedKey[]): Promise<HTMLElement[]> {
  if (keptField.value.trim() === '' || known.length === 0) return [];
  const kept = keys(keptField);
  if (kept.length === 0) return [element('p', say('keptNotReadable'), 'bad')];
  const strangers = await strangersAmong(known, kept);
  const kids = strangers.map(({ kid }) => kid).join(', ');
  return [
    strangers.length === 0
      ? element('p', say('keysFollow'), 'good')
      : element('p', textAt(words, ['keysDoNotFollow'], kids), 'bad'),
  ];
}

function tally(cards: readonly HTMLElement[]): void {
  const of = (look: string) => String(cards.filter(({ className }) => className === look).length);
  const counts = [of('good'), of('bad'), of('unknown')];
  part('tally', HTMLElement).textContent =
    cards.length === 0
      ? say('none')
      : say('tally').replaceAll(/\{(\d)\}/g, (_, index: string) => counts[Number(index)] ?? '');
  clear.hidden = cards.length === 0;
}

async function take(files: Iterable<File>): Promise<void> {
  for (const file of files) {
    const contents = contentsOf(await file.text());
    if (contents.is === 'keys') keysField.value = contents.text;
    given.push({ name: file.name, contents });
  }
  await look();
}

filesField.addEventListener('change', () => {
  const files = [...(filesField.files ?? [])];
  filesField.value = '';
  void take(files);
});
for (const field of [keysField, keptField]) field.addEventListener('input', () => void look());
clear.addEventListener('click', () => {
  given = [];
  void look();
});
document.addEventListener('dragover', (event) => {
  event.preventDefault();
  document.body.classList.add('dropping');
});
document.addEventListener('dragleave', () => document.body.classList.remove('dropping'));
document.addEventListener('drop', (event) => {
  event.preventDefault();
  document.body.classList.remove('dropping');
  void take([...(event.dataTransfer?.files ?? [])]);
});
