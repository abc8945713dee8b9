import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import type { AssetManifest } from '../contract/pages.ts';
import { minifyCss } from './css.build.ts';

/** In the order of the cascade. */
const SHEETS = [
  'fonts',
  'tokens',
  'base',
  'masthead',
  'cards',
  'front',
  'prose',
  'article',
  'records',
  'lists',
  'live',
  'account',
  'print',
];

type Options = {
  /** The folder `src/reader` of the checkout; needed where this file runs from a bundle. */
  sourceDir?: string;
  /** Where the site serves `outDir`. */
  base?: string;
};

/**
 * Builds what reader pages load (one style sheet, one module, the fonts, the icon) into `outDir`, each under a name that
 * carries the hash of its content, so that it can be cached for ever. Writes `manifest.json` beside them.
 */
export async function buildReaderAssets(outDir: string, options: Options = {}): Promise<AssetManifest> {
  const source = options.sourceDir ?? import.meta.dirname;
  const base = options.base ?? '/assets/';
  await mkdir(outDir, { recursive: true });

  const put = async (name: string, extension: string, content: string | Uint8Array): Promise<string> => {
    const hash = createHash('sha256').update(content).digest('hex').slice(0, 10);
    const file = `${name}.${hash}.${extension}`;
    await writeFile(join(outDir, file), content);
    return base + file;
  };

  const fonts: Record<string, string> = {};
  for (const file of (await readdir(join(source, 'fonts'))).toSorted()) {
    if (!file.endsWith('.woff2')) continue;
    const name = file.slice(0, -'.woff2'.length);
    fonts[name] = await put(name, 'woff2', await readFile(join(source, 'fonts', file)));
  }
  const sheets = await Promise.all(
    SHEETS.map((name) => readFile(join(source, 'styles', `${name}.css`), 'utf8')),
  );
  const css = minifyCss(sheets.join('\n')).replace(/url\(font:([\w-]+)\)/g, (_, name: string) => {
    const address = fonts[name];
    if (address === undefined) throw new Error(`The styles name a font that is not there: ${name}`);
    return `url(${address})`;
  });
  const discussionCss = minifyCss(
    (await readFile(join(source, 'styles', 'discussion.css'), 'utf8')) +
      (await readFile(join(source, 'styles', 'parts.css'), 'utf8')),
  );
  const manifest: AssetManifest = {
    css: await put('paper', 'css', css),
    discussionCss: await put('discussion', 'css', discussionCss),
    js: base + (await bundleElements(join(source, 'elements', 'index.ts'), outDir)),
    fonts,
    icon: await put('icon', 'svg', await readFile(join(source, 'icon.svg'))),
  };
  // Fonts of the social cards: the renderer reads TrueType and no WOFF2; they are not served.
  await cp(join(source, 'fonts', 'cards'), join(outDir, 'cards'), { recursive: true });
  await writeFile(join(outDir, 'manifest.json'), JSON.stringify(manifest, null, 2));
  return manifest;
}

/**
 * The first module is what every page loads; what an element imports by `import()` is a module of its own, loaded when it is needed.
 * Returns the file name of the first.
 */
async function bundleElements(input: string, outDir: string): Promise<string> {
  const bundle = await rolldown({ input: { paper: input }, platform: 'browser', logLevel: 'warn' });
  try {
    const { output } = await bundle.write({
      dir: outDir,
      format: 'esm',
      minify: true,
      hashCharacters: 'hex',
      entryFileNames: '[name].[hash:10].js',
      chunkFileNames: '[name].[hash:10].js',
    });
    const [chunk] = output;
    return chunk.fileName;
  } finally {
    await bundle.close();
  }
}
