import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'dateline-commands-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = promisify(execFile);
const executable = join(import.meta.dirname, '../../bin/dateline.js');

async function dateline(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  try {
    const { stdout, stderr } = await run(process.execPath, [executable, ...args, '--data', folder]);
    return { code: 0, stdout, stderr };
  } catch (cause) {
    const failed = cause as { code: number; stdout: string; stderr: string };
    return { code: failed.code, stdout: failed.stdout, stderr: failed.stderr };
  }
}

test('people and tokens are made, listed and ended; bad input is one line and a non-zero code', async () => {
  expect(
    await dateline('user', 'create', 'Ed@Paper.example', '--name', 'Ed', '--role', 'editor'),
  ).toMatchObject({ code: 0 });
  expect((await dateline('user', 'list')).stdout).toContain('editor');

  const made = await dateline(
    'token',
    'create',
    '--user',
    'ed@paper.example',
    '--name',
    'wire',
    '--scopes',
    'articles:read',
    '--json',
  );
  const token = JSON.parse(made.stdout) as { id: string; secret: string };
  const listed = await dateline('token', 'list', '--json');
  expect(listed.stdout).toContain(token.id);
  expect(listed.stdout).not.toContain(token.secret);
  expect(await dateline('token', 'revoke', token.id)).toMatchObject({ code: 0 });

  for (const args of [
    ['user', 'create', 'ed@paper.example', '--name', 'Ed', '--role', 'editor'],
    ['user', 'create', 'other@paper.example', '--name', 'O', '--role', 'emperor'],
    ['token', 'create', '--user', 'nobody@paper.example', '--name', 'x'],
    ['token', 'revoke', token.id],
    ['nonsense'],
  ]) {
    const { code, stderr } = await dateline(...args);
    expect(code).not.toBe(0);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  }
});
