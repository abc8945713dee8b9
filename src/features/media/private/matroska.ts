import type { FileHandle } from 'node:fs/promises';
import { Problem } from '../../../base/problem.ts';
import { readAt, stepReader, zero } from './bytes.ts';
import { isPublicName } from './names.ts';

const ID = {
  segment: 0x18538067,
  cluster: 0x1f43b675,
  information: 0x1549a966,
  attachments: 0x1941a469,
  tags: 0x1254c367,
  tag: 0x7373,
  simpleTag: 0x67c8,
  tagName: 0x45a3,
  checksum: 0xbf,
};
/** Names of this file and of those before and after it. */
const FILE_NAMES = new Set([0x7384, 0x3c83ab, 0x3e83bb]);
const MAX_ELEMENTS = 5_000_000;

type Element = { readonly id: number; readonly at: number; readonly start: number; readonly end: number };

/** Takes out of a WebM file tags that are not for the public, attachments and file names: they become `Void` of the same length (RFC 8794). @throws Problem `unsupported` */
export async function cleanMatroska(handle: FileHandle): Promise<void> {
  const { size } = await handle.stat();
  const read = stepReader(handle);
  let seen = 0;
  for (let at = 0; at < size; seen += 1) {
    if (seen > MAX_ELEMENTS)
      throw new Problem(
        'unsupported',
        'The film has more parts than can be looked through.',
        'Export it anew.',
      );
    const element = await elementAt(read, at, size);
    if (element === undefined) return;
    const { id } = element;
    if (id === ID.attachments) await blank(handle, element);
    if (id === ID.tags || id === ID.information) await cleanInside(handle, element);
    // A live recording's segment and clusters may not know where they end: what they hold is looked at as if beside them.
    const open = id === ID.segment || (id === ID.cluster && element.end === size);
    at = open ? element.start : element.end;
  }
}

/** Whether anything in an element had to go. */
async function cleanInside(handle: FileHandle, parent: Element): Promise<boolean> {
  const children = await childrenOf(handle, parent);
  let changed = false;
  for (const child of children) {
    const goes =
      FILE_NAMES.has(child.id) || (child.id === ID.simpleTag && !isPublicName(await nameOf(handle, child)));
    if (goes) await blank(handle, child);
    if (goes || ((child.id === ID.tag || child.id === ID.simpleTag) && (await cleanInside(handle, child))))
      changed = true;
  }
  // A checksum would be of what was.
  const sum = children.find(({ id }) => id === ID.checksum);
  if (changed && sum !== undefined) await blank(handle, sum);
  return changed;
}

async function childrenOf(handle: FileHandle, parent: Element): Promise<Element[]> {
  const read = stepReader(handle);
  const found: Element[] = [];
  for (let at = parent.start; at < parent.end;) {
    const child = await elementAt(read, at, parent.end);
    if (child === undefined) break;
    found.push(child);
    at = child.end;
  }
  return found;
}

async function nameOf(handle: FileHandle, tag: Element): Promise<string> {
  const name = (await childrenOf(handle, tag)).find(({ id }) => id === ID.tagName);
  if (name === undefined) return '';
  return (await readAt(handle, name.start, Math.min(200, name.end - name.start))).toString('utf8');
}

async function elementAt(
  read: ReturnType<typeof stepReader>,
  at: number,
  limit: number,
): Promise<Element | undefined> {
  const head = await read(at, 12);
  const idWidth = Math.clz32(head[0] ?? 0) - 23;
  const sizeWidth = Math.clz32(head[idWidth] ?? 0) - 23;
  if (idWidth > 4 || sizeWidth > 8 || idWidth + sizeWidth > head.length) return undefined;
  const id = head.readUIntBE(0, idWidth);
  let size = BigInt((head[idWidth] ?? 0) & (0xff >> sizeWidth));
  for (let i = 1; i < sizeWidth; i += 1) size = (size << 8n) | BigInt(head[idWidth + i] ?? 0);
  const unknown = size === (1n << BigInt(7 * sizeWidth)) - 1n;
  const start = at + idWidth + sizeWidth;
  const end = unknown ? limit : Math.min(limit, start + Number(size));
  return { id, at, start, end };
}

/** Two bytes and more can be `Void`; its length is written in one byte or in eight. */
async function blank(handle: FileHandle, { at, end }: Element): Promise<void> {
  const total = end - at;
  if (total < 2) return;
  const head = total < 9 ? Buffer.from([0xec, 0x80 | (total - 2)]) : Buffer.alloc(9, 0xec);
  if (total >= 9) head.writeBigUInt64BE((1n << 56n) | BigInt(total - 9), 1);
  await handle.write(head, 0, head.length, at);
  await zero(handle, at + head.length, total - head.length);
}
