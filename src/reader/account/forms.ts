import type { IncomingMessage } from 'node:http';
import { Problem } from '../../base/problem.ts';

const MAX_FORM = 32 * 1024;
export const MAX_UPLOAD = 5 * 1024 * 1024;

/**
 * Forms are sent by our own pages, whether the browser bears a cookie yet or not: a stranger's page must not sign a reader in as somebody
 * else. Whoever sends neither header is no browser. @throws Problem `forbidden`
 */
export function demandOwnPage(req: IncomingMessage, origin: string): void {
  const site = req.headers['sec-fetch-site'];
  const from = req.headers.origin;
  if (site === 'same-origin') return;
  if (site === undefined && (from === undefined || from === origin)) return;
  throw new Problem(
    'forbidden',
    'This form was not sent by a page of this site.',
    'Open the page here and send it again.',
  );
}

/** A form of text fields; the first value of each. @throws Problem `unsupported`, `too-large` */
export async function readForm(req: IncomingMessage): Promise<ReadonlyMap<string, string>> {
  const type = (req.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded')
    throw new Problem('unsupported', 'This address takes forms.', 'Send application/x-www-form-urlencoded.');
  const text = (await readBytes(req, MAX_FORM)).toString('utf8');
  const fields = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(text)) if (!fields.has(name)) fields.set(name, value);
  return fields;
}

async function readBytes(req: IncomingMessage, limit: number): Promise<Buffer> {
  const tooLarge = (): Problem => new Problem('too-large', `More than ${limit} bytes are not taken here.`);
  if (Number(req.headers['content-length'] ?? 0) > limit) throw tooLarge();
  const chunks: Buffer[] = [];
  let seen = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    seen += chunk.length;
    if (seen > limit) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The one file of a form (RFC 7578), in memory; undefined when none was chosen. @throws Problem `unsupported`, `too-large` */
export async function readFile(req: IncomingMessage, field: string): Promise<Buffer | undefined> {
  const boundary = /^multipart\/form-data;.*\bboundary="?([\w'()+,./:=?-]{1,70})"?/i.exec(
    req.headers['content-type'] ?? '',
  )?.[1];
  if (boundary === undefined)
    throw new Problem('unsupported', 'This address takes forms with a file.', 'Send multipart/form-data.');
  const body = Buffer.concat([Buffer.from('\r\n'), await readBytes(req, MAX_UPLOAD)]);
  const mark = Buffer.from(`\r\n--${boundary}`);
  let at = body.indexOf(mark);
  while (at !== -1) {
    const start = at + mark.length;
    const next = body.indexOf(mark, start);
    if (next === -1) return undefined;
    const part = body.subarray(start + 2, next);
    const gap = part.indexOf('\r\n\r\n');
    const head = part.subarray(0, Math.max(gap, 0)).toString('utf8');
    const name = /^content-disposition:[^\r\n]*;\s*name="([^"\r\n]*)"/im.exec(head)?.[1];
    if (gap !== -1 && name === field) {
      const bytes = part.subarray(gap + 4);
      return bytes.length === 0 ? undefined : bytes;
    }
    at = next;
  }
  return undefined;
}
