import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { type OutputChunk, rolldown } from 'rolldown';
import { minifyCss } from './reader/css.build.ts';

/** What the newsroom's document loads; `newsroom.json` beside the files. */
export type NewsroomManifest = {
  readonly css: string;
  readonly js: string;
  /** Modules that the first one imports at once: fetched side by side with it. */
  readonly preload: readonly string[];
};

type Options = {
  /** The folder `src/newsroom` of the checkout; needed where this file runs from a bundle. */
  readonly sourceDir: string;
  /** The addresses of the fonts by name, as the build of the reader's assets made them. */
  readonly fonts: Readonly<Record<string, string>>;
  readonly base?: string;
};

/**
 * Builds the newsroom's program into the folder of the site's assets: one style sheet, one first module, and a module for each
 * screen that is loaded when it is opened, all under names that carry the hash of their content.
 */
export async function buildNewsroomAssets(outDir: string, options: Options): Promise<NewsroomManifest> {
  const base = options.base ?? '/assets/';
  await mkdir(outDir, { recursive: true });
  const css = await styleSheet(options);
  const hash = createHash('sha256').update(css).digest('hex').slice(0, 10);
  await writeFile(join(outDir, `newsroom.${hash}.css`), css);
  const { first, preload, files } = await bundle(outDir, options.sourceDir);
  await Promise.all([`newsroom.${hash}.css`, ...files].map((file) => pack(join(outDir, file))));
  const manifest: NewsroomManifest = {
    css: `${base}newsroom.${hash}.css`,
    js: base + first,
    preload: preload.map((file) => base + file),
  };
  await writeFile(join(outDir, 'newsroom.json'), JSON.stringify(manifest, null, 2));
  return manifest;
}

/** The reader's fonts, then the newsroom's own sheets: tokens and base, the kit, the screens. */
async function styleSheet({ sourceDir, fonts }: Options): Promise<string> {
  const own = (await readdir(sourceDir, { recursive: true }))
    .filter((file) => file.endsWith('.css'))
    .toSorted((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  const files = [
    join(sourceDir, '..', 'reader', 'styles', 'fonts.css'),
    ...own.map((file) => join(sourceDir, file)),
  ];
  const sheets = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  return minifyCss(sheets.join('\n')).replace(/url\(font:([\w-]+)\)/g, (_, name: string) => {
    const address = fonts[name];
    if (address === undefined) throw new Error(`The styles name a font that is not there: ${name}`);
    return `url(${address})`;
  });
}

function rank(file: string): number {
  return file.startsWith('styles') ? 0 : file.startsWith('ui') ? 1 : 2;
}

async function bundle(
  outDir: string,
  sourceDir: string,
): Promise<{ first: string; preload: string[]; files: string[] }> {
  const name = (chunk: { name: string }): string =>
    `newsroom-${chunk.name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.[hash:10].js`;
  const made = await rolldown({
    input: { main: join(sourceDir, 'main.tsx') },
    platform: 'browser',
    logLevel: 'warn',
    // Packages mark their modules for servers that render React; nothing here does.
    checks: { moduleLevelDirective: false, configurationFieldConflict: false },
    tsconfig: join(sourceDir, '..', '..', 'tsconfig.newsroom.json'),
    transform: {
      target: 'es2022',
      jsx: { runtime: 'automatic', importSource: 'react' },
      define: { 'process.env.NODE_ENV': '"production"' },
    },
  });
  try {
    const { output } = await made.write({
      dir: outDir,
      format: 'esm',
      minify: true,
      hashCharacters: 'hex',
      entryFileNames: name,
      chunkFileNames: name,
      // Zod would try `new Function` to see whether it may; the document's policy forbids that and would say so in the console each time.
      intro: ({ moduleIds }) =>
        moduleIds.some((id) => id.includes('/node_modules/zod/'))
          ? 'globalThis.__zod_globalConfig??={jitless:!0};'
          : '',
    });
    const chunks = output.filter((part): part is OutputChunk => part.type === 'chunk');
    const [first] = chunks;
    if (first === undefined) throw new Error('The newsroom has no first module.');
    return {
      first: first.fileName,
      preload: importedAtOnce(first, chunks),
      files: chunks.map(({ fileName }) => fileName),
    };
  } finally {
    await made.close();
  }
}

const compress = promisify(brotliCompress);

/** Puts `<file>.br` beside a file, packed as well as Brotli can: it is sent as it is. */
async function pack(file: string): Promise<void> {
  const bytes = await readFile(file);
  const params = {
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  await writeFile(`${file}.br`, await compress(bytes, { params }));
}

function importedAtOnce(first: OutputChunk, chunks: readonly OutputChunk[]): string[] {
  const found = new Set<string>();
  const visit = (chunk: OutputChunk): void => {
    for (const file of chunk.imports) {
      const next = chunks.find((one) => one.fileName === file);
      if (next === undefined || found.has(file)) continue;
      found.add(file);
      visit(next);
    }
  };
  visit(first);
  return [...found];
}
