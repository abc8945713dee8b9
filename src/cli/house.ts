import { readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type House, openHouse } from '../app.ts';
import { type Config, type ConfigFlags, configFrom } from '../config/config.ts';
import { readEnv } from '../config/env.ts';
import type { AssetManifest } from '../contract/pages.ts';
import { Problem } from '../base/problem.ts';

/** The flags that every command which opens the house has. */
export const houseFlags = {
  data: { type: 'string', description: 'data folder (DATELINE_DATA, default ./data)', valueHint: 'DIR' },
} as const;

/** The flags of a command that listens. */
export const serveFlags = {
  ...houseFlags,
  port: { type: 'string', description: 'port (PORT, default 3000; 0 takes a free one)' },
  host: { type: 'string', description: 'address to listen on (HOST, default 127.0.0.1)' },
  origin: { type: 'string', description: 'public address (DATELINE_ORIGIN)', valueHint: 'URL' },
  role: { type: 'string', description: 'web, jobs, radio or all (DATELINE_ROLE)' },
} as const;

export function readConfig(flags: ConfigFlags = {}): Config {
  return configFrom(readEnv(), flags);
}

/** Opens the house for a command and closes it after, whatever happens. */
export async function withHouse<T>(
  flags: Pick<ConfigFlags, 'data'>,
  work: (house: House, config: Config) => Promise<T>,
): Promise<T> {
  // A command's own flags may bear the names of settings (`user create --role`): only the folder is taken.
  const config = readConfig(flags.data === undefined ? {} : { data: flags.data });
  const house = await openHouse(config);
  try {
    return await work(house, config);
  } finally {
    await house.close();
  }
}

/** The folder of the built style sheet, script and fonts, and what is in it. */
export async function readAssets(): Promise<{ folder: string; manifest: AssetManifest }> {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'assets', 'manifest.json'))) {
    const parent = dirname(folder);
    if (parent === folder)
      throw new Problem(
        'unavailable',
        'The reader’s style sheet and script are not built.',
        'Run npm run build.',
      );
    folder = parent;
  }
  const file = join(folder, 'assets', 'manifest.json');
  return {
    folder: join(folder, 'assets'),
    manifest: JSON.parse(await readFile(file, 'utf8')) as AssetManifest,
  };
}

/** The version of the program. */
export async function readVersion(): Promise<string> {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) return 'unknown';
    folder = parent;
  }
  const parsed = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version?: string };
  return parsed.version ?? 'unknown';
}
