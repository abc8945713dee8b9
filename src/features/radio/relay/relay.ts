import type { Feed, FeedSink } from '../air/feed.ts';
import { makeProbingCutter } from '../frames/cutter.ts';
import { makeUnframer, framingOf } from '../source/body.ts';
import { endOfHead, parseHeaders } from '../source/head.ts';
import { splitSong } from '../source/metadata.ts';
import { followHls } from './hls.ts';
import { makeIcyReader } from './icy-reader.ts';
import { pause, type RelayTools } from './tools.ts';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;
/** A stream that says nothing for so long is left and opened again. */
const SILENCE_MS = 10_000;
const MAX_REDIRECTS = 3;

/** Plays an Icecast, Shoutcast or HLS address, and comes back to it for ever. */
export function startRelay(
  url: string,
  { sink, tools }: { readonly sink: FeedSink; readonly tools: RelayTools },
): Feed {
  const stopping = new AbortController();
  const { signal } = stopping;
  void (async () => {
    for (let wait = FIRST_WAIT_MS; !signal.aborted; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
      const begun = tools.now();
      try {
        const isHls = /\.m3u8(?:$|\?)/.test(url);
        await (isHls ? followHls(url, { sink, tools, signal }) : follow(url, { sink, tools, signal }));
      } catch (cause) {
        if (!signal.aborted) sink.over(cause instanceof Error ? cause.message : String(cause));
      }
      // What held for a while was no refusal: it is asked again at once.
      if (tools.now() - begun > 20_000) wait = FIRST_WAIT_MS;
      await pause(wait, signal);
    }
  })();
  return { kind: 'relay', stop: () => stopping.abort() };
}

type Following = { sink: FeedSink; tools: RelayTools; signal: AbortSignal };

async function follow(first: string, { sink, tools, signal }: Following): Promise<void> {
  let url = first;
  for (let hop = 0; ; hop += 1) {
    const next = await listen(url, { sink, tools, signal });
    if (next === undefined) return;
    if (hop === MAX_REDIRECTS) throw new Error(`${first} redirects more than ${MAX_REDIRECTS} times`);
    url = new URL(next, url).href;
  }
}

/** Listens to one address until it ends; the address that it sends on to, or undefined. */
async function listen(url: string, { sink, tools, signal }: Following): Promise<string | undefined> {
  const target = new URL(url);
  const socket = await tools.dial(url);
  const stop = (): void => void socket.destroy();
  signal.addEventListener('abort', stop);
  let watch: NodeJS.Timeout | undefined;
  const alive = (): void => {
    clearTimeout(watch);
    watch = setTimeout(() => socket.destroy(new Error(`${url} fell silent`)), SILENCE_MS);
  };
  try {
    alive();
    // HTTP/1.0, so that nothing is chunked; a Shoutcast server takes no other.
    socket.write(
      `GET ${target.pathname}${target.search} HTTP/1.0\r\nHost: ${target.host}\r\nUser-Agent: Dateline\r\nAccept: */*\r\nIcy-MetaData: 1\r\nConnection: close\r\n\r\n`,
    );
    let head: Buffer = Buffer.alloc(0);
    let push: ((chunk: Buffer) => boolean) | undefined;
    for await (const chunk of socket as AsyncIterable<Buffer>) {
      alive();
      if (push !== undefined) {
        if (!push(chunk)) return undefined;
        continue;
      }
      head = Buffer.concat([head, chunk]);
      const end = endOfHead(head);
      if (end === undefined) {
        if (head.length > 16_384) throw new Error(`${url} answers with too long a head`);
        continue;
      }
      const answer = parseAnswer(head.toString('latin1', 0, end.at));
      if (answer === undefined) throw new Error(`${url} does not speak HTTP`);
      if (answer.status >= 300 && answer.status < 400 && answer.headers['location'] !== undefined)
        return answer.headers['location'];
      if (answer.status !== 200) throw new Error(`${url} answers ${answer.status}`);
      push = soundOf(answer.headers, sink);
      if (!push(head.subarray(end.after))) return undefined;
    }
    return undefined;
  } finally {
    clearTimeout(watch);
    signal.removeEventListener('abort', stop);
    socket.destroy();
  }
}

function parseAnswer(text: string): { status: number; headers: Record<string, string> } | undefined {
  const [line = '', ...rest] = text.split('\n');
  const status = /^(?:HTTP\/1\.[01]|ICY) (\d{3})/.exec(line)?.[1];
  const headers = parseHeaders(rest.join('\n'));
  return status === undefined || headers === undefined ? undefined : { status: Number(status), headers };
}

/** Bytes of the answer in, frames and titles out; false when the body is over. */
function soundOf(headers: Record<string, string>, sink: FeedSink): (chunk: Buffer) => boolean {
  const cutter = makeProbingCutter();
  const framing = framingOf('GET', headers) ?? { kind: 'endless' };
  const unframer = makeUnframer(framing);
  const interval = Number(headers['icy-metaint']);
  const icy =
    Number.isInteger(interval) && interval > 0 && interval < 1_000_000
      ? makeIcyReader(interval, (title) => sink.title(splitSong(title)))
      : undefined;
  let tags = '';
  return (chunk) => {
    const { sound, over } = unframer.push(chunk);
    for (const piece of sound)
      for (const bytes of icy?.push(piece) ?? [piece]) {
        sink.frames(cutter.push(bytes));
        const { title = '', artist = '' } = cutter.tags ?? {};
        if (`${artist}\0${title}` !== tags && title !== '') {
          tags = `${artist}\0${title}`;
          sink.title({ artist, title });
        }
      }
    if (cutter.hopeless) throw new Error('the address sends neither MP3 nor AAC nor Ogg Opus');
    return !over;
  };
}
