import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Source, sources } from './sources.ts';

/** A folder with these files in it, gone when the test is done. */
export function plantedFolder(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'dateline-planted-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

/** The same, read as the rules read the house: for showing that a rule finds what breaks it. */
export function planted(files: Readonly<Record<string, string>>): Source[] {
  return sources(plantedFolder(files), 'src');
}
