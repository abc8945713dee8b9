import { constants } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import { broken, type Finding, ok, warning } from './finding.ts';

const NODE = [24, 15] as const;
const MEBIBYTE = 1 << 20;
const LOW_BYTES = 1024 * MEBIBYTE;
const NO_BYTES = 100 * MEBIBYTE;

/** Looks at Node and at the data folder's disk and permissions. */
export async function examineMachine(dataFolder: string): Promise<Finding[]> {
  return [node(process.versions.node), await folder(dataFolder), await space(dataFolder)];
}

function node(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > NODE[0] || (major === NODE[0] && minor >= NODE[1])) return ok('node', `Node ${version}`);
  return broken('node', {
    message: `Node ${version} is older than ${NODE.join('.')}`,
    todo: `Install Node ${NODE[0]}, or start by bin/dateline.js, which brings its own.`,
  });
}

async function folder(path: string): Promise<Finding> {
  try {
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    return broken('data folder', {
      message: `${path} is not there or may not be written`,
      todo: 'Make it, and give it to the user that Dateline runs as (chown).',
    });
  }
  const { mode } = await stat(path);
  if ((mode & 0o007) === 0) return ok('data folder', path);
  return warning('data folder', {
    message: `${path} is open to every user of this machine (mode ${(mode & 0o777).toString(8)})`,
    todo: `Run chmod o= ${path}: it holds the record's signing key.`,
  });
}

async function space(path: string): Promise<Finding> {
  const found = await statfs(path).catch(() => undefined);
  if (found === undefined)
    return warning('disk', { message: 'its free space cannot be read', todo: 'Look with df.' });
  const free = found.bavail * found.bsize;
  const message = `${Math.floor(free / MEBIBYTE)} MiB free of ${Math.floor((found.blocks * found.bsize) / MEBIBYTE)} MiB`;
  const todo = 'Free space or enlarge the disk; writing stops when it is full, reading goes on.';
  if (free < NO_BYTES) return broken('disk', { message, todo });
  return free < LOW_BYTES ? warning('disk', { message, todo }) : ok('disk', message);
}
