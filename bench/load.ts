import { connect, type Socket } from 'node:net';

export type Load = {
  readonly port: number;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly connections: number;
  /** How long; the requests under way at the end are waited for and counted. */
  readonly milliseconds: number;
};

/**
 * Asks one address as fast as answers come, over connections that are kept, and counts. All answers must be of one length: they are told
 * apart by counting bytes, which leaves the processor to the server.
 */
export async function load(given: Load): Promise<{ requests: number; seconds: number; bytesEach: number }> {
  const lines = Object.entries({ Host: `127.0.0.1:${given.port}`, ...given.headers }).map(
    ([k, v]) => `${k}: ${v}\r\n`,
  );
  const request = Buffer.from(`GET ${given.path} HTTP/1.1\r\n${lines.join('')}\r\n`);
  const bytesEach = await measureOne(given.port, request);
  const began = performance.now();
  const end = began + given.milliseconds;
  const counts = await Promise.all(
    Array.from({ length: given.connections }, () => drive({ port: given.port, request, bytesEach, end })),
  );
  return {
    requests: counts.reduce((sum, count) => sum + count, 0),
    seconds: (performance.now() - began) / 1000,
    bytesEach,
  };
}

function open(port: number): Socket {
  return connect({ port, host: '127.0.0.1', noDelay: true });
}

/** The length of one answer, head included. */
function measureOne(port: number, request: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = open(port);
    let text = '';
    socket.setEncoding('latin1');
    socket.on('error', reject);
    socket.on('data', (chunk: string) => {
      text += chunk;
      const head = text.indexOf('\r\n\r\n');
      if (head === -1) return;
      if (!text.startsWith('HTTP/1.1 200')) reject(new Error(`answered ${text.slice(0, 40)}`));
      const length = head + 4 + Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
      if (text.length < length) return;
      socket.destroy();
      resolve(length);
    });
    socket.write(request);
  });
}

function drive(given: { port: number; request: Buffer; bytesEach: number; end: number }): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = open(given.port);
    let missing = given.bytesEach;
    let count = 0;
    socket.on('error', reject);
    socket.on('connect', () => socket.write(given.request));
    socket.on('data', (chunk) => {
      missing -= chunk.length;
      if (missing > 0) return;
      if (missing < 0) reject(new Error('an answer was longer than the first'));
      count += 1;
      missing = given.bytesEach;
      if (performance.now() >= given.end) {
        socket.destroy();
        resolve(count);
      } else socket.write(given.request);
    });
  });
}
