/** Runs on Node 20 and newer: this is what finds the Node that the rest needs. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const NEEDED = [24, 15];

/** The Node that came with the packages, where it runs on this machine. */
function packagedNode() {
  const file = fileURLToPath(
    new URL(`../node_modules/node-${process.platform}-${process.arch}/bin/node`, import.meta.url),
  );
  return existsSync(file) ? file : undefined;
}

function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);
}

/**
 * Goes on here when this Node is new enough; else runs `script` again under the packages' Node, ends as it ends, and
 * never comes back. Says in one line what is needed where there is none.
 */
export async function withNewEnoughNode(script, goOn) {
  if (isNewEnough(process.versions.node)) return goOn();
  const node = packagedNode();
  if (node === undefined) {
    process.stderr.write(
      `Dateline needs Node.js ${NEEDED.join('.')} or newer, and this is ${process.versions.node}: run npm ci on Linux (x64 or arm64), or install a newer Node.js.\n`,
    );
    process.exitCode = 1;
    return undefined;
  }
  return handOver(node, script);
}

function handOver(node, script) {
  const child = spawn(node, [fileURLToPath(script), ...process.argv.slice(2)], { stdio: 'inherit' });
  const forward = (signal) => {
    // A terminal has sent its Ctrl-C to the child already; twice would mean "at once".
    if (signal === 'SIGINT' && process.stdin.isTTY) return;
    child.kill(signal);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGUSR2']) process.on(signal, forward);
  return new Promise((resolve) => {
    child.once('error', (error) => {
      process.stderr.write(`Dateline could not start ${node}: ${error.message}.\n`);
      process.exitCode = 1;
      resolve();
    });
    child.once('exit', (code, signal) => {
      process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0);
      resolve();
    });
  });
}
