import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { openHouse } from '../../src/app.ts';
import { configFrom } from '../../src/config/config.ts';
import { addEncoder, createMount, prepareEncoder } from '../../src/features/radio/radio.ts';
import { findProgram } from '../../tests/support/radio/programs.ts';
import { type Encoder, startEncoder } from './encoder.ts';

export type Server = {
  readonly name: 'ours' | 'icecast2';
  readonly port: number;
  readonly path: string;
  /** Seconds of processor time so far; Linux. */
  processorTime(): number;
  stop(): Promise<void>;
};

const PASSWORD = 'bench-password';
const TICKS = 100;

/** A process that may hold as many sockets as the machine lets it. */
export function roomy(program: string, args: readonly string[]) {
  return ['/bin/sh', ['-c', 'ulimit -n "$(ulimit -Hn)"; exec "$@"', 'sh', program, ...args]] as const;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  return address.port;
}

function processorTimeOf(child: ChildProcess): number {
  const fields = readFileSync(`/proc/${child.pid}/stat`, 'latin1').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}

async function serve(given: {
  name: Server['name'];
  child: ChildProcess;
  port: number;
  sourcePort: number;
  path: string;
  mount: string;
  folder: string;
}): Promise<Server> {
  const { child, sourcePort, mount, folder } = given;
  let encoder: Encoder;
  for (;;) {
    encoder = startEncoder({ port: sourcePort, mount, password: PASSWORD });
    const refused = new Promise<string>((resolve) => void setTimeout(resolve, 500, ''));
    if (/ 200 /.test(await Promise.race([encoder.said, refused]))) break;
    encoder.stop();
    if (child.exitCode !== null) throw new Error(`${given.name} ended before it took an encoder`);
  }
  return {
    name: given.name,
    port: given.port,
    path: given.path,
    processorTime: () => processorTimeOf(child),
    stop: async () => {
      encoder.stop();
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The built program in the role of the radio, with one mount of a data folder of its own, and an encoder on it. */
export async function startOurs(executable: string): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'dateline-bench-radio-'));
  const house = await openHouse(configFrom({}, { data: folder }));
  const context = { db: house.db, clock: house.clock };
  const encoder = await prepareEncoder({ username: 'source', password: PASSWORD });
  await house.db.write(async (tx) => {
    const mountId = await createMount(tx, context, { slug: 'live', name: 'Bench' });
    await addEncoder(tx, context, { mountId, encoder });
  });
  await house.close();
  const sourcePort = await freePort();
  const { child, port } = await startProgram(executable, { folder, sourcePort });
  const at = { port, sourcePort, path: '/radio/live', mount: '/live' };
  return serve({ name: 'ours', child, folder, ...at });
}

/** The built program in the role of the radio on a folder that has been prepared, when it listens. */
export async function startProgram(
  executable: string,
  { folder, sourcePort }: { folder: string; sourcePort: number },
): Promise<{ child: ChildProcess; port: number }> {
  const [program, args] = roomy(process.execPath, [
    executable,
    'serve',
    '--data',
    folder,
    '--port',
    '0',
    '--role',
    'radio',
  ]);
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      DATELINE_METRICS_PORT: 'off',
      DATELINE_LOG_LEVEL: 'error',
      DATELINE_FFMPEG: 'off',
      DATELINE_RADIO_PORT: String(sourcePort),
    },
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const port = /listening on http:\S+?:(\d+)\D/.exec(`${line} `)?.[1];
    if (port === undefined) continue;
    child.stdout.resume();
    return { child, port: Number(port) };
  }
  throw new Error('the program ended before it listened');
}

/** Debian's icecast2 with the same limits, and an encoder on it. */
export async function startIcecast(): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'dateline-bench-icecast-'));
  chmodSync(folder, 0o755);
  const logs = join(folder, 'log');
  mkdirSync(logs);
  chmodSync(logs, 0o777);
  const port = await freePort();
  const config = join(folder, 'icecast.xml');
  writeFileSync(
    config,
    `<icecast>
<limits><clients>12000</clients><sources>2</sources><queue-size>524288</queue-size><burst-size>65535</burst-size></limits>
<authentication><source-password>${PASSWORD}</source-password><admin-user>admin</admin-user><admin-password>${PASSWORD}</admin-password></authentication>
<hostname>localhost</hostname>
<listen-socket><port>${port}</port><bind-address>127.0.0.1</bind-address></listen-socket>
<paths><logdir>${logs}</logdir><webroot>/usr/share/icecast2/web</webroot><adminroot>/usr/share/icecast2/admin</adminroot></paths>
<logging><accesslog>access.log</accesslog><errorlog>error.log</errorlog><loglevel>1</loglevel></logging>
<security><chroot>0</chroot><changeowner><user>nobody</user><group>nogroup</group></changeowner></security>
</icecast>`,
  );
  const [program, args] = roomy(findProgram('icecast2'), ['-c', config]);
  const child = spawn(program, args, { stdio: 'ignore' });
  return serve({
    name: 'icecast2',
    child,
    folder,
    port,
    sourcePort: port,
    path: '/live',
    mount: '/live',
  });
}
