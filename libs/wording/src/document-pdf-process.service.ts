import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';

// Started as a process of its own, built or from source by Node alone: it imports no file of the project, and no type in
// it needs more than being left out.
const require = createRequire(import.meta.url);

/** A document to be set: a layout, and the JSON that it reads. */
export interface Typesetting {
  readonly layout: string;
  readonly document: string;
}

/** `pdf` is missing where the layout cannot be set. `resident` is the memory of the process, in bytes. */
export type Typeset =
  | { readonly loaded: true; readonly pdf: Uint8Array | undefined; readonly resident: number }
  | { readonly loaded: false };

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

async function load(): Promise<NodeCompiler | undefined> {
  try {
    const { NodeCompiler } = await import('@myriaddreamin/typst-ts-node-compiler');
    return NodeCompiler.create({
      fontArgs: [{ fontPaths: fontFolders() }],
      workspace: import.meta.dirname,
    });
  } catch {
    return undefined;
  }
}

/**
 * Compiled and exported in one call: a compiled document in the hands of JavaScript would hold its memory until the
 * garbage collector, which does not see how much that is, comes by.
 */
function set(
  compiler: NodeCompiler,
  { layout, document }: Typesetting,
  standard: 'ua-1' | undefined,
): Uint8Array | undefined {
  const inputs = { document, boxed: standard === undefined ? 'yes' : 'no' };
  try {
    return compiler.pdf({ mainFileContent: layout, inputs }, { pdfStandard: standard });
  } catch {
    // What the typesetter says may quote what somebody wrote: it stays here.
    return undefined;
  }
}

async function typeset(compiler: NodeCompiler | undefined, given: Typesetting): Promise<Typeset> {
  if (compiler === undefined) return { loaded: false };
  const pdf = set(compiler, given, 'ua-1') ?? set(compiler, given, undefined);
  // Nothing of a document stays in memory.
  compiler.evictCache(0);
  return { loaded: true, pdf, resident: process.memoryUsage.rss() };
}

// One at a time: whoever sends waits for the answer. The process ends when whoever started it does.
const compiler = load();
process.on('message', (given: Typesetting) => {
  void compiler.then((loaded) => typeset(loaded, given)).then((answer) => process.send?.(answer));
});
