import { makeUnframer } from './body.ts';
import type { Door } from './door.ts';
import { authenticate, startEncoder } from './encoder.ts';
import { endOfHead, HEAD_BYTES, HEAD_MS, type Received } from './head.ts';
import type { Connection } from './connection.ts';

/**
 * Shoutcast 1: a line with the password, `OK2`, lines of `icy-…` headers, then sound. A mount other than the first is named before the
 * password: `evening:secret`.
 */
export async function takeShoutcast(
  door: Door,
  given: Connection & { received: Extract<Received, { kind: 'line' }> },
): Promise<void> {
  const { socket, received } = given;
  const no = (): void => {
    if (socket.writable) socket.end('invalid password\r\n');
    socket.destroySoon();
  };
  const [slug, ...others] = received.line.split(':');
  const named = others.length > 0 ? door.mount(slug ?? '') : undefined;
  const mount = named ?? door.firstMount();
  const password = named === undefined ? received.line : others.join(':');
  const credential = await authenticate(door, { ...given, mount, name: 'source', password });
  if (credential === undefined || credential === 'blocked' || mount === undefined || socket.destroyed)
    return no();
  socket.write('OK2\r\nicy-caps:11\r\n\r\n');
  const rest = await headersThenSound(given, received.rest);
  if (rest === undefined) return void socket.destroy();
  startEncoder(door, {
    socket,
    mount,
    credential,
    rest,
    unframer: makeUnframer({ kind: 'endless' }),
    farewell: '',
    refuse: no,
    welcome: () => undefined,
  });
}

/** Reads up to the empty line; what came after it is sound. */
function headersThenSound({ socket }: Connection, first: Buffer): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    let seen = first;
    const done = (rest: Buffer | undefined): void => {
      clearTimeout(timer);
      socket.off('data', onData);
      socket.off('close', onClose);
      socket.pause();
      resolve(rest);
    };
    const timer = setTimeout(() => done(undefined), HEAD_MS);
    const onClose = (): void => done(undefined);
    const look = (): boolean => {
      const end = endOfHead(seen);
      // No header at all: the empty line comes first.
      const empty = /^\r?\n/.exec(seen.toString('latin1', 0, 2))?.[0].length;
      if (empty !== undefined) done(seen.subarray(empty));
      else if (end !== undefined) done(seen.subarray(end.after));
      else if (seen.length > HEAD_BYTES) done(undefined);
      else return false;
      return true;
    };
    const onData = (chunk: Buffer): void => {
      seen = Buffer.concat([seen, chunk]);
      look();
    };
    socket.on('data', onData);
    socket.once('close', onClose);
    if (!look()) socket.resume();
  });
}
