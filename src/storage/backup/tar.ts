/** POSIX tar in the `ustar` form (POSIX.1-2017, pax): any tar program unpacks a backup. */
export const BLOCK = 512;
const OCTAL_LIMIT = 8 ** 11;

export type TarEntry = { readonly name: string; readonly bytes: number };

/** The 512 bytes before an entry. Names here are ASCII and at most 100 bytes. */
export function tarHeader(entry: TarEntry & { mtime: number }): Buffer {
  const header = Buffer.alloc(BLOCK);
  if (Buffer.byteLength(entry.name) > 100) throw new Error(`too long a name for a tar entry: ${entry.name}`);
  header.write(entry.name, 0, 'ascii');
  header.write('0000600\0', 100, 'ascii');
  header.write('0000000\0', 108, 'ascii');
  header.write('0000000\0', 116, 'ascii');
  if (entry.bytes < OCTAL_LIMIT) header.write(`${entry.bytes.toString(8).padStart(11, '0')}\0`, 124, 'ascii');
  else {
    header[124] = 0x80; // Base-256, as GNU tar and libarchive write sizes from 8 GiB on.
    header.writeBigUInt64BE(BigInt(entry.bytes), 128);
  }
  header.write(`${Math.floor(entry.mtime).toString(8).padStart(11, '0')}\0`, 136, 'ascii');
  header.write('0', 156, 'ascii');
  header.write('ustar\0' + '00', 257, 'ascii');
  header.write(`${checksum(header).toString(8).padStart(6, '0')}\0 `, 148, 'ascii');
  return header;
}

/** Reads a header; undefined for bytes that are none. */
export function parseTarHeader(header: Buffer): TarEntry | undefined {
  if (header.length !== BLOCK || header.toString('ascii', 257, 262) !== 'ustar') return undefined;
  if (Number.parseInt(header.toString('ascii', 148, 154), 8) !== checksum(header)) return undefined;
  const end = header.indexOf(0);
  const name = header.toString('ascii', 0, Math.min(end === -1 ? 100 : end, 100));
  const bytes =
    header[124] === 0x80
      ? Number(header.readBigUInt64BE(128))
      : Number.parseInt(header.toString('ascii', 124, 135), 8);
  return Number.isSafeInteger(bytes) ? { name, bytes } : undefined;
}

/** How many zero bytes follow an entry's bytes. */
export function padding(bytes: number): number {
  return (BLOCK - (bytes % BLOCK)) % BLOCK;
}

/** The sum of the header's bytes, its own field read as blanks. */
function checksum(header: Buffer): number {
  let sum = 8 * 32;
  for (let i = 0; i < BLOCK; i += 1) if (i < 148 || i >= 156) sum += header[i] ?? 0;
  return sum;
}
