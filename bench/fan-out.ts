import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A process that may hold as many sockets as the machine lets it. */
function start(name: string, args: readonly string[]): ChildProcess {
  const script = fileURLToPath(new URL(`${name}${extname(import.meta.url)}`, import.meta.url));
  return spawn(
    '/bin/sh',
    ['-c', 'ulimit -n "$(ulimit -Hn)"; exec "$@"', 'sh', process.execPath, script, ...args],
    {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    },
  );
}

/** A message of a process, or an error when it does not come in time. */
async function heardIn(ms: number, child: ChildProcess): Promise<unknown> {
  const [said] = (await once(child, 'message', { signal: AbortSignal.timeout(ms) })) as [unknown];
  return said;
}

const CONNECT_MS = 60_000;
const EVENT_MS = 15_000;

/** Delays of every reader for each of some events, in milliseconds: from the write to the reader. */
export async function fanOut(options: {
  readonly kind: 'bare' | 'hub';
  readonly readers: number;
  readonly events: number;
  readonly processes: number;
}): Promise<number[]> {
  const server = start('live.server', [options.kind]);
  const clients: ChildProcess[] = [];
  try {
    const port = (await heardIn(CONNECT_MS, server)) as number;
    const each = Math.floor(options.readers / options.processes);
    for (let index = 0; index < options.processes; index += 1) {
      const client = start('live.clients', [String(port), String(each), String(index * each)]);
      clients.push(client);
      // One process after the other, so that the queue of the listener is not what is measured.
      const said = await heardIn(CONNECT_MS, client);
      if (said !== 'ready') throw new Error(`readers could not connect: ${JSON.stringify(said)}`);
    }
    const delays: number[] = [];
    for (let event = 0; event < options.events + 1; event += 1) {
      const heard = Promise.all(clients.map((client) => heardIn(EVENT_MS, client)));
      server.send([event]);
      const answers = (await heard) as { delays: number[] }[];
      // The first event warms up.
      if (event > 0) for (const answer of answers) delays.push(...answer.delays);
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    return delays;
  } finally {
    for (const child of [...clients, server]) child.disconnect();
  }
}
