import type { FileHandle } from 'node:fs/promises';
import { Problem } from '../../../base/problem.ts';
import { readAt, zero } from './bytes.ts';
import { withoutExif } from './cover.ts';
import { isPublicName } from './names.ts';

/** Boxes in which others are looked for. */
const INSIDE = new Set(['moov', 'udta', 'mdia', 'minf', 'moof', 'traf']);
const list = (names: string): ReadonlySet<string> => new Set(names.replaceAll('(c)', '\u00a9').split('|'));
/** User data for the public: title, artist, album, rights, date, genre, chapters, and what a player needs. */
const USER = list(
  'meta|(c)nam|(c)ART|(c)alb|(c)day|(c)gen|(c)aut|(c)wrt|(c)com|(c)cpy|(c)pub|(c)dir|(c)prd|(c)PRD|(c)key|(c)too|(c)enc|' +
    'titl|dscp|cprt|perf|auth|gnre|albm|yrrc|kywd|rtng|clsf|chpl|name|kind|ludt|hnti|hinf|tsel|hint',
);
/** The same of iTunes' list. */
const ITEMS = list(
  '(c)nam|(c)ART|aART|(c)alb|(c)day|(c)gen|gnre|trkn|disk|cprt|(c)wrt|(c)com|(c)too|(c)enc|(c)lyr|(c)cpy|(c)pub|(c)dir|' +
    '(c)prd|(c)key|desc|ldes|sdes|tvsh|tven|tvsn|tves|tvnn|pcst|catg|keyw|stik|cpil|pgap|tmpo|rtng|hdvd|sonm|soar|soal|soaa|soco|sosn',
);
/** `uuid` boxes that are played or vouch: C2PA, spherical video, fragments' times and keys. XMP and makers' own are not among them. */
const UUIDS = new Set([
  'd8fec3d61b0e483c92975828877ec481',
  'ffcc82638855f4a93814587a02521fdd',
  'ffcc8263f8554a938814587a02521fdd',
  '6d1d9b0542d544e680e2141daff757b2',
  'd4807ef2ca3946958e5426cb9e46a79f',
  'a2394f525a9b4f14a2446c427c648df4',
  'd08a4f1810f34a82b6c832d8aba183d3',
]);
/** Tracks of metadata that run beside the film: positions and movements of telephones, drones and cameras. */
const RECORDED = new Set(['meta', 'camm', 'gpmd']);
const MAX_BOXES = 200_000;
const MAX_PART = 64_000_000;

/**
 * Takes out of an MP4 or QuickTime file, in place, what is not for the public: such a box becomes `free` and its content zeros
 * (ISO 14496-12 §8.1.2), so that no offset in the file moves. @throws Problem `unsupported` for more boxes than a film has
 */
export async function cleanMp4(handle: FileHandle): Promise<void> {
  const { size } = await handle.stat();
  await visit(handle, { start: 0, end: size, parent: '', left: { boxes: MAX_BOXES } });
}

async function visit(
  handle: FileHandle,
  part: { start: number; end: number; parent: string; left: { boxes: number } },
): Promise<void> {
  for (let at = part.start; at + 8 <= part.end;) {
    if ((part.left.boxes -= 1) < 0)
      throw new Problem(
        'unsupported',
        'The film has more parts than can be looked through.',
        'Export it anew.',
      );
    const head = await readAt(handle, at, 16);
    const type = head.toString('latin1', 4, 8);
    const short = head.readUInt32BE(0);
    // QuickTime ends user data with a zero; elsewhere it means: to the end.
    if (short === 0 && part.parent === 'udta') return;
    const header = short === 1 ? 16 : 8;
    const said = short === 1 ? Number(head.readBigUInt64BE(8)) : short === 0 ? part.end - at : short;
    if (said < header) return;
    const length = Math.min(said, part.end - at);
    const inner = { start: at + header, end: at + length };
    if (await isPrivate(handle, { type, parent: part.parent, ...inner })) await blank(handle, at, inner);
    else if (INSIDE.has(type) || type === 'trak')
      await visit(handle, { ...inner, parent: type, left: part.left });
    at += length;
  }
}

/** Whether a box goes as a whole; of those that stay, private items are blanked. */
async function isPrivate(
  handle: FileHandle,
  box: { type: string; parent: string; start: number; end: number },
): Promise<boolean> {
  const { type, parent, start, end } = box;
  if (parent === 'udta' && !USER.has(type)) return true;
  if (type === 'uuid') return !UUIDS.has((await readAt(handle, start, 16)).toString('hex'));
  if (type !== 'meta' && type !== 'trak') return false;
  if (end - start > MAX_PART) return true;
  const content = await readAt(handle, start, end - start);
  if (type === 'trak') return forgetRecorded(handle, content);
  const kept = publicMeta(content);
  if (kept === undefined) return true;
  if (!kept.equals(content)) await handle.write(kept, 0, kept.length, start);
  return false;
}

type Box = { readonly type: string; readonly at: number; readonly start: number; readonly end: number };

function boxesIn(bytes: Buffer, start = 0, end = bytes.length): Box[] {
  const found: Box[] = [];
  for (let at = start; at + 8 <= end;) {
    const length = bytes.readUInt32BE(at) || end - at;
    if (length < 8 || at + length > end) break;
    found.push({ type: bytes.toString('latin1', at + 4, at + 8), at, start: at + 8, end: at + length });
    at += length;
  }
  return found;
}

/** A `meta` box's content of the same length with public items alone; undefined for a kind that is not known. */
function publicMeta(content: Buffer): Buffer | undefined {
  // QuickTime's has no version and flags before its boxes.
  const start = content.toString('latin1', 4, 8) === 'hdlr' ? 0 : 4;
  const boxes = boxesIn(content, start);
  const handler = boxes.find(({ type }) => type === 'hdlr');
  const kind = handler === undefined ? '' : content.toString('latin1', handler.start + 8, handler.start + 12);
  if (kind !== 'mdir' && kind !== 'mdta') return undefined;
  const cleaned = Buffer.from(content);
  const keys =
    kind === 'mdta'
      ? keysIn(
          cleaned,
          boxes.find(({ type }) => type === 'keys'),
        )
      : [];
  for (const box of boxes) {
    if (box.type !== 'ilst') {
      if (!['hdlr', 'keys', 'free', 'skip'].includes(box.type)) blankIn(cleaned, box);
      continue;
    }
    for (const item of boxesIn(cleaned, box.start, box.end)) {
      const public_ =
        kind === 'mdta'
          ? isPublicName(keys[cleaned.readUInt32BE(item.at + 4) - 1] ?? '')
          : ITEMS.has(item.type) || (item.type === '----' && isPublicName(freeFormName(cleaned, item)));
      if (item.type === 'covr') {
        const cover = withoutExif(cleaned.subarray(item.start, item.end));
        if (cover === undefined) blankIn(cleaned, item);
        else cover.copy(cleaned, item.start);
      } else if (!public_) blankIn(cleaned, item);
    }
  }
  return cleaned;
}

/** The names in a box of keys, in order; each is a box whose type is its namespace. */
function keysIn(content: Buffer, keys: Box | undefined): string[] {
  if (keys === undefined) return [];
  return boxesIn(content, keys.start + 8, keys.end).map(({ start, end }) =>
    content.toString('utf8', start, end),
  );
}

function freeFormName(content: Buffer, item: Box): string {
  const name = boxesIn(content, item.start, item.end).find(({ type }) => type === 'name');
  return name === undefined ? '' : content.toString('utf8', name.start + 4, name.end);
}

function blankIn(content: Buffer, { at, start, end }: Box): void {
  content.write('free', at + 4, 'latin1');
  content.fill(0, start, end);
}

async function blank(
  handle: FileHandle,
  at: number,
  { start, end }: { start: number; end: number },
): Promise<void> {
  await handle.write(Buffer.from('free'), 0, 4, at + 4);
  await zero(handle, start, end - start);
}

/** Blanks what a track of recorded positions holds. False for a track of picture, sound or text. */
async function forgetRecorded(handle: FileHandle, trak: Buffer): Promise<boolean> {
  const within = (box: Box | undefined, name: string): Box | undefined =>
    box === undefined ? undefined : boxesIn(trak, box.start, box.end).find(({ type }) => type === name);
  const mdia = boxesIn(trak).find(({ type }) => type === 'mdia');
  const hdlr = within(mdia, 'hdlr');
  if (hdlr === undefined || !RECORDED.has(trak.toString('latin1', hdlr.start + 8, hdlr.start + 12)))
    return false;
  const stbl = within(within(mdia, 'minf'), 'stbl');
  const [sizes, chunks] = [within(stbl, 'stsz'), within(stbl, 'stsc')];
  const offsets = within(stbl, 'stco') ?? within(stbl, 'co64');
  if (sizes === undefined || chunks === undefined || offsets === undefined) return true;
  const wide = offsets.type === 'co64' ? 8 : 4;
  const number = (at: number): number => (at + 4 <= trak.length ? trak.readUInt32BE(at) : 0);
  const same = number(sizes.start + 4);
  const [samples, runs, count] = [
    number(sizes.start + 8),
    number(chunks.start + 4),
    number(offsets.start + 4),
  ];
  let { size: left } = await handle.stat();
  let sample = 0;
  let run = 0;
  for (let chunk = 0; chunk < count; chunk += 1) {
    const at = offsets.start + 8 + chunk * wide;
    if (at + wide > offsets.end) break;
    const runAt = (index: number): number => chunks.start + 8 + index * 12;
    while (run + 1 < runs && number(runAt(run + 1)) <= chunk + 1) run += 1;
    const end = Math.min(samples, sample + number(runAt(run) + 4));
    let length = same * (end - sample);
    for (; sample < end; sample += 1) length += same === 0 ? number(sizes.start + 12 + sample * 4) : 0;
    left -= length;
    if (left < 0)
      throw new Problem('unsupported', 'The film says that it is larger than it is.', 'Export it anew.');
    await zero(handle, wide === 8 ? Number(trak.readBigUInt64BE(at)) : number(at), length);
  }
  return true;
}
