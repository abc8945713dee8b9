import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { variables } from '../../src/config/config.ts';
import { repoPath } from '../support/shared.ts';

const read = (path: string): string => readFileSync(repoPath(path), 'utf8');
const documents = (): string[] =>
  ['.', 'decisions', 'contracts'].flatMap((folder) =>
    readdirSync(repoPath(folder))
      .filter((name) => name.endsWith('.md'))
      .map((name) => join(folder, name)),
  );

/** First cells, without backticks, of the rows of the table under a heading. */
function firstCells(text: string, heading: string): string[] {
  const [, section = ''] = text.split(`## ${heading}\n`);
  const table = section.split('\n## ')[0] ?? '';
  return [...table.matchAll(/^\| `([^`]+)` \|/gm)].map((row) => row[1] ?? '');
}

test('the README’s configuration table is what the program reads', () => {
  expect(firstCells(read('README.md'), 'Configuration')).toEqual(variables.map(({ name }) => name));
  for (const { name, default: value } of variables)
    expect(read('README.md')).toContain(`| \`${name}\` | ${value === '' ? '' : `\`${value}\``} |`);
});

test('the README’s commands are those of the program', () => {
  const main = read('src/cli/main.ts');
  const named = /const subCommands[^{]*\{([\s\S]*?)\n\};/.exec(main)?.[1] ?? '';
  const commands = [...named.matchAll(/^ {2}'?([a-z]+)'?:/gm)].map((row) => row[1] ?? '');
  const documented = firstCells(read('README.md'), 'Commands').map((cell) => cell.split(' ')[0] ?? '');
  expect(commands.length).toBeGreaterThan(3);
  expect(documented.toSorted()).toEqual(commands.toSorted());
});

test('the README has the two commands, each in a block that can be copied', () => {
  const blocks = [...read('README.md').matchAll(/```sh\n([\s\S]*?)\n```/g)].map((block) => block[1]);
  expect(blocks).toContain('npm ci && npm run demo');
  expect(blocks).toContain('npm ci && npm test');
});

test('documents point to what is there', () => {
  const broken: string[] = [];
  for (const path of documents()) {
    for (const [, target = ''] of read(path).matchAll(/\]\(([^)#\s]+)[^)]*\)/g)) {
      if (/^[a-z]+:/.test(target)) continue;
      if (!existsSync(repoPath(join(dirname(path), target)))) broken.push(`${path} → ${target}`);
    }
  }
  expect(broken).toEqual([]);
});

test('decisions are numbered without a gap, listed, and say when to think again', () => {
  const files = readdirSync(repoPath('decisions')).filter((name) => /^\d/.test(name));
  expect(files.map((name) => Number(name.slice(0, 3)))).toEqual(files.map((_, index) => index + 1));
  for (const name of files) {
    expect(read('decisions/README.md'), name).toContain(`](${name})`);
    expect(read(`decisions/${name}`), name).toContain('## Revisit');
  }
});

test('what a build server calls can be run', () => {
  expect(statSync(repoPath('.ci/run')).mode & 0o111).toBe(0o111);
});
