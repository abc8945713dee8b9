import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Fault } from './sources.ts';

/** Built of halves, so that this file does not hold what it looks for. */
const MARKERS = new RegExp(`\\b(?:${['TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX', 'HA' + 'CK'].join('|')})\\b`);
const HOSTS = new RegExp(
  [
    `registry\\.npm` + `js\\.org`,
    `npm\\.pkg\\.` + `github`,
    `registry\\.yarn` + `pkg`,
    `"resolved"` + `:\\s*"http`,
  ].join('|'),
);
const MACHINE = new RegExp(
  [`(?:^|[\\s'"\`(=])/` + `work/`, `/ro` + `ot/`, `/Us` + `ers/\\w`, `(?:^|[\\s'"\`(=])/ho` + `me/\\w`].join(
    '|',
  ),
);

const RULES: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  { what: 'a mark of unfinished work', pattern: MARKERS },
  { what: 'the host of a package registry', pattern: HOSTS },
  { what: 'a path of one machine', pattern: MACHINE },
];

const TEXT =
  /\.(?:c?[jt]sx?|json|md|ya?ml|css|html|svg|sh|service|conf|sql|txt)$|(?:^|\/)(?:Containerfile|Caddyfile|run|\.[a-z]+rc)$/;

/** Words that have no place in a tracked file. */
export function wordFaults(root: string, paths: readonly string[]): Fault[] {
  const faults: Fault[] = [];
  for (const path of paths) {
    if (!TEXT.test(path)) continue;
    const lines = readFileSync(join(root, path), 'utf8').split('\n');
    for (const [index, line] of lines.entries())
      for (const { what, pattern } of RULES)
        if (pattern.test(line)) faults.push(`${path}:${index + 1} holds ${what}`);
  }
  return faults;
}

/** The files of the checkout under version control. */
export function trackedFiles(root: string): string[] {
  return execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
    .split('\0')
    .filter((path) => path !== '');
}
