import type { Socket } from 'node:net';
import type { Head } from './head.ts';
import type { makeFailureLimit } from './password.ts';

export type Connection = {
  readonly socket: Socket;
  readonly failures: ReturnType<typeof makeFailureLimit>;
};

const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  415: 'Unsupported Media Type',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  503: 'Service Unavailable',
};

/** Says no in one sentence and closes. */
export function refuse(socket: Socket, status: number, why: string): void {
  const ask = status === 401 ? 'WWW-Authenticate: Basic realm="Radio"\r\n' : '';
  const body = `${why}\n`;
  if (!socket.writable) return void socket.destroy();
  socket.end(
    `HTTP/1.1 ${status} ${REASONS[status] ?? ''}\r\n${ask}Content-Type: text/plain; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
  socket.destroySoon();
}

/** Name and password of `Authorization: Basic` (RFC 7617). */
export function basicOf(head: Pick<Head, 'headers'>): { name: string; password: string } | undefined {
  const [scheme = '', text = ''] = (head.headers['authorization'] ?? '').split(/\s+/);
  if (scheme.toLowerCase() !== 'basic') return undefined;
  const [name = '', ...password] = Buffer.from(text, 'base64').toString('utf8').split(':');
  return { name, password: password.join(':') };
}
