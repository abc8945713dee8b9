import { expect, test } from 'vitest';
import { writeThroughDisasters } from '../support/loss.ts';

test('two browsers lose nothing that was acknowledged while a tab, the network and the server are killed', async () => {
  const figures = await writeThroughDisasters({
    kind: 'sqlite',
    characters: 900,
    seed: 7,
    strokesBetween: 1,
    words: 3,
  });
  expect(figures).toMatchObject({ lost: [], torn: [], twice: [], same: true });
  expect(Object.values(figures.kills).every((times) => times > 0)).toBe(true);
  expect(figures.acknowledged).toBeGreaterThan(figures.typed * 0.8);
});
