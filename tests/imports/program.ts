import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { DatabaseConfig } from '../../src/storage/open.ts';
import { repoPath } from '../support/shared.ts';

export type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

/** A folder that is gone when the test is done. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'dateline-imports-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Starts the program as an operator does, on a data folder of its own. */
export function startDateline(data: string, args: readonly string[], config?: DatabaseConfig): ChildProcess {
  const url = config?.kind === 'postgres' ? { DATELINE_DATABASE_URL: config.url } : {};
  return spawn(process.execPath, [repoPath('bin/dateline.js'), ...args, '--data', data], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...url },
  });
}

/** Runs the program to its end. */
export async function dateline(
  data: string,
  args: readonly string[],
  config?: DatabaseConfig,
): Promise<Ended> {
  const child = startDateline(data, args, config);
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, stdout, stderr };
}
