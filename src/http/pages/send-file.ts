import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { audienceOf, freshFor, IMMUTABLE, securityHeaders } from '../headers.ts';
import { type ByteRange, matchesTag, readRange } from './conditional.ts';
import type { FileAnswer } from './page-route.ts';

/**
 * Streams a stored file: 200, 206 for one range (RFC 9110 §14), 304, 416; its digest is its strong ETag and its address names its bytes, so
 * it never changes. Rejects when the file cannot be opened and nothing was sent; a reader that goes away ends it quietly.
 */
export async function sendFile(
  req: IncomingMessage,
  res: ServerResponse,
  options: { answer: FileAnswer; https: boolean },
): Promise<void> {
  const { file, headers = {} } = options.answer;
  const etag = `"${file.digest}"`;
  const cache = file.freshMs === undefined ? IMMUTABLE : freshFor(file.freshMs);
  const validators = ['ETag', etag, 'Cache-Control', cache, 'Accept-Ranges', 'bytes'];
  const none = req.headers['if-none-match'];
  if (none !== undefined && matchesTag(none, etag)) {
    res.writeHead(304, validators).end();
    return;
  }
  const common = [
    ...validators,
    ...Object.entries(headers).flat(),
    ...securityHeaders(audienceOf(file.contentType), options.https),
  ];
  const range = chosenRange(req, { etag, size: file.size });
  if (range === 'unsatisfiable') {
    res.writeHead(416, ['Content-Range', `bytes */${file.size}`, 'Content-Length', '0', ...common]).end();
    return;
  }
  const part = range === 'whole' ? undefined : range;
  const length = part === undefined ? file.size : part.end - part.start + 1;
  const head = ['Content-Type', file.contentType, 'Content-Length', String(length), ...common];
  if (part !== undefined) head.push('Content-Range', `bytes ${part.start}-${part.end}/${file.size}`);
  const status = part === undefined ? 200 : 206;
  if (req.method === 'HEAD' || length === 0) {
    res.writeHead(status, head).end();
    return;
  }
  const bytes = await file.open(part);
  res.writeHead(status, head);
  try {
    await pipeline(Readable.from(bytes, { objectMode: false }), res);
  } catch (cause) {
    // The head is out: breaking the connection is the only way left to say that the rest is missing.
    res.destroy();
    if (!isHangUp(cause)) throw cause;
  }
}

/** A range counts only for GET, and with If-Range only while the file is the one the reader has part of. */
function chosenRange(
  req: IncomingMessage,
  file: { etag: string; size: number },
): ByteRange | 'whole' | 'unsatisfiable' {
  if (req.method !== 'GET') return 'whole';
  const ifRange = req.headers['if-range'];
  if (ifRange !== undefined && ifRange !== file.etag) return 'whole';
  return readRange(req.headers.range, file.size);
}

function isHangUp(cause: unknown): boolean {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ECONNRESET' || code === 'EPIPE';
}
