import { existsSync } from 'node:fs';
import { aptInstall } from '../apt.ts';

/** The programs of broadcasters that tests run against: Debian's own. */
export type Program = 'ffmpeg' | 'liquidsoap' | 'icecast2';

/** Where the program is, installed where it is missing and may be. @throws Error in one line when there is none. */
export function findProgram(name: Program): string {
  const path = `/usr/bin/${name}`;
  if (existsSync(path)) return path;
  const failure =
    process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
      ? aptInstall(name)
      : `only root can install it, by apt-get install ${name}`;
  if (existsSync(path)) return path;
  throw new Error(`No ${name} for the radio tests: ${failure ?? 'the package brought no program'}.`);
}
