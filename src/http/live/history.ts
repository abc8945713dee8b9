import { comparePlaces, type Place } from '../../contract/live.ts';
import type { Reader } from '../../storage/db.ts';
import { latestSeq, type OutboxEvent, readEvents } from '../../storage/outbox.ts';
import { type Frame, frameOf } from './frame.ts';
import type { LiveMapper } from './mapping.ts';

export type History = {
  /** The newest outbox sequence number that has been told. */
  head(): number;
  /** Frames of events after the head; the head moves to the last of them. */
  advance(events: readonly OutboxEvent[]): Promise<readonly Frame[]>;
  /** Frames after a place up to the head, in order; undefined where that is too far back, or is no place of this house. */
  after(place: Place): Promise<readonly Frame[] | undefined>;
};

const BATCH = 500;

/**
 * What the channel told lately: frames of at most `keep` outbox events in memory, made from the outbox where a place lies before them (once,
 * however many come back together after a restart).
 */
export function makeHistory(options: {
  readonly read: Reader;
  readonly map: LiveMapper;
  readonly head: number;
  readonly keep: number;
}): History {
  const { read, map, keep } = options;
  let head = options.head;
  /** Every event with a number above it and up to the head is in `kept`. */
  let floor = options.head;
  let kept: Frame[] = [];
  let extending: Promise<void> = Promise.resolve();

  const framesOf = async (events: readonly OutboxEvent[]): Promise<Frame[]> => {
    const frames: Frame[] = [];
    for (const event of events) {
      const told = await map(event, read);
      told.forEach((each, index) => frames.push(frameOf(each, { seq: event.seq, index })));
    }
    return frames;
  };

  /** Makes the frames of what lies between `seq` and the floor; false where that has been removed or is too much. */
  async function extend(seq: number): Promise<boolean> {
    if (head - seq > keep) return false;
    const oldest = await readEvents(read, { after: 0, limit: 1 });
    // What was removed before the oldest cannot be told from a number that a transaction gave back.
    if ((oldest[0]?.seq ?? Infinity) > seq + 1) return false;
    const frames: Frame[] = [];
    for (let from = seq; from < floor;) {
      const events = (await readEvents(read, { after: from, limit: BATCH })).filter(
        (event) => event.seq <= floor,
      );
      const last = events.at(-1);
      if (last === undefined) break;
      frames.push(...(await framesOf(events)));
      from = last.seq;
    }
    kept = [...frames, ...kept];
    floor = seq;
    return true;
  }

  return {
    head: () => head,
    advance: async (events) => {
      const frames = await framesOf(events.filter((event) => event.seq > head));
      head = Math.max(head, events.at(-1)?.seq ?? head);
      kept.push(...frames);
      if (head - floor > keep * 2) {
        floor = head - keep;
        kept = kept.filter((frame) => (frame.place?.seq ?? 0) > floor);
      }
      return frames;
    },
    after: async (place) => {
      // Another node may have told what this one has yet to read. What nobody has told is of another house, or of this one before a backup took
      // its place: whoever waits there would hear nothing.
      if (place.seq > head && place.seq > Math.max(await latestSeq(read), head)) return undefined;
      // One after the other: who waits behind a longer way back finds it made.
      // Within the events of a number: that number is needed, too.
      const from = place.index === Infinity ? place.seq : place.seq - 1;
      const turn = extending.then(async () => from >= floor || place.seq > head || (await extend(from)));
      extending = turn.then(
        () => undefined,
        () => undefined,
      );
      if (!(await turn)) return undefined;
      let low = 0;
      let high = kept.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        const at = kept[middle]?.place;
        if (at !== undefined && comparePlaces(at, place) <= 0) low = middle + 1;
        else high = middle;
      }
      return kept.slice(low);
    },
  };
}
