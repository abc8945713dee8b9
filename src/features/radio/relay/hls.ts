import type { FeedSink } from '../air/feed.ts';
import { makeProbingCutter } from '../frames/cutter.ts';
import { makePacer } from './pacer.ts';
import { pause, type RelayTools } from './tools.ts';
import { audioOfTransportStream } from './transport-stream.ts';

const PLAYLIST_BYTES = 2_000_000;
const SEGMENT_BYTES = 10_000_000;

type Media = {
  readonly first: number;
  readonly target: number;
  readonly uris: readonly string[];
  readonly over: boolean;
};

/** Follows a live playlist of packed audio or transport streams; segments are asked for once each. */
export async function followHls(
  url: string,
  { sink, tools, signal }: { sink: FeedSink; tools: RelayTools; signal: AbortSignal },
): Promise<void> {
  const read = async (address: string, maxBytes: number): Promise<{ url: string; body: Buffer }> => {
    const answer = await tools.outbound.fetch(address, { maxBytes });
    if (answer.status !== 200) throw new Error(`${address} answers ${answer.status}`);
    return { url: answer.url, body: Buffer.from(answer.body) };
  };
  let playlist = await read(url, PLAYLIST_BYTES);
  const variant = bestVariant(playlist.body.toString('utf8'));
  let address = playlist.url;
  if (variant !== undefined) {
    address = new URL(variant, playlist.url).href;
    playlist = await read(address, PLAYLIST_BYTES);
  }
  const cutter = makeProbingCutter();
  const pacer = makePacer((frames) => sink.frames(frames), tools.now);
  let next: number | undefined;
  try {
    while (!signal.aborted) {
      const media = parseMedia(playlist.body.toString('utf8'));
      if (media === undefined)
        throw new Error(`${address} is no media playlist of packed audio or transport streams`);
      // A newcomer begins three segments from the end (RFC 8216 §6.3.3).
      const end = media.first + media.uris.length;
      if (next === undefined || next < media.first || next > end) next = Math.max(media.first, end - 3);
      for (; next < end && !signal.aborted; next += 1) {
        const uri = media.uris[next - media.first];
        if (uri === undefined) break;
        const { body } = await read(new URL(uri, playlist.url).href, SEGMENT_BYTES);
        pacer.push(cutter.push(body[0] === 0x47 ? audioOfTransportStream(body) : body));
        if (cutter.hopeless) throw new Error(`${address} has neither MP3 nor AAC in its segments`);
      }
      if (media.over) {
        await pause(pacer.queuedMs, signal);
        return;
      }
      await pause(Math.max(1000, media.target * 500), signal);
      if (!signal.aborted) playlist = await read(address, PLAYLIST_BYTES);
    }
  } finally {
    pacer.stop();
  }
}

/** The variant with the most bits that sound alone may need; undefined for a media playlist. */
export function bestVariant(text: string): string | undefined {
  const lines = text.split(/\r?\n/);
  const found: { uri: string; bits: number }[] = [];
  for (const [n, line] of lines.entries()) {
    const bits = /^#EXT-X-STREAM-INF:.*?\bBANDWIDTH=(\d+)/.exec(line)?.[1];
    const uri = lines.slice(n + 1).find((after) => after !== '' && !after.startsWith('#'));
    if (bits !== undefined && uri !== undefined) found.push({ uri, bits: Number(bits) });
  }
  const fitting = found.filter(({ bits }) => bits <= 400_000);
  const chosen = (fitting.length > 0 ? fitting : found).toSorted((a, b) =>
    fitting.length > 0 ? b.bits - a.bits : a.bits - b.bits,
  );
  return chosen[0]?.uri;
}

export function parseMedia(text: string): Media | undefined {
  const lines = text.split(/\r?\n/);
  if (!text.startsWith('#EXTM3U') || !lines.some((line) => line.startsWith('#EXT-X-TARGETDURATION:')))
    return undefined;
  // Encrypted segments and fragments of MP4 would need keys and a demuxer of their own.
  if (lines.some((line) => /^#EXT-X-KEY:(?!.*METHOD=NONE)|^#EXT-X-MAP:/.test(line))) return undefined;
  const number = (name: string): number =>
    Number(lines.find((line) => line.startsWith(`#${name}:`))?.split(':')[1] ?? 0);
  return {
    first: number('EXT-X-MEDIA-SEQUENCE'),
    target: number('EXT-X-TARGETDURATION') || 6,
    uris: lines.filter((line) => line !== '' && !line.startsWith('#')),
    over: lines.includes('#EXT-X-ENDLIST'),
  };
}
