import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { roomy, type Server } from './servers.ts';

const SETTLE_MS = 4000;
const EACH_PROCESS = 4000;

export type Heard = {
  /** Share of one core that the server used for each 1,000 listeners, in per cent. */
  readonly corePercent: number;
  /** What each listener was given, in kbit/s. */
  readonly kbits: number;
  /** Listeners that the server let go. */
  readonly gone: number;
};

const wait = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));

function start({ port, path }: Server, part: { count: number; first: number }): ChildProcess {
  const script = fileURLToPath(
    new URL(`radio.listeners${extname(import.meta.url)}`, new URL(SIBLINGS, import.meta.url)),
  );
  const [program, args] = roomy(process.execPath, [
    script,
    String(port),
    path,
    String(part.count),
    String(part.first),
  ]);
  return spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
}

/** Built, all scripts lie in one folder; as source this one lies one deeper. */
const SIBLINGS = import.meta.url.endsWith('.ts') ? '../' : './';

/** So many listeners of one server for some seconds. */
export async function listen(
  server: Server,
  asked: { readonly listeners: number; readonly seconds: number },
): Promise<Heard> {
  const { listeners, seconds } = asked;
  const clients: ChildProcess[] = [];
  try {
    for (let first = 0; first < listeners; first += EACH_PROCESS) {
      const client = start(server, { count: Math.min(EACH_PROCESS, listeners - first), first });
      clients.push(client);
      await once(client, 'message');
    }
    // What was ahead of the sound at the join has been read by then.
    await wait(SETTLE_MS);
    for (const client of clients) client.send('from');
    const before = server.processorTime();
    const began = performance.now();
    await wait(seconds * 1000);
    const said = Promise.all(clients.map((client) => once(client, 'message')));
    for (const client of clients) client.send('count');
    const answers = (await said) as [{ bytes: number; gone: number }][];
    const elapsed = (performance.now() - began) / 1000;
    const used = server.processorTime() - before;
    const total = (part: 'bytes' | 'gone'): number =>
      answers.reduce((sum, [answer]) => sum + answer[part], 0);
    return {
      corePercent: ((used / elapsed) * 100 * 1000) / listeners,
      kbits: (total('bytes') * 8) / 1000 / elapsed / listeners,
      gone: total('gone'),
    };
  } finally {
    for (const client of clients) {
      const ended = client.exitCode === null ? once(client, 'exit') : undefined;
      if (client.connected) client.disconnect();
      await ended;
    }
  }
}
