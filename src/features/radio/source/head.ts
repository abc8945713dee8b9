import type { Socket } from 'node:net';

/** As strict as Icecast: 4 KiB of head, 15 seconds for it. */
export const HEAD_BYTES = 4096;
export const HEAD_MS = 15_000;

export type Head = {
  readonly method: string;
  readonly target: string;
  /** `HTTP/1.1`, `ICE/1.0`, `ICY` … */
  readonly protocol: string;
  /** Lower-case names; the first of several values. */
  readonly headers: Readonly<Record<string, string>>;
};

export type Received =
  | { readonly kind: 'head'; readonly head: Head; readonly rest: Buffer }
  /** A first line that is no request: the password of a Shoutcast encoder. */
  | { readonly kind: 'line'; readonly line: string; readonly rest: Buffer }
  | { readonly kind: 'refused'; readonly status: 400 | 408 | 431 }
  | { readonly kind: 'gone' };

/** Reads the head of a request, bounded in bytes and time. The socket is paused afterwards. */
export function readHead(socket: Socket, limits: { bytes?: number; ms?: number } = {}): Promise<Received> {
  const maxBytes = limits.bytes ?? HEAD_BYTES;
  return new Promise((resolve) => {
    let seen: Buffer = Buffer.alloc(0);
    const done = (received: Received): void => {
      clearTimeout(timer);
      socket.off('data', onData);
      socket.off('close', onClose);
      socket.pause();
      resolve(received);
    };
    const timer = setTimeout(() => done({ kind: 'refused', status: 408 }), limits.ms ?? HEAD_MS);
    const onClose = (): void => done({ kind: 'gone' });
    const onData = (chunk: Buffer): void => {
      seen = Buffer.concat([seen, chunk]);
      const lineEnd = seen.indexOf(0x0a);
      if (lineEnd === -1) {
        if (seen.length > maxBytes) done({ kind: 'refused', status: 431 });
        return;
      }
      const line = seen.toString('latin1', 0, lineEnd).replace(/\r$/, '');
      if (!/^[A-Z]{2,20} \S+ (?:HTTP|ICE)\/\d\.\d$/.test(line)) {
        const isPassword = line.length > 0 && line.length <= 255 && !line.includes(' ');
        return isPassword
          ? done({ kind: 'line', line, rest: seen.subarray(lineEnd + 1) })
          : done({ kind: 'refused', status: 400 });
      }
      const end = endOfHead(seen);
      if (end === undefined) {
        if (seen.length > maxBytes) done({ kind: 'refused', status: 431 });
        return;
      }
      if (end.at > maxBytes) return done({ kind: 'refused', status: 431 });
      const [method = '', target = '', protocol = ''] = line.split(' ');
      const headers = parseHeaders(seen.toString('latin1', lineEnd + 1, end.at));
      if (headers === undefined) return done({ kind: 'refused', status: 400 });
      done({ kind: 'head', head: { method, target, protocol, headers }, rest: seen.subarray(end.after) });
    };
    socket.on('data', onData);
    socket.once('close', onClose);
    socket.resume();
  });
}

/** Where a head ends: at an empty line, with or without carriage returns. */
export function endOfHead(bytes: Buffer): { at: number; after: number } | undefined {
  const crlf = bytes.indexOf('\r\n\r\n', 0, 'latin1');
  const lf = bytes.indexOf('\n\n', 0, 'latin1');
  if (crlf === -1 && lf === -1) return undefined;
  return lf === -1 || (crlf !== -1 && crlf < lf)
    ? { at: crlf + 2, after: crlf + 4 }
    : { at: lf + 1, after: lf + 2 };
}

/** Header lines by lower-case name; undefined when a line is none. */
export function parseHeaders(text: string): Record<string, string> | undefined {
  const headers: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const raw of text.split('\n')) {
    const line = raw.replace(/\r$/, '');
    if (line === '') continue;
    const colon = line.indexOf(':');
    if (colon < 1 || /[\s\0]/.test(line.slice(0, colon))) return undefined;
    const name = line.slice(0, colon).toLowerCase();
    headers[name] ??= line.slice(colon + 1).trim();
  }
  return headers;
}
