/** The file of a note verbale, as it is given: base64. */
export interface GivenFile {
  name: string;
  content: string;
}

export const noteFileTypes = ['application/pdf', 'image/png', 'image/jpeg', 'text/plain'] as const;
export type NoteFileType = (typeof noteFileTypes)[number];

/** Bytes that the file of a note verbale may have. */
export const mostNoteBytes = 5_242_880;

const begins: readonly (readonly [NoteFileType, readonly number[]])[] = [
  ['application/pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
];

/** What a file is by its first bytes, whatever its name says; a text is UTF-8 without control characters. */
export function readNoteFile(
  content: string,
): { bytes: Buffer; mediaType: NoteFileType } | { fault: string } {
  const bytes = Buffer.from(content, 'base64');
  if (bytes.toString('base64') !== content) return { fault: 'must be base64 (RFC 4648, section 4)' };
  if (bytes.length === 0) return { fault: 'must not be empty' };
  if (bytes.length > mostNoteBytes) return { fault: 'must have 5 MB at most' };
  const known = begins.find(([, first]) => first.every((byte, at) => bytes[at] === byte));
  if (known) return { bytes, mediaType: known[0] };
  return isText(bytes)
    ? { bytes, mediaType: 'text/plain' }
    : { fault: 'must be a PDF, a PNG, a JPEG or a text in UTF-8' };
}

function isText(bytes: Buffer): boolean {
  try {
    return !/[^\P{Cc}\t\n\r\f]/u.test(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return false;
  }
}
