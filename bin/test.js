#!/usr/bin/env node
/**
 * `npm test`: the checks and every test, one line at the end. `--long`: the tests of tests/long. With paths
 * (`npm test -- src/features/record`): only the tests there.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withNewEnoughNode } from './node-version.js';

const root = join(import.meta.dirname, '..');
const say = (line) => process.stdout.write(`${line}\n`);

await withNewEnoughNode(import.meta.url, async () => {
  const args = process.argv.slice(2);
  const long = args.includes('--long');
  const paths = args.filter((arg) => arg !== '--long');
  const total = { passed: 0, failed: 0 };
  const count = (passed) => (passed ? (total.passed += 1) : (total.failed += 1));

  if (paths.length === 0) {
    for (const step of long ? needs() : [...needs(), ...checks()]) count(await runStep(step));
  }
  const { passed, failed, skipped } = await runTests(long ? 'long' : 'unit', paths);
  total.passed += passed;
  total.failed += failed;
  if (skipped > 0) say(`${skipped} skipped: they say why above or in their names`);
  say(`${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed === 0 ? 0 : 1;
});

/** What the tests cannot do without is found or installed before anything runs, and its lack is a failure. */
function needs() {
  return ['postgres', 'chromium'].map((name) => ({
    name: `needs ${name}`,
    command: [process.execPath, join(root, 'tests/support/needs.ts'), name],
  }));
}

/** Every script `check:…` of package.json, so that `npm run check` and this are one list. */
function checks() {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return Object.keys(scripts)
    .filter((name) => name.startsWith('check:'))
    .map((name) => ({ name, command: ['npm', 'run', '--silent', name] }));
}

async function runStep({ name, command }) {
  const started = performance.now();
  const { code, output } = await run(command, { quiet: true });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  say(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
  if (code !== 0) say(output.trimEnd());
  return code === 0;
}

async function runTests(project, paths) {
  const folder = mkdtempSync(join(tmpdir(), 'dateline-tests-'));
  const file = join(folder, 'report.json');
  try {
    const vitest = join(root, 'node_modules/vitest/vitest.mjs');
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
    const options = ['run', '--project', project, '--passWithNoTests', ...reporters, ...paths];
    const { code } = await run([process.execPath, vitest, ...options], { quiet: false });
    return summary(file, code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What went wrong outside a test (a file that does not load, an error nobody awaited) counts as a failed test. */
function summary(file, code) {
  let report;
  try {
    report = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { passed: 0, failed: code === 0 ? 0 : 1, skipped: 0 };
  }
  const tests = report.testResults.flatMap((result) => result.assertionResults);
  const of = (...states) => tests.filter((test) => states.includes(test.status)).length;
  const unloaded = report.testResults.filter(
    (result) =>
      result.status === 'failed' && !result.assertionResults.some((test) => test.status === 'failed'),
  );
  const failed = of('failed') + unloaded.length;
  return {
    passed: of('passed'),
    failed: failed === 0 && code !== 0 ? 1 : failed,
    skipped: of('skipped', 'pending', 'todo', 'disabled'),
  };
}

function run([program, ...args], { quiet }) {
  const child = spawn(program, args, {
    cwd: root,
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
  });
  let output = '';
  child.stdout?.on('data', (chunk) => (output += chunk));
  child.stderr?.on('data', (chunk) => (output += chunk));
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: 1, output: `${program}: ${error.message}` }));
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
