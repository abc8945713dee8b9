import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { repoPath } from '../support/shared.ts';
import { writeBigWxr } from './big-wxr.ts';

const MEGABYTES = 60;
/** Of V8's heap for what lives long: far less than what the file's stories and their published forms come to. */
const HEAP_MEGABYTES = 192;

test('an import holds a part of its file in memory, however long the file is', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dateline-long-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'old.xml');
  const stories = await writeBigWxr(file, MEGABYTES * 1_000_000);
  const args = ['import', 'wxr', file, '--no-fetch', '--json', '--data', join(folder, 'data')];
  const child = spawn(
    process.execPath,
    [`--max-old-space-size=${HEAP_MEGABYTES}`, repoPath('bin/dateline.js'), ...args],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr = `${stderr}${chunk.toString()}`.slice(-2000)));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  expect(code, stderr).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    ledger: { kinds: { article: { in: stories, kept: stories } } },
  });
}, 900_000);
