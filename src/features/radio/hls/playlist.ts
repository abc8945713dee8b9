import { secondsOf, type Segment, TARGET_SECONDS } from '../store/segment.ts';

/** How many segments a live playlist names: players start three from its end. */
const LIVE_SEGMENTS = 10;
/** A delta update leaves out what is older than this (RFC 8216bis §4.4.3.8 asks for six target durations at least). */
const SKIP_SECONDS = 6 * TARGET_SECONDS;

/**
 * The newest segments. Once there is enough of a new coding, those of the old one are left out: some players refuse a playlist with both.
 * Never less than three target durations, which a server must not go below (RFC 8216 §6.2.2).
 */
export function liveSegments(segments: readonly Segment[]): readonly Segment[] {
  const newest = segments.slice(-LIVE_SEGMENTS);
  const format = newest.at(-1)?.run.info.format;
  const own = newest.slice(newest.findLastIndex((segment) => segment.run.info.format !== format) + 1);
  const seconds = own.reduce((all, segment) => all + secondsOf(segment), 0);
  return seconds >= 3 * TARGET_SECONDS ? own : newest;
}

/** File name of a segment: its number and, so that no cache can take one for another, its time. */
export function segmentName(segment: Segment): string {
  const extension = segment.run.info.format === 'opus' ? 'm4s' : segment.run.info.format;
  return `${segment.seq}-${segment.at.toString(36)}.${extension}`;
}

export function parseSegmentName(name: string): { seq: number; at: number } | undefined {
  const match = /^(\d{1,15})-([0-9a-z]{1,12})\.(?:mp3|aac|m4s)$/.exec(name);
  return match === null ? undefined : { seq: Number(match[1]), at: Number.parseInt(match[2] ?? '', 36) };
}

/** File name of the initialisation segment of an Opus run. */
export const initName = (segment: Segment): string => `init-${segment.run.name}.mp4`;

export type PlaylistOptions = {
  /** Leaves out segments that the player has (`_HLS_skip=YES`). */
  readonly skip?: boolean;
};

/** A media playlist of these segments (RFC 8216 §4.3, and of 8216bis: EXT-X-GAP, EXT-X-SKIP). */
export function mediaPlaylist(segments: readonly Segment[], options: PlaylistOptions = {}): string {
  const [first] = segments;
  const total = segments.reduce((all, segment) => all + secondsOf(segment), 0);
  const canSkip = total > 2 * SKIP_SECONDS;
  const skipped = canSkip && options.skip === true ? skippable(segments, total) : 0;
  const opus = segments.some((segment) => segment.run.info.format === 'opus');
  const lines = [
    '#EXTM3U',
    `#EXT-X-VERSION:${skipped > 0 ? 9 : opus ? 7 : 6}`,
    `#EXT-X-TARGETDURATION:${TARGET_SECONDS}`,
    `#EXT-X-MEDIA-SEQUENCE:${first?.seq ?? 0}`,
    `#EXT-X-DISCONTINUITY-SEQUENCE:${first?.discontinuity ?? 0}`,
    ...(canSkip ? [`#EXT-X-SERVER-CONTROL:CAN-SKIP-UNTIL=${SKIP_SECONDS.toFixed(1)}`] : []),
    ...(skipped > 0 ? [`#EXT-X-SKIP:SKIPPED-SEGMENTS=${skipped}`] : []),
  ];
  let before: Segment | undefined = segments[skipped - 1];
  let map = before === undefined ? '' : mapOf(before);
  for (const segment of segments.slice(skipped)) {
    if (before !== undefined && before.discontinuity !== segment.discontinuity)
      lines.push('#EXT-X-DISCONTINUITY');
    const ownMap = mapOf(segment);
    if (ownMap !== map && ownMap !== '') lines.push(ownMap);
    map = ownMap;
    lines.push(`#EXT-X-PROGRAM-DATE-TIME:${new Date(segment.at).toISOString()}`);
    if (segment.place === 'lost') lines.push('#EXT-X-GAP');
    lines.push(`#EXTINF:${secondsOf(segment).toFixed(5)},`, segmentName(segment));
    before = segment;
  }
  return `${lines.join('\n')}\n`;
}

function mapOf(segment: Segment): string {
  return segment.run.info.format === 'opus' ? `#EXT-X-MAP:URI="${initName(segment)}"` : '';
}

function skippable(segments: readonly Segment[], total: number): number {
  let left = total;
  let count = 0;
  for (const segment of segments) {
    left -= secondsOf(segment);
    if (left < SKIP_SECONDS) break;
    count += 1;
  }
  return count;
}

export type Variant = {
  readonly uri: string;
  /** Peak and average, bit/s. */
  readonly bandwidth: number;
  readonly average: number;
  readonly codec: string;
};

/** The multivariant playlist: the same sound at each bit rate, the encoder's own first. */
export function multivariantPlaylist(variants: readonly Variant[]): string {
  const lines = ['#EXTM3U', '#EXT-X-VERSION:6', '#EXT-X-INDEPENDENT-SEGMENTS'];
  for (const { uri, bandwidth, average, codec } of variants)
    lines.push(
      `#EXT-X-STREAM-INF:BANDWIDTH=${Math.ceil(bandwidth)},AVERAGE-BANDWIDTH=${Math.ceil(average)},CODECS="${codec}"`,
      uri,
    );
  return `${lines.join('\n')}\n`;
}

/** Peak and average of what the segments take, bit/s; what a playlist of many bit rates says of each. */
export function bandwidthOf(segments: readonly Segment[]): { bandwidth: number; average: number } {
  const rates = segments.map((segment) => ((segment.length + 90) * 8) / secondsOf(segment));
  const bits = segments.reduce((all, segment) => all + (segment.length + 90) * 8, 0);
  const seconds = segments.reduce((all, segment) => all + secondsOf(segment), 0);
  return { bandwidth: Math.max(1, ...rates), average: seconds === 0 ? 1 : bits / seconds };
}
