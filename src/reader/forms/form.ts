import type { IncomingMessage, ServerResponse } from 'node:http';
import { Problem } from '../../base/problem.ts';
import { NO_STORE, securityHeaders } from '../../http/headers.ts';

export type Io = { readonly req: IncomingMessage; readonly res: ServerResponse };

const FORM_BYTES = 128 * 1024;

/** The fields of a form as a browser sends them. @throws Problem `unsupported`, `too-large` */
export async function readForm(req: IncomingMessage): Promise<URLSearchParams> {
  const type = (req.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded')
    throw new Problem('unsupported', 'A form is sent as application/x-www-form-urlencoded.');
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.byteLength;
    if (size > FORM_BYTES) throw new Problem('too-large', 'The form carries more than 128 KB.');
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}

/** Sends the page of a form: of this reader alone, kept nowhere. */
export function sendHtml({ req, res }: Io, page: { html: string; https: boolean; code?: number }): void {
  const body = Buffer.from(page.html);
  res.writeHead(page.code ?? 200, [
    ...securityHeaders('document', page.https),
    'Content-Type',
    'text/html; charset=utf-8',
    'Cache-Control',
    NO_STORE,
    'Content-Length',
    String(body.byteLength),
  ]);
  res.end(req.method === 'HEAD' ? undefined : body);
}

/** Sends the browser on, by GET. */
export function seeOther(res: ServerResponse, to: string): void {
  res.writeHead(303, { location: to, 'cache-control': NO_STORE, 'content-length': '0' });
  res.end();
}
