import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type DatabaseConfig, openDb } from '../../src/storage/open.ts';
import { appendEvents } from '../../src/storage/outbox.ts';
import { eachDatabaseConfig } from '../support/database.ts';
import { numbersOf, openStream } from '../support/live.ts';

const RESTARTS = 20;
const EACH = 40;

/** A node in a process of its own; resolves with its port. */
async function startNode(config: DatabaseConfig): Promise<{ port: number; kill(): Promise<void> }> {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'live-node.child.ts'), JSON.stringify(config)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
  for await (const line of createInterface({ input: child.stdout }))
    return {
      port: Number(line),
      kill: async () => {
        child.kill('SIGKILL');
        await gone;
      },
    };
  throw new Error('the node ended before it listened');
}

eachDatabaseConfig('a node that is killed twenty times', (fresh) => {
  test('leaves no reader with a gap, and tells nothing twice', async () => {
    const config = await fresh();
    const db = await openDb(config);
    let told = 0;
    const tell = (count: number): Promise<void> =>
      db.write((tx) =>
        appendEvents(
          db,
          tx,
          Array.from({ length: count }, () => ({
            topic: 't',
            payload: { n: (told += 1), topics: ['site'] },
          })),
        ),
      );
    const heard: number[][] = [[], [], []];
    const places: string[] = ['', '', ''];
    try {
      for (let life = 0; life <= RESTARTS; life += 1) {
        const node = await startNode(config);
        const streams = await Promise.all(
          heard.map((_, at) =>
            openStream(node.port, 'site', places[at] === '' ? {} : { lastEventId: places[at] ?? '' }),
          ),
        );
        await Promise.all(streams.map((stream) => stream.until((got) => got.length > 0)));
        for (let n = 0; n < EACH; n += 1) await tell(1);
        // The last life is heard out; the others end in the middle of what is being told.
        const enough = life === RESTARTS ? told : told - 10;
        await Promise.all(
          streams.map((stream, at) =>
            stream.until((got) => (heard[at]?.length ?? 0) + numbersOf(got).length >= enough),
          ),
        );
        if (life < RESTARTS) {
          const more = tell(5);
          await node.kill();
          await more;
        }
        await Promise.all(streams.map((stream) => (life < RESTARTS ? stream.ended : Promise.resolve())));
        streams.forEach((stream, at) => {
          heard[at]?.push(...numbersOf(stream.messages));
          places[at] = stream.lastId();
        });
        if (life === RESTARTS) await node.kill();
      }
      for (const numbers of heard) expect(numbers).toEqual(Array.from({ length: told }, (_, at) => at + 1));
    } finally {
      await db.close();
    }
  }, 240_000);
});
