import { createHash } from 'node:crypto';
import { cp, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildNewsroomAssets } from '../../src/newsroom.build.ts';

const ROOT = join(import.meta.dirname, '../..');
const SOURCE = join(ROOT, 'src/newsroom');

/** Puts the newsroom's program among the assets of a site: built once for one state of the sources, then copied. */
export async function newsroomAssets(
  assetFolder: string,
  fonts: Readonly<Record<string, string>>,
): Promise<void> {
  const kept = join(tmpdir(), `dateline-newsroom-${await sourceId()}`);
  if (!(await isThere(kept))) {
    const making = await mkdtemp(join(tmpdir(), 'dateline-newsroom-making-'));
    await buildNewsroomAssets(making, { sourceDir: SOURCE, fonts });
    // Another worker may have been as quick; its build is as good.
    await rename(making, kept).catch(() => rm(making, { recursive: true, force: true }));
  }
  await cp(kept, assetFolder, { recursive: true });
}

async function sourceId(): Promise<string> {
  const hash = createHash('sha256');
  const files = ['src/newsroom', 'src/contract', 'src/base', 'src/reader/styles', 'src/reader/fonts'];
  for (const folder of files) {
    for (const name of (await readdir(join(ROOT, folder), { recursive: true })).toSorted()) {
      const { size, mtimeMs } = await stat(join(ROOT, folder, name));
      hash.update(`${folder}/${name}\0${size}\0${mtimeMs}\n`);
    }
  }
  for (const name of ['package-lock.json', 'src/newsroom.build.ts', 'tsconfig.newsroom.json']) {
    const { size, mtimeMs } = await stat(join(ROOT, name));
    hash.update(`${name}\0${size}\0${mtimeMs}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
