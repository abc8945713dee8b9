import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sha256, toHex } from './bytes.ts';
import {
  emptyRoot,
  frontierRoot,
  leafHash,
  newFrontier,
  popCount,
  pushLeaf,
  rootOf,
  verifyConsistency,
  verifyInclusion,
} from './merkle.ts';
import { consistencyHashes, inclusionHashes, type TileReader } from './proofs.ts';

const unhex = (text: string): Uint8Array => Buffer.from(text, 'hex');

/** MTH(D[n]) word for word as RFC 6962 §2.1 defines it. */
function definedRoot(entries: readonly Uint8Array[]): Uint8Array {
  const [only] = entries;
  if (only === undefined) return sha256();
  if (entries.length === 1) return sha256(Uint8Array.of(0), only);
  let k = 1;
  while (k * 2 < entries.length) k *= 2;
  return sha256(Uint8Array.of(1), definedRoot(entries.slice(0, k)), definedRoot(entries.slice(k)));
}

const entryOf = (i: number): Uint8Array => Buffer.from(`entry ${i}`);

/** Tiles word for word as C2SP tlog-tiles defines them. */
function definedTiles(entries: readonly Uint8Array[]): TileReader {
  return async (level, index, width) =>
    Buffer.concat(
      Array.from({ length: width }, (_, i) => {
        const span = 256 ** level;
        const start = (index * 256 + i) * span;
        if (start + span > entries.length) throw new Error(`tile ${level}/${index} has no hash ${i}`);
        return definedRoot(entries.slice(start, start + span));
      }),
    );
}

describe('the vectors of Certificate Transparency', () => {
  const leaves = [
    '',
    '00',
    '10',
    '2021',
    '3031',
    '40414243',
    '5051525354555657',
    '606162636465666768696a6b6c6d6e6f',
  ];
  const roots = [
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ];

  test('roots of sizes 0 to 8', () => {
    const hashes = leaves.map((leaf) => leafHash(unhex(leaf)));
    expect(roots.map((_, size) => toHex(rootOf(hashes.slice(0, size))))).toEqual(roots);
  });

  test('inclusion and consistency paths', async () => {
    const tiles = definedTiles(leaves.map(unhex));
    expect((await inclusionHashes(tiles, { leafIndex: 0, treeSize: 8 })).map(toHex)).toEqual([
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ]);
    expect((await inclusionHashes(tiles, { leafIndex: 5, treeSize: 8 })).map(toHex)).toEqual([
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
    expect((await consistencyHashes(tiles, { first: 2, second: 5 })).map(toHex)).toEqual([
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ]);
  });
});

test('appending gives the root of the recursive definition at every size from 0 to 300', () => {
  const entries = Array.from({ length: 300 }, (_, i) => entryOf(i));
  const frontier = newFrontier();
  expect(frontierRoot(frontier)).toEqual(emptyRoot);
  for (const [i, entry] of entries.entries()) {
    pushLeaf(frontier, leafHash(entry));
    expect(frontier.hashes.length).toBe(popCount(i + 1));
    expect(toHex(frontierRoot(frontier))).toBe(toHex(definedRoot(entries.slice(0, i + 1))));
  }
});

test('each perfect subtree is announced once, with its place and its root', () => {
  const entries = Array.from({ length: 100 }, (_, i) => entryOf(i));
  const seen = new Map<string, string>();
  const frontier = newFrontier();
  for (const entry of entries)
    pushLeaf(frontier, leafHash(entry), (height, index, hash) => seen.set(`${height}/${index}`, toHex(hash)));
  expect(seen.size).toBe(50 + 25 + 12 + 6 + 3 + 1);
  for (const [key, hash] of seen) {
    const [height = 0, index = 0] = key.split('/').map(Number);
    const span = 2 ** height;
    expect(hash).toBe(toHex(definedRoot(entries.slice(index * span, (index + 1) * span))));
  }
});

const SIZES = fc.integer({ min: 1, max: 700 });
const all = Array.from({ length: 700 }, (_, i) => entryOf(i));

test('inclusion proofs from tiles hold, and hold for nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(SIZES, fc.nat(), fc.nat(), async (treeSize, pick, flip) => {
      const entries = all.slice(0, treeSize);
      const leafIndex = pick % treeSize;
      const leaf = leafHash(entryOf(leafIndex));
      const root = rootOf(entries.map(leafHash));
      const hashes = await inclusionHashes(definedTiles(entries), { leafIndex, treeSize });
      const claim = { leafIndex, treeSize, leaf, root, hashes };
      expect(verifyInclusion(claim)).toBe(true);
      expect(verifyInclusion({ ...claim, leaf: leafHash('another') })).toBe(false);
      expect(verifyInclusion({ ...claim, hashes: [...hashes, root] })).toBe(false);
      expect(verifyInclusion({ ...claim, leafIndex: treeSize })).toBe(false);
      fc.pre(hashes.length > 0);
      expect(verifyInclusion({ ...claim, hashes: hashes.slice(1) })).toBe(false);
      expect(verifyInclusion({ ...claim, leafIndex: leafIndex ^ 1 })).toBe(false);
      const bent = hashes.map((hash) => Uint8Array.from(hash));
      const target = bent[flip % bent.length];
      if (target !== undefined) target[flip % 32] = (target[flip % 32] ?? 0) ^ 1;
      expect(verifyInclusion({ ...claim, hashes: bent })).toBe(false);
    }),
    { numRuns: 60 },
  );
});

test('consistency proofs from tiles hold, and hold for nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(SIZES, fc.nat(), async (second, pick) => {
      const first = pick % (second + 1);
      const entries = all.slice(0, second);
      const firstRoot = rootOf(entries.slice(0, first).map(leafHash));
      const secondRoot = rootOf(entries.map(leafHash));
      const hashes = await consistencyHashes(definedTiles(entries), { first, second });
      const claim = { first, second, firstRoot, secondRoot, hashes };
      expect(verifyConsistency(claim)).toBe(true);
      expect(verifyConsistency({ ...claim, firstRoot: leafHash('another') })).toBe(false);
      // The empty tree is a prefix of every tree, so it says nothing of the second root.
      expect(first > 0 && verifyConsistency({ ...claim, secondRoot: leafHash('another') })).toBe(false);
      expect(verifyConsistency({ ...claim, hashes: [...hashes, secondRoot] })).toBe(false);
      expect(hashes.length > 0 && verifyConsistency({ ...claim, hashes: hashes.slice(1) })).toBe(false);
    }),
    { numRuns: 60 },
  );
});
