import type { FileHandle } from 'node:fs/promises';

const STEP = 65_536;

/** So many bytes at a place, or as many as there are. */
export async function readAt(handle: FileHandle, at: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await handle.read(buffer, 0, length, at);
  return buffer.subarray(0, bytesRead);
}

/** Overwrites a part of a file with zeros; never makes it longer. */
export async function zero(handle: FileHandle, from: number, length: number): Promise<void> {
  const { size } = await handle.stat();
  const end = Math.min(size, from + length);
  const zeros = Buffer.alloc(Math.min(STEP, Math.max(0, end - from)));
  for (let at = from; at < end; at += zeros.length)
    await handle.write(zeros, 0, Math.min(zeros.length, end - at), at);
}

/** Reads a file from its beginning on, in large steps, for those who look at every small part of it. */
export function stepReader(handle: FileHandle): (at: number, length: number) => Promise<Buffer> {
  let start = 0;
  let held: Buffer = Buffer.alloc(0);
  return async (at, length) => {
    if (at < start || at + length > start + held.length) {
      start = at;
      held = await readAt(handle, at, Math.max(length, 4 * STEP));
    }
    return held.subarray(at - start, at - start + length);
  };
}
