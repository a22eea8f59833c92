import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { Problem } from '#libs/runtime';
import { documentData } from './document-data.js';
import { documentTypst } from './document-typst.js';
import type { DocumentText } from './document.js';

const require = createRequire(import.meta.url);

/**
 * One folder for each face: regular and bold of families that cover Latin, Greek, Cyrillic, Arabic and Han. Vazirmatn stands
 * before Noto Sans Arabic, whose dots are glyphs of their own: Arabic set in it cannot be searched or copied.
 */
const fontFolders = (): string[] =>
  [
    require.resolve('@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf'),
    require.resolve('@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf'),
    require.resolve('@expo-google-fonts/vazirmatn/400Regular/Vazirmatn_400Regular.ttf'),
    require.resolve('@expo-google-fonts/vazirmatn/700Bold/Vazirmatn_700Bold.ttf'),
    require.resolve('@expo-google-fonts/noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf'),
    require.resolve('@expo-google-fonts/noto-sans-arabic/700Bold/NotoSansArabic_700Bold.ttf'),
    require.resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf'),
    require.resolve('@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf'),
  ].map((file) => dirname(file));

/** Makes PDFs with Typst, which is loaded with the first of them. */
export class DocumentPdf {
  #compiler: Promise<NodeCompiler> | undefined;

  /**
   * The document as a PDF of A4 pages, tagged; the same document gives the same bytes. It conforms to PDF/UA-1 unless
   * a character has no shape in the fonts: then that stands as a box, and the document says so. Takes some 50 ms for
   * a document of usual length and blocks the process meanwhile. Raises `unavailable` where Typst cannot be loaded, and
   * `internal` for values nested more than some 20 deep.
   */
  async render(doc: DocumentText): Promise<Uint8Array> {
    this.#compiler ??= this.load();
    const compiler = await this.#compiler;
    try {
      return set(compiler, documentData(doc), 'ua-1') ?? boxed(compiler, doc);
    } finally {
      // Nothing of a document stays in memory, and memory does not grow with their number.
      compiler.evictCache(0);
    }
  }

  private async load(): Promise<NodeCompiler> {
    try {
      const { NodeCompiler } = await import('@myriaddreamin/typst-ts-node-compiler');
      return NodeCompiler.create({
        fontArgs: [{ fontPaths: fontFolders() }],
        workspace: import.meta.dirname,
      });
    } catch {
      this.#compiler = undefined;
      throw new Problem(
        'unavailable',
        'No PDF can be made on this machine: the typesetter cannot be loaded.',
      );
    }
  }
}

/**
 * Compiled and exported in one call: a compiled document in the hands of JavaScript would hold its memory until the
 * garbage collector, which does not see how much that is, comes by.
 */
function set(compiler: NodeCompiler, document: string, pdfStandard?: 'ua-1'): Uint8Array | undefined {
  try {
    return compiler.pdf({ mainFileContent: documentTypst, inputs: { document } }, { pdfStandard });
  } catch {
    // What the typesetter says may quote what somebody wrote: it stays here.
    return undefined;
  }
}

function boxed(compiler: NodeCompiler, doc: DocumentText): Uint8Array {
  const pdf = set(compiler, documentData(doc, true));
  if (pdf === undefined) throw new Problem('internal', 'The document could not be set as a PDF.');
  return pdf;
}
