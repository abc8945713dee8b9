import { equalBytes, sha256 } from './bytes.ts';

/** The Merkle tree of RFC 6962 §2.1 (the same in RFC 9162 §2.1): SHA-256, leaves under 0x00, inner nodes under 0x01. */

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

export function leafHash(entry: Uint8Array | string): Uint8Array {
  return sha256(LEAF, entry);
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256(NODE, left, right);
}

/** The root of the empty tree. */
export const emptyRoot: Uint8Array = sha256();

/**
 * A tree's right edge: the roots of its perfect subtrees, largest first, one for each 1 in the binary form of `size`. It is all that
 * appending and the root need, whatever the size.
 */
export type Frontier = { size: number; readonly hashes: Uint8Array[] };

export function newFrontier(): Frontier {
  return { size: 0, hashes: [] };
}

/** A perfect subtree of 2^height leaves that has just become complete; it is the `index`-th of its height. */
export type Completed = (height: number, index: number, hash: Uint8Array) => void;

/** Appends one leaf hash in place; amortised two hashes. `completed` hears of each perfect subtree above the leaf. */
export function pushLeaf(frontier: Frontier, leaf: Uint8Array, completed?: Completed): void {
  let hash = leaf;
  let index = frontier.size;
  for (let height = 1; index % 2 === 1; height += 1) {
    const left = frontier.hashes.pop();
    if (left === undefined) throw new Error('the frontier has fewer hashes than its size needs');
    hash = nodeHash(left, hash);
    index = (index - 1) / 2;
    completed?.(height, index, hash);
  }
  frontier.hashes.push(hash);
  frontier.size += 1;
}

/** MTH(D[size]) of RFC 6962. */
export function frontierRoot(frontier: Frontier): Uint8Array {
  return foldRight(frontier.hashes) ?? emptyRoot;
}

/** Folds perfect subtrees, largest first, into the root over them all. */
export function foldRight(hashes: readonly Uint8Array[]): Uint8Array | undefined {
  let root: Uint8Array | undefined;
  for (let i = hashes.length - 1; i >= 0; i -= 1) {
    const hash = hashes[i];
    if (hash !== undefined) root = root === undefined ? hash : nodeHash(hash, root);
  }
  return root;
}

/** How many hashes the frontier of a tree of `size` leaves has. */
export function popCount(size: number): number {
  let count = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2;
  return count;
}

/** The root over leaf hashes that are all at hand. */
export function rootOf(leaves: readonly Uint8Array[]): Uint8Array {
  const frontier = newFrontier();
  for (const leaf of leaves) pushLeaf(frontier, leaf);
  return frontierRoot(frontier);
}

/** Whether an inclusion proof holds (RFC 9162 §2.1.3.2). */
export function verifyInclusion(claim: {
  leafIndex: number;
  treeSize: number;
  leaf: Uint8Array;
  root: Uint8Array;
  hashes: readonly Uint8Array[];
}): boolean {
  if (!isSize(claim.leafIndex) || !isSize(claim.treeSize) || claim.leafIndex >= claim.treeSize) return false;
  let fn = claim.leafIndex;
  let sn = claim.treeSize - 1;
  let hash = claim.leaf;
  for (const sibling of claim.hashes) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      hash = nodeHash(sibling, hash);
      while (fn % 2 === 0 && fn !== 0) {
        fn /= 2;
        sn = Math.floor(sn / 2);
      }
    } else {
      hash = nodeHash(hash, sibling);
    }
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 && equalBytes(hash, claim.root);
}

/** Whether a consistency proof holds (RFC 9162 §2.1.4.2): the first tree is a prefix of the second. */
export function verifyConsistency(claim: {
  first: number;
  second: number;
  firstRoot: Uint8Array;
  secondRoot: Uint8Array;
  hashes: readonly Uint8Array[];
}): boolean {
  const { first, second, firstRoot, secondRoot } = claim;
  if (!isSize(first) || !isSize(second) || first > second) return false;
  if (first === second) return claim.hashes.length === 0 && equalBytes(firstRoot, secondRoot);
  if (first === 0) return claim.hashes.length === 0 && equalBytes(firstRoot, emptyRoot);
  const path = popCount(first) === 1 ? [firstRoot, ...claim.hashes] : [...claim.hashes];
  const seed = path.shift();
  if (seed === undefined) return false;
  let fn = first - 1;
  let sn = second - 1;
  while (fn % 2 === 1) {
    fn = (fn - 1) / 2;
    sn = Math.floor(sn / 2);
  }
  let fr = seed;
  let sr = seed;
  for (const hash of path) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      fr = nodeHash(hash, fr);
      sr = nodeHash(hash, sr);
      while (fn % 2 === 0 && fn !== 0) {
        fn /= 2;
        sn = Math.floor(sn / 2);
      }
    } else {
      sr = nodeHash(sr, hash);
    }
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 && equalBytes(fr, firstRoot) && equalBytes(sr, secondRoot);
}

function isSize(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
