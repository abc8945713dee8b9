import { open } from 'node:fs/promises';
import { indexFile, readTail, segmentLine, tailSegments } from './run-file.ts';
import { endOf, ptsAfter, ptsOfTime, type Run, type Segment } from './segment.ts';

/** Gives the sound behind the last line of a run's index lines of its own: it was synced, but its segment never ended. */
export async function saveTail(given: {
  folder: string;
  run: Run;
  /** The run's last segment, and the last of the run before it. */
  last: Segment | undefined;
  before: Segment | undefined;
  /** The number of the very first segment. */
  first: number;
  /** How much of the index is whole and true. */
  indexBytes: number;
}): Promise<Segment[]> {
  const { folder, run, last, before, first, indexBytes } = given;
  const from = last === undefined ? 0 : last.offset + last.length;
  const pieces = await readTail(folder, { run, from });
  const seq = (last ?? before)?.seq;
  const after = {
    seq: seq === undefined ? first : seq + 1,
    discontinuity: last?.discontinuity ?? (before === undefined ? 0 : before.discontinuity + 1),
    at: last === undefined ? run.startedAt : endOf(last),
    pts:
      last === undefined
        ? ptsOfTime(run.startedAt)
        : ptsAfter(last.pts, { samples: last.samples, rate: run.info.rate }),
    offset: from,
  };
  const found = tailSegments(run, after, pieces);
  if (found.length === 0) return found;
  const index = await open(indexFile(folder, run.name), 'r+');
  try {
    // A line that was being written, or that promises sound which is not there, gives way.
    await index.truncate(indexBytes);
    await index.write(found.map(segmentLine).join(''), indexBytes);
    await index.datasync();
  } finally {
    await index.close();
  }
  return found;
}

/** Adds segments to a list; numbers that are missing in between were on the air and never reached the disk. */
export function listSegments(list: Segment[], more: readonly Segment[]): void {
  for (const segment of more) {
    const last = list.at(-1);
    if (last !== undefined && segment.seq <= last.seq) continue;
    for (let seq = last === undefined ? segment.seq : last.seq + 1; seq < segment.seq; seq += 1) {
      const before = list.at(-1);
      if (before === undefined) break;
      const pts = ptsAfter(before.pts, { samples: before.samples, rate: before.run.info.rate });
      list.push({ ...before, seq, at: Math.min(endOf(before), segment.at), pts, place: 'lost' });
    }
    list.push(segment);
  }
}
