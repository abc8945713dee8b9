/**
 * The cached page through the front door beside a bare node:http server that sends the same bytes: alternately, in one run, each server
 * in a process of its own. `node bench/front-door.ts [rounds]`
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { load } from './load.ts';

export type Measured = {
  readonly encoding: 'identity' | 'br';
  /** Medians over the rounds. */
  readonly bareRequests: number;
  readonly doorRequests: number;
  /** Door over bare, within each round: the median, the lowest and the highest. */
  readonly ratio: readonly [median: number, low: number, high: number];
  /** Processor time of the server for one request, in microseconds: steadier than a rate on a busy machine. */
  readonly bareMicros: number;
  readonly doorMicros: number;
  /** Bare over door, by processor time: as `ratio`. */
  readonly cpuRatio: readonly [median: number, low: number, high: number];
  readonly bytes: number;
};

type Sample = { readonly rate: number; readonly micros: number; readonly bytes: number };
type Server = { readonly child: ChildProcess; readonly port: number };

async function start(kind: 'bare' | 'door'): Promise<Server> {
  const child = fork(
    fileURLToPath(new URL(`front-door.server${extname(import.meta.url)}`, import.meta.url)),
    [kind],
  );
  const [port] = (await once(child, 'message')) as [number];
  return { child, port };
}

async function processorTime({ child }: Server): Promise<number> {
  child.send('time');
  const [micros] = (await once(child, 'message')) as [number];
  return micros;
}

async function sample(
  server: Server,
  asked: { path: string; br: boolean; milliseconds: number },
): Promise<Sample> {
  const before = await processorTime(server);
  const headers: Record<string, string> = { 'User-Agent': 'bench', Accept: 'text/html' };
  headers['Accept-Encoding'] = asked.br ? 'gzip, deflate, br' : 'identity';
  const result = await load({
    port: server.port,
    path: asked.path,
    headers,
    connections: 24,
    milliseconds: asked.milliseconds,
  });
  const micros = ((await processorTime(server)) - before) / result.requests;
  return { rate: result.requests / result.seconds, micros, bytes: result.bytesEach };
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
const spread = (values: readonly number[]): [number, number, number] => [
  median(values),
  Math.min(...values),
  Math.max(...values),
];

/** Measures both servers in turn, `rounds` times, after a warm-up. */
export async function measureFrontDoor(options: {
  rounds: number;
  milliseconds: number;
}): Promise<Measured[]> {
  const servers = { bare: await start('bare'), door: await start('door') };
  const measured: Measured[] = [];
  try {
    for (const encoding of ['identity', 'br'] as const) {
      const asked = {
        path: encoding === 'br' ? '/br' : '/id',
        br: encoding === 'br',
        milliseconds: options.milliseconds,
      };
      const bare: Sample[] = [];
      const door: Sample[] = [];
      for (let round = -1; round < options.rounds; round += 1) {
        const order = round % 2 === 0 ? (['bare', 'door'] as const) : (['door', 'bare'] as const);
        for (const kind of order) {
          const taken = await sample(servers[kind], asked);
          // The first round warms both up.
          if (round >= 0) (kind === 'bare' ? bare : door).push(taken);
        }
      }
      const pairs = bare.map((one, index) => ({ bare: one, door: door[index] ?? one }));
      measured.push({
        encoding,
        bareRequests: median(bare.map((one) => one.rate)),
        doorRequests: median(door.map((one) => one.rate)),
        ratio: spread(pairs.map((pair) => pair.door.rate / pair.bare.rate)),
        bareMicros: median(bare.map((one) => one.micros)),
        doorMicros: median(door.map((one) => one.micros)),
        cpuRatio: spread(pairs.map((pair) => pair.bare.micros / pair.door.micros)),
        bytes: door[0]?.bytes ?? 0,
      });
    }
  } finally {
    for (const { child } of Object.values(servers)) child.disconnect();
  }
  return measured;
}

if (process.argv[1] === fileURLToPath(import.meta.url) && process.argv[1].endsWith('front-door.ts')) {
  const rounds = Number(process.argv[2] ?? 7);
  const show = ([mid, low, high]: readonly [number, number, number]): string =>
    `${mid.toFixed(3)} (${low.toFixed(3)}–${high.toFixed(3)})`;
  for (const row of await measureFrontDoor({ rounds, milliseconds: 1500 })) {
    console.log(
      `${row.encoding.padEnd(8)} ${row.bytes} B  bare ${Math.round(row.bareRequests)}/s ${row.bareMicros.toFixed(1)} µs  ` +
        `door ${Math.round(row.doorRequests)}/s ${row.doorMicros.toFixed(1)} µs  rate ${show(row.ratio)}  processor ${show(row.cpuRatio)}`,
    );
  }
}
