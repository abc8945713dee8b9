import { expect, test } from 'vitest';
import { makePace, PACE_BURST, PACE_MS } from './pace.ts';

function paced() {
  let at = 0;
  let timer: { run: () => void; at: number } | undefined;
  const bumps: string[][] = [];
  const pace = makePace({
    bump: (tags) => bumps.push([...tags]),
    paced: (tag) => tag.startsWith('discussion:'),
    now: () => at,
    later: (run, ms) => {
      timer = { run, at: at + ms };
      return () => void (timer = undefined);
    },
  });
  const pass = (ms: number): void => {
    const end = at + ms;
    while (timer !== undefined && timer.at <= end) {
      at = timer.at;
      const { run } = timer;
      timer = undefined;
      run();
    }
    at = end;
  };
  return { pace, bumps, pass, running: () => timer !== undefined };
}

test('ordinary bumps go at once, a flood becomes one bump a period, and the last is never lost', () => {
  const { pace, bumps, pass, running } = paced();
  for (let i = 1; i <= PACE_BURST; i += 1) {
    pace.bump(['discussion:a']);
    expect(bumps).toHaveLength(i);
  }
  for (let i = 0; i < 1000; i += 1) {
    pace.bump(['discussion:a']);
    pass(PACE_MS / 100);
  }
  expect(bumps.length - PACE_BURST).toBeGreaterThanOrEqual(9);
  expect(bumps.length - PACE_BURST).toBeLessThanOrEqual(11);
  pace.bump(['discussion:a']);
  const before = bumps.length;
  pass(PACE_MS * 2);
  expect(bumps.length).toBeGreaterThan(before);
  pass(PACE_MS * PACE_BURST * 2);
  expect(running(), 'nothing ticks in quiet times').toBe(false);
  const quiet = bumps.length;
  pace.bump(['discussion:a']);
  expect(bumps).toHaveLength(quiet + 1);
});

test('what is not paced goes at once, whatever waits; stopping lets the rest go', () => {
  const { pace, bumps } = paced();
  for (let i = 0; i < PACE_BURST; i += 1) pace.bump(['discussion:a']);
  pace.bump(['discussion:a', 'article:a']);
  expect(bumps.at(-1)).toEqual(['article:a']);
  pace.stop();
  expect(bumps.at(-1)).toEqual(['discussion:a']);
});
