const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}]/u;
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** A script without spaces is cut between characters (which are twice as wide); an address or a hash never. */
function pieces(word: string, width: number): string[] {
  if (word.length <= width / 2 || word.includes('://') || !unspaced.test(word)) return [word];
  const characters = [...graphemes.segment(word)].map(({ segment }) => segment);
  const size = Math.floor(width / 2);
  return Array.from({ length: Math.ceil(characters.length / size) }, (_, index) =>
    characters.slice(index * size, (index + 1) * size).join(''),
  );
}

/**
 * Lines of at most `width` characters, each begun with `prefix`; line breaks in the text stay. A word longer than
 * a line (an address, a hash) stands whole on a line of its own.
 */
export function wrapText(text: string, width = 76, prefix = ''): string[] {
  const room = width - prefix.length;
  return text.split('\n').flatMap((line) => {
    const lines: string[] = [];
    let current = '';
    // A no-break space holds its words together.
    for (const word of line.split(/[ \t]+/).flatMap((whole) => pieces(whole, room))) {
      if (current !== '' && current.length + 1 + word.length > room) {
        lines.push(current);
        current = word;
      } else current = current === '' ? word : `${current} ${word}`;
    }
    return [...lines, current].map((each) => (prefix + each).trimEnd());
  });
}
