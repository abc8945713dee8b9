import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { repoPath } from '../support/shared.ts';

/** A checkout of a program of one file, with the real executable. */
function checkout(main: string): { folder: string; change: (text: string) => void } {
  const folder = mkdtempSync(join(tmpdir(), 'dateline-bin-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(repoPath('bin'), join(folder, 'bin'), { recursive: true });
  for (const name of ['package.json', 'tsconfig.server.json', 'tsconfig.base.json'])
    cpSync(repoPath(name), join(folder, name));
  symlinkSync(repoPath('node_modules'), join(folder, 'node_modules'));
  mkdirSync(join(folder, 'src/cli'), { recursive: true });
  const change = (text: string): void => writeFileSync(join(folder, 'src/cli/main.ts'), text);
  change(main);
  return { folder, change };
}

type Ended = { code: number | null; stdout: string; stderr: string };

function start(folder: string, ...args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [join(folder, 'bin/dateline.js'), ...args],
      (_error, stdout, stderr) => resolve({ code: child.exitCode, stdout, stderr }),
    );
  });
}

test('the executable builds what it runs, passes arguments and the exit code, and takes up a change', async () => {
  const { folder, change } = checkout(
    'process.stdout.write(process.argv.slice(2).join()); process.exitCode = 3;',
  );
  expect(await start(folder, 'a', '--b')).toEqual({ code: 3, stdout: 'a,--b', stderr: '' });
  change('const second: string = "second"; process.stdout.write(second);');
  expect(await start(folder)).toEqual({ code: 0, stdout: 'second', stderr: '' });
});

test('two starts at once make one whole build', async () => {
  const { folder } = checkout('process.stdout.write("here")');
  const ended = await Promise.all([start(folder), start(folder), start(folder)]);
  expect(ended.map(({ stdout, code }) => [stdout, code])).toEqual(Array(3).fill(['here', 0]));
  const left = readdirSync(join(folder, 'dist')).filter((name) => name !== 'current');
  expect(left).toHaveLength(1);
});

test('without sources the shipped build runs; without either, one line says so', async () => {
  const { folder } = checkout('process.stdout.write("shipped")');
  await start(folder);
  rmSync(join(folder, 'src'), { recursive: true });
  expect(await start(folder)).toMatchObject({ code: 0, stdout: 'shipped' });
  rmSync(join(folder, 'dist'), { recursive: true });
  const { code, stderr } = await start(folder);
  expect(code).toBe(1);
  expect(stderr).toBe('Dateline could not be built: there is no dist/ here; run npm ci && npm run build.\n');
});

test('a Node that is too old hands over to the one of the packages, signals and exit code included', async () => {
  const { folder } = checkout(
    'process.on("SIGTERM", () => { console.log("stopped"); process.exit(5); }); console.log(process.versions.node); setInterval(() => {}, 1000);',
  );
  // The same Node, told that it is an old one.
  writeFileSync(
    join(folder, 'old.mjs'),
    "if (!process.env.HANDED_OVER) Object.defineProperty(process.versions, 'node', { value: '20.20.2' });\nprocess.env.HANDED_OVER = '1';\n",
  );
  const child: ChildProcess = spawn(
    process.execPath,
    ['--import', join(folder, 'old.mjs'), join(folder, 'bin/dateline.js')],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let stdout = '';
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  await new Promise<void>((resolve) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      resolve();
    });
  });
  child.kill('SIGTERM');
  expect(await ended).toBe(5);
  expect(stdout).toMatch(/^24\.\d+\.\d+\nstopped\n$/);
});
