import { expect, test } from 'vitest';
import { startTicker } from './ticker.ts';

test('a task that fails is said and tried again; stopping waits for the one that runs', async () => {
  const faults: unknown[] = [];
  let runs = 0;
  let finished = false;
  const again = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  const stop = startTicker(
    [
      {
        name: 'shaky',
        everyMs: 1,
        run: async () => {
          runs += 1;
          if (runs === 1) throw new Error('once');
          again.resolve();
          await release.promise;
          finished = true;
        },
      },
    ],
    { error: (details) => void faults.push(details) },
  );
  await again.promise;
  const stopped = stop();
  expect(finished).toBe(false);
  release.resolve();
  await stopped;
  expect(finished).toBe(true);
  expect(runs).toBe(2);
  expect(faults).toHaveLength(1);
});
