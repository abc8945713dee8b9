import { expect, test } from 'vitest';
import { writeThroughDisasters } from '../support/loss.ts';

test.each(['sqlite', 'postgres'] as const)(
  'ten thousand characters from two browsers through random disasters: every acknowledged one is there (%s)',
  async (kind) => {
    const seed = Number(process.hrtime.bigint() % 1_000_000n);
    const figures = await writeThroughDisasters({
      kind,
      characters: 10_000,
      seed,
      strokesBetween: 4,
      words: 12,
    });
    process.stdout.write(`${JSON.stringify({ kind, seed, ...figures })}\n`);
    expect(figures).toMatchObject({ lost: [], torn: [], twice: [], same: true });
    expect(figures.acknowledged).toBeGreaterThan(figures.typed * 0.9);
  },
  600_000,
);
