import { mostNoteBytes, readNoteFile } from './note-file.js';

const base64 = (bytes: string | readonly number[]) => Buffer.from(bytes as string).toString('base64');

describe('the file of a note verbale', () => {
  it('is known by its first bytes', () => {
    for (const [bytes, mediaType] of [
      ['%PDF-1.7\n…', 'application/pdf'],
      [[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0], 'image/png'],
      [[0xff, 0xd8, 0xff, 0xe0, 0], 'image/jpeg'],
      ['The Permanent Mission presents its compliments…\r\n', 'text/plain'],
      ['بعثة دائمة\t常驻代表团', 'text/plain'],
      // A page is read as the text that it is.
      ['<script>alert(1)</script>', 'text/plain'],
    ] as const)
      expect([bytes, readNoteFile(base64(bytes))]).toEqual([
        bytes,
        { mediaType, bytes: Buffer.from(bytes as string) },
      ]);
  });

  it('is nothing else, and neither empty nor too large', () => {
    const tooLarge = Buffer.alloc(mostNoteBytes + 1, 'a').toString('base64');
    for (const content of [
      ...[
        '',
        ' ',
        'a',
        '!!!!',
        'JVBERi0',
        'JVBE\nRi0=',
        base64([0x50, 0x4b, 3, 4, 0xff]),
        base64([0xff, 0xfe]),
      ],
      ...[base64('a\u0000b'), base64('MZ\u0001'), tooLarge],
    ])
      expect([content.slice(0, 20), readNoteFile(content)]).toEqual([
        content.slice(0, 20),
        { fault: expect.any(String) as string },
      ]);
    expect(readNoteFile(Buffer.alloc(mostNoteBytes, 'a').toString('base64'))).toHaveProperty('mediaType');
  });
});
