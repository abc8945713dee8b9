import { createServer, type Server, type Socket } from 'node:net';
import { type Connection, refuse } from './connection.ts';
import { HEAD_MS, readHead, type Received } from './head.ts';
import { makeFailureLimit } from './password.ts';
import { takeEncoder } from './encoder.ts';
import type { Door } from './door.ts';
import { answerOther } from './requests.ts';
import { takeShoutcast } from './shoutcast.ts';

export type SourceListener = {
  readonly port: number;
  /** The port for encoders of Shoutcast, which add one by themselves; undefined when it was not free. */
  readonly shoutcastPort: number | undefined;
  close(): Promise<void>;
};

/** Connections that have not said what they want. */
const MAX_UNDECIDED = 200;

/** Listens for encoders and, as Icecast does, for listeners on the same port. */
export async function listenForSources(
  door: Door,
  at: { readonly host: string; readonly port: number },
): Promise<SourceListener> {
  const open = new Set<Socket>();
  const failures = makeFailureLimit(door.now);
  let undecided = 0;
  const accept = (socket: Socket): void => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    // A connection that breaks is no fault of ours.
    socket.on('error', () => socket.destroy());
    if (undecided >= MAX_UNDECIDED) return void socket.destroy();
    undecided += 1;
    readHead(socket, { ms: door.limits.headMs ?? HEAD_MS })
      .finally(() => (undecided -= 1))
      .then((received) => serve(door, { socket, received, failures }))
      .catch((cause: unknown) => {
        door.onFault(cause);
        socket.destroy();
      });
  };
  const main = await bind(accept, at);
  const { port } = addressOf(main);
  const second = await bind(accept, {
    host: at.host,
    port: at.port === 0 || port === 65_535 ? 0 : port + 1,
  }).catch(() => undefined);
  return {
    port,
    shoutcastPort: second === undefined ? undefined : addressOf(second).port,
    close: async () => {
      for (const socket of open) socket.destroy();
      await Promise.all([main, second].filter((server) => server !== undefined).map(closeServer));
    },
  };
}

async function serve(door: Door, given: Connection & { received: Received }): Promise<void> {
  const { socket, received } = given;
  if (received.kind === 'gone') return;
  if (received.kind === 'refused') return refuse(socket, received.status, 'The request cannot be read.');
  if (received.kind === 'line') return takeShoutcast(door, { ...given, received });
  const { head, rest } = received;
  if (head.method === 'SOURCE' || head.method === 'PUT') return takeEncoder(door, { ...given, head, rest });
  return answerOther(door, { ...given, head });
}

function bind(accept: (socket: Socket) => void, at: { host: string; port: number }): Promise<Server> {
  const server = createServer({ pauseOnConnect: false, noDelay: true }, accept);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ ...at, backlog: 1024 }, () => {
      server.off('error', reject);
      resolve(server);
    });
  });
}

function addressOf(server: Server): { port: number } {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no address');
  return address;
}

const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => void server.close(() => resolve()));
