import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Problem } from '../../base/problem.ts';
import type { PictureAnswer, PictureJob } from './picture-worker.ts';

const PROBE_MS = 15_000;
const RENDER_MS = 180_000;

/** The worker's file: beside this one in the sources, or beside the bundle. */
function workerFile(): string {
  for (const place of ['./picture-worker.ts', './picture-worker.js', '../picture-worker.js']) {
    const file = fileURLToPath(new URL(place, import.meta.url));
    if (existsSync(file)) return file;
  }
  throw new Error('the picture worker is missing from the build');
}

/**
 * Does one picture job in a limited child process. `folder` is the only place it may write to.
 * `sign` is asked for the signatures of Content Credentials: the key is never in the child.
 * @throws Problem `unsupported` when the file cannot be decoded, or takes too much time or memory.
 */
export async function runPictureJob(
  job: PictureJob,
  folder: string,
  sign?: (claim: Buffer) => Promise<Buffer>,
): Promise<PictureAnswer> {
  const file = workerFile();
  const child = fork(file, [], {
    env: {},
    cwd: folder,
    serialization: 'json',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: [
      '--max-old-space-size=256',
      '--disable-warning=ExperimentalWarning',
      '--disable-warning=SecurityWarning',
      '--permission',
      '--allow-addons',
      '--allow-fs-read=*',
      `--allow-fs-write=${folder}/*`,
    ],
  });
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => (stderr = (stderr + chunk.toString()).slice(-2000)));
  return new Promise((resolve, reject) => {
    const refuse = (why: string): void =>
      reject(
        new Problem(
          'unsupported',
          `The picture cannot be used: ${why}.`,
          'Send a JPEG, PNG, WebP or AVIF file.',
        ),
      );
    const timer = setTimeout(
      () => {
        child.kill('SIGKILL');
        refuse('decoding it takes too long');
      },
      job.op === 'probe' ? PROBE_MS : RENDER_MS,
    );
    let answered = false;
    child.on('message', (answer) => {
      const given = answer as PictureAnswer;
      if (given.claim !== undefined && sign !== undefined) {
        sign(Buffer.from(given.claim, 'base64')).then(
          (signature) => child.send(signature.toString('base64')),
          reject,
        );
        return;
      }
      answered = true;
      clearTimeout(timer);
      if (given.error === undefined) resolve(given);
      else refuse(reasonOf(given.error));
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      if (!answered)
        refuse(
          `the decoder ended with ${signal ?? `code ${code}`}${stderr === '' ? '' : ` (${firstLine(stderr)})`}`,
        );
    });
    child.send(job, (cause) => {
      if (cause !== null) reject(cause);
    });
  });
}

/** What a decoder found, as one who sent the picture would say it. Decoders speak of their insides, and of folders of the house. */
function reasonOf(error: string): string {
  if (/pixel limit|too large|exceeds/i.test(error)) return 'it has more than 100 megapixels';
  if (/is not a picture we take/.test(error)) return firstLine(error);
  return 'it is damaged or incomplete';
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0]?.slice(0, 200) ?? '';
}
