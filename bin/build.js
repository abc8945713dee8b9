#!/usr/bin/env node
/**
 * Makes the program from the sources: `dist/<id>/cli/main.js`, what it forks, and what reader pages load. The id is a
 * digest of the sources, so that a build is whole or absent, several may be made at once, and a running server keeps the
 * files it started with. `dist/current` names the newest.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { withNewEnoughNode } from './node-version.js';

const root = join(import.meta.dirname, '..');
const src = join(root, 'src');
const dist = join(root, 'dist');

/** Besides the executable: what it starts as processes of their own. Each is at the top of the build. */
const WORKERS = {
  'picture-worker': 'features/media/picture-worker.ts',
  'language-worker': 'features/related/language-worker.ts',
};

const KEEP_BUILDS = 3;
const KEEP_MS = 24 * 60 * 60 * 1000;

/** The address to import: of the sources as they are now in a checkout, else of the build that was shipped. */
export async function currentBuild() {
  if (!existsSync(join(src, 'cli/main.ts')) || !existsSync(join(root, 'node_modules/rolldown'))) {
    if (!existsSync(join(dist, 'current')))
      throw new Error('there is no dist/ here; run npm ci && npm run build.');
    return entry(readFileSync(join(dist, 'current'), 'utf8').trim());
  }
  const id = sourceId();
  if (!existsSync(join(dist, id))) await build(id);
  return entry(id);
}

function entry(id) {
  return pathToFileURL(join(dist, id, 'cli/main.js')).href;
}

async function build(id) {
  await mkdir(dist, { recursive: true });
  const temporary = await mkdtemp(join(dist, '.making-'));
  try {
    await bundle(temporary);
    await buildReader(temporary);
    await rename(temporary, join(dist, id)).catch((error) => {
      // Another start made the same build meanwhile; it is as good.
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
    const pointer = `${temporary}.current`;
    await writeFile(pointer, `${id}\n`);
    await rename(pointer, join(dist, 'current'));
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
  await prune(id);
}

async function bundle(outDir) {
  const { rolldown } = await import('rolldown');
  const input = { 'cli/main': join(src, 'cli/main.ts') };
  for (const [name, file] of Object.entries(WORKERS))
    if (existsSync(join(src, file))) input[name] = join(src, file);
  const made = await rolldown({
    input,
    platform: 'node',
    logLevel: 'warn',
    tsconfig: join(root, 'tsconfig.server.json'),
    transform: { target: 'node24' },
    external: (id) => /^[^./]/.test(id) && !/^[A-Za-z]:/.test(id),
  });
  try {
    await made.write({
      dir: outDir,
      format: 'esm',
      sourcemap: true,
      entryFileNames: '[name].js',
      chunkFileNames: 'chunks/[name]-[hash].js',
    });
  } finally {
    await made.close();
  }
}

async function buildReader(outDir) {
  const file = join(src, 'reader/assets.build.ts');
  if (!existsSync(file)) return;
  const { buildReaderAssets } = await import(pathToFileURL(file).href);
  const assets = join(outDir, 'assets');
  const { fonts } = await buildReaderAssets(assets, { sourceDir: join(src, 'reader') });
  const newsroom = join(src, 'newsroom.build.ts');
  if (!existsSync(newsroom)) return;
  const { buildNewsroomAssets } = await import(pathToFileURL(newsroom).href);
  await buildNewsroomAssets(assets, { sourceDir: join(src, 'newsroom'), fonts });
}

/** Changes with any source, with the versions of the packages, and with this file. */
function sourceId() {
  const hash = createHash('sha256');
  const add = (file) => {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${relative(root, file)}\0${size}\0${mtimeMs}\n`);
  };
  for (const item of readdirSync(src, { recursive: true, withFileTypes: true }).toSorted(byPath)) {
    if (item.isFile() && !/\.test\.tsx?$/.test(item.name)) add(join(item.parentPath, item.name));
  }
  for (const file of [
    'package-lock.json',
    'bin/build.js',
    'tsconfig.server.json',
    'tsconfig.newsroom.json',
    'tsconfig.base.json',
  ]) {
    if (existsSync(join(root, file))) add(join(root, file));
  }
  return hash.digest('hex').slice(0, 16);
}

function byPath(a, b) {
  const left = join(a.parentPath, a.name);
  const right = join(b.parentPath, b.name);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Old builds go when they are a day old and not among the newest: a server started from one may still load a part of it. */
async function prune(id) {
  await utimes(join(dist, id), new Date(), new Date());
  const builds = [];
  for (const name of await readdir(dist)) {
    if (name === 'current' || name === id) continue;
    const { mtimeMs } = await stat(join(dist, name)).catch(() => ({ mtimeMs: Date.now() }));
    builds.push({ name, mtimeMs });
  }
  builds.sort((a, b) => b.mtimeMs - a.mtimeMs);
  for (const { name, mtimeMs } of builds.slice(KEEP_BUILDS - 1)) {
    if (Date.now() - mtimeMs > KEEP_MS) await rm(join(dist, name), { recursive: true, force: true });
  }
}

if (process.argv[1] === import.meta.filename) {
  await withNewEnoughNode(import.meta.url, async () => {
    const id = sourceId();
    if (!existsSync(join(dist, id))) await build(id);
    process.stdout.write(`dist/${id}\n`);
  });
}
