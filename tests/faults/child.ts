import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import type { DatabaseConfig } from '../../src/storage/open.ts';

/** Runs one of this folder's scripts on a database until it has said `lines` lines, kills it by SIGKILL, and gives what it said. */
export async function runUntilKilled(
  script: string,
  options: { config: DatabaseConfig; lines: number },
): Promise<string[]> {
  const child: ChildProcess = spawn(
    process.execPath,
    [join(import.meta.dirname, script), JSON.stringify(options.config)],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const complaints: string[] = [];
  child.stderr?.on('data', (chunk: Buffer) => complaints.push(chunk.toString()));
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const said: string[] = [];
  if (child.stdout === null) throw new Error('the child has no output');
  for await (const line of createInterface({ input: child.stdout })) {
    said.push(line);
    if (said.length === options.lines) child.kill('SIGKILL');
  }
  await gone;
  if (said.length < options.lines) throw new Error(`the child ended by itself: ${complaints.join('')}`);
  return said;
}
