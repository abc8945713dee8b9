import { connect, type Socket } from 'node:net';
import { PASSWORD } from './radio-site.ts';

export type Encoder = {
  readonly socket: Socket;
  /** What the server has said so far. */
  said(): string;
  send(bytes: Buffer): void;
  /** Sends sound at its own speed until stopped. */
  play(bytes: Buffer, bytesASecond: number): () => void;
  /** Breaks the line as a lost network does. */
  drop(): void;
  readonly closed: Promise<void>;
};

/** An encoder on a bare socket: `SOURCE /live ICE/1.0` or `PUT /live HTTP/1.1`, and whatever headers. */
export async function connectEncoder(
  port: number,
  given: { head?: string; user?: string; password?: string; headers?: readonly string[] } = {},
): Promise<Encoder> {
  const { head = 'SOURCE /live ICE/1.0', user = 'source', password = PASSWORD, headers = [] } = given;
  const socket = connect({ host: '127.0.0.1', port, noDelay: true });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  let heard = '';
  socket.on('data', (chunk: Buffer) => (heard += chunk.toString('latin1')));
  socket.on('error', () => undefined);
  const basic = Buffer.from(`${user}:${password}`).toString('base64');
  socket.write(
    `${[head, `Authorization: Basic ${basic}`, 'Content-Type: audio/mpeg', 'ice-name: Test', ...headers].join('\r\n')}\r\n\r\n`,
  );
  return {
    socket,
    said: () => heard,
    send: (bytes) => void socket.write(bytes),
    play: (bytes, bytesASecond) => {
      let at = 0;
      const timer = setInterval(() => {
        const step = Math.round(bytesASecond / 20);
        socket.write(bytes.subarray(at, at + step));
        at = at + step >= bytes.length ? 0 : at + step;
      }, 50);
      const stop = (): void => clearInterval(timer);
      socket.once('close', stop);
      return stop;
    },
    drop: () => void socket.resetAndDestroy(),
    closed: new Promise((resolve) => void socket.once('close', () => resolve())),
  };
}

export type Hearing = {
  head(): string;
  /** Sound so far, without titles. */
  sound(): Buffer;
  titles(): readonly string[];
  readonly bytes: number;
  readonly ended: Promise<void>;
  stop(): void;
  readonly socket: Socket;
};

/** A player on a bare socket. */
export async function listenTo(
  port: number,
  path: string,
  given: { icy?: boolean; agent?: string; keep?: boolean } = {},
): Promise<Hearing> {
  const socket = connect({ host: '127.0.0.1', port });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  socket.on('error', () => undefined);
  const { icy = false, agent = 'Player/1.0 (Macintosh)', keep = true } = given;
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: ${agent}\r\n${icy ? 'Icy-MetaData: 1\r\n' : ''}\r\n`,
  );
  let all: Buffer = Buffer.alloc(0);
  let count = 0;
  socket.on('data', (chunk: Buffer) => {
    count += chunk.length;
    if (keep || all.length < 4096) all = Buffer.concat([all, chunk]);
  });
  const split = (): { head: string; body: Buffer } => {
    const end = all.indexOf('\r\n\r\n');
    return end === -1
      ? { head: '', body: Buffer.alloc(0) }
      : { head: all.toString('latin1', 0, end), body: all.subarray(end + 4) };
  };
  const unpack = (): { sound: Buffer; titles: string[] } => {
    const { head, body } = split();
    const interval = Number(/icy-metaint: (\d+)/i.exec(head)?.[1] ?? 0);
    if (interval === 0) return { sound: body, titles: [] };
    const sound: Buffer[] = [];
    const titles: string[] = [];
    for (let at = 0; at < body.length;) {
      sound.push(body.subarray(at, at + interval));
      at += interval;
      if (at >= body.length) break;
      const size = body.readUInt8(at) * 16;
      const text = body.toString('utf8', at + 1, at + 1 + size);
      const title = /StreamTitle='(.*?)';/.exec(text)?.[1];
      if (title !== undefined) titles.push(title);
      at += 1 + size;
    }
    return { sound: Buffer.concat(sound), titles };
  };
  return {
    socket,
    head: () => split().head,
    sound: () => unpack().sound,
    titles: () => unpack().titles,
    get bytes() {
      return count;
    },
    ended: new Promise((resolve) => void socket.once('close', () => resolve())),
    stop: () => void socket.destroy(),
  };
}
