import type { IncomingMessage, ServerResponse } from 'node:http';
import { encodingOf, matchesTag } from './conditional.ts';
import type { Entry, Variant } from './entry.ts';
import type { PageAnswer } from './page-route.ts';

/** Sends a page that is ready. The hot path: no allocation of ours, headers as one array made long ago. */
export function sendVariant(
  req: IncomingMessage,
  res: ServerResponse,
  ready: { entry: Entry; variant: Variant },
): void {
  const { entry, variant } = ready;
  const none = req.headers['if-none-match'];
  if (none !== undefined && entry.validated && matchesTag(none, variant.etag)) {
    res.writeHead(304, variant.notModified as string[]);
    res.end();
    return;
  }
  res.writeHead(entry.status, variant.headers as string[]);
  if (req.method === 'HEAD') res.end();
  else res.end(variant.body);
}

/** Sends a page in the encoding the reader likes best, compressing it first when nobody has asked for that yet. */
export async function sendEntry(req: IncomingMessage, res: ServerResponse, entry: Entry): Promise<void> {
  const encoding = encodingOf(req.headers['accept-encoding']);
  sendVariant(req, res, { entry, variant: await entry.encode(encoding) });
}

/** 308 keeps the method and is kept by browsers: an address is only ever written one way. */
export function movedAnswer(location: string): PageAnswer {
  return {
    status: 308,
    contentType: 'text/plain; charset=utf-8',
    body: `${location}\n`,
    tags: [],
    cache: 'none',
    location,
  };
}
