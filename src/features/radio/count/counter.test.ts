import { createServer, connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { Audience, type Listener } from '../air/audience.ts';
import { Counter } from './counter.ts';
import { estimate } from './sketch.ts';

const MOUNT = 'mount';
const BEGAN = Date.parse('2026-03-02T10:00:00Z');

async function station() {
  let now = BEGAN;
  const accepted: Socket[] = [];
  const server = createServer((socket) => accepted.push(socket)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const audience = new Audience({ queueBytes: 262_144 });
  const noon = BEGAN + 60_000;
  const counter = new Counter({ now: () => now, programmeAt: (_, ms) => (ms < noon ? 'morning' : 'noon') });
  counter.watch(MOUNT, [audience]);
  counter.setSalt('2026-03-02', Buffer.alloc(32, 7));
  const join = async (who: string, bot = false): Promise<() => Promise<void>> => {
    const client = connect({ host: '127.0.0.1', port });
    onTestFinished(() => void client.destroy());
    while (accepted.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const socket = accepted.pop() as Socket;
    const key = counter.keyOf(who, 'Player/1.0');
    const gone = new Promise<void>((resolve) => {
      const onEnd = (listener: Listener): void => {
        counter.left(MOUNT, listener);
        resolve();
      };
      audience.add({ socket, icy: false, bot, key, now, onEnd }, []);
    });
    return async () => {
      client.destroy();
      await gone;
    };
  };
  const poll = (who: string, bot = false): void =>
    counter.polled(MOUNT, { key: counter.keyOf(who, 'AppleCoreMedia/1.0'), bot });
  /** Lets so many seconds go by, with what happens each of them and a round each ten. */
  const run = (seconds: number, each: (second: number) => void = () => undefined): void => {
    for (let second = 0; second < seconds; second += 1) {
      each(second);
      now += 1000;
      if ((now - BEGAN) % 10_000 === 0) counter.tick();
    }
  };
  const heard = () =>
    counter.take().map(({ programmeId, audience: kind, seconds, peak, people }) => ({
      of: `${programmeId} ${kind}`,
      seconds: Math.round(seconds),
      peak,
      unique: estimate(people),
    }));
  return { counter, join, poll, run, heard };
}

test('each listener is counted once and by the second, of the stream and of HLS, apart by programme', async () => {
  const { counter, join, poll, run, heard } = await station();
  const leave = await join('10.0.0.1');
  await join('10.0.0.2', true);
  // A player of HLS asks every four seconds; so does one that goes back in the recording.
  run(40, (second) => {
    if (second % 4 === 0) poll('10.0.0.3');
    if (second % 4 === 2) poll('10.0.0.4', true);
  });
  expect(counter.listenersNow(MOUNT)).toBe(2);
  await leave();
  // The same person comes back: one listener, more time.
  await join('10.0.0.1');
  run(20);
  run(30);
  expect(counter.listenersNow(MOUNT)).toBe(1);
  const rows = heard();
  expect(rows.find(({ of }) => of === 'morning people')).toMatchObject({ peak: 2, unique: 2 });
  expect(rows.find(({ of }) => of === 'morning bots')).toMatchObject({ peak: 2, unique: 2 });
  expect(rows.find(({ of }) => of === 'noon people')).toMatchObject({ peak: 1, unique: 1 });
  const seconds = (kind: string): number =>
    rows.filter(({ of }) => of.endsWith(kind)).reduce((all, row) => all + row.seconds, 0);
  expect(seconds('people'), '40 and 50 of the stream, 36 of HLS').toBe(126);
  expect(seconds('bots'), '90 of the stream, 36 of HLS').toBe(126);
});

test('who only looks is no listener: a connection of some seconds, a playlist asked for once', async () => {
  const { counter, join, poll, run, heard } = await station();
  for (let probe = 0; probe < 20; probe += 1) {
    const leave = await join(`10.1.0.${probe}`);
    poll(`10.2.0.${probe}`);
    run(3);
    await leave();
  }
  expect(counter.listenersNow(MOUNT)).toBe(0);
  run(30);
  expect(heard()).toEqual([]);
});
