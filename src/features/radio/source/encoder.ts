import type { Socket } from 'node:net';
import type { Mount, SourceSession } from '../air/mount.ts';
import { makeProbingCutter } from '../frames/cutter.ts';
import { framingOf, makeUnframer, type Unframer } from './body.ts';
import type { Credential, Door } from './door.ts';
import type { Head } from './head.ts';
import { basicOf, type Connection, refuse } from './connection.ts';
import { checkPassword } from './password.ts';

/** How far an encoder may be ahead of the clock before it is made to wait. */
const AHEAD_MS = 8000;

/** The slug of a request target: `/live`, `/live.mp3`, `/radio/live`. */
export function slugOf(target: string): string {
  const path = target.split('?')[0] ?? '';
  const segment = path.split('/').filter((part) => part !== '' && part !== 'radio')[0] ?? '';
  try {
    return decodeURIComponent(segment).replace(/\.(?:mp3|aac|opus|ogg|m3u)$/, '');
  } catch {
    return '';
  }
}

/** Takes an encoder of Icecast's protocol: PUT, or SOURCE of old. */
export async function takeEncoder(
  door: Door,
  given: Connection & { head: Head; rest: Buffer },
): Promise<void> {
  const { socket, head, rest } = given;
  const framing = framingOf(head.method, head.headers);
  if (framing === undefined) return refuse(socket, 400, 'The length of the body is said in two ways.');
  const basic = basicOf(head);
  if (basic === undefined) return refuse(socket, 401, 'This needs a name and a password.');
  const mount = door.mount(slugOf(head.target));
  const credential = await authenticate(door, { ...given, mount, ...basic });
  if (credential === 'blocked') return refuse(socket, 429, 'Too many wrong passwords. Wait a minute.');
  if (credential === undefined || mount === undefined)
    return refuse(socket, 401, 'Name or password is wrong for this mount.');
  if (socket.destroyed) return;
  const expects = head.headers['expect']?.toLowerCase() === '100-continue';
  startEncoder(door, {
    socket,
    mount,
    credential,
    rest,
    unframer: makeUnframer(framing),
    refuse: (status, why) => refuse(socket, status, why),
    welcome: () =>
      socket.write(
        head.method === 'SOURCE'
          ? 'HTTP/1.0 200 OK\r\n\r\n'
          : expects
            ? 'HTTP/1.1 100 Continue\r\n\r\n'
            : 'HTTP/1.1 200 OK\r\n\r\n',
      ),
    farewell: expects ? 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n' : '',
  });
}

/** The credential that name and password are; undefined when they are wrong. Slow on purpose for whoever guesses. */
export async function authenticate(
  door: Door,
  given: Connection & { mount: Mount | undefined; name: string; password: string },
): Promise<Credential | 'blocked' | undefined> {
  const key = given.socket.remoteAddress ?? '';
  if (given.failures.blocked(key)) return 'blocked';
  const credentials = given.mount === undefined ? [] : await door.credentials(given.mount);
  // Encoders of old send `source`, or no name at all.
  const name = given.name === '' ? 'source' : given.name;
  for (const credential of credentials) {
    if (credential.username !== name) continue;
    if (await checkPassword(given.password, credential.hash)) return credential;
  }
  given.failures.failed(key);
  return undefined;
}

export type Starting = {
  readonly socket: Socket;
  readonly mount: Mount;
  readonly credential: Credential;
  /** Sound that came with the head. */
  readonly rest: Buffer;
  readonly unframer: Unframer;
  readonly farewell: string;
  refuse(status: number, why: string): void;
  welcome(): void;
};

/** From here on the connection is sound. */
export function startEncoder(door: Door, starting: Starting): void {
  const { socket, mount, credential, unframer } = starting;
  if (door.sourceCount() >= door.limits.sources)
    return starting.refuse(403, 'Too many encoders are connected.');
  let over = false;
  const session: SourceSession = {
    sourceId: credential.id,
    username: credential.username,
    takesOver: credential.takesOver,
    dismiss: (why) => finish(why),
  };
  const cutter = makeProbingCutter();
  const begun = door.now();
  let soundMs = 0;
  let tags = '';

  function finish(why: string): void {
    if (over) return;
    over = true;
    clearTimeout(waiting);
    if (cutter.format !== undefined) mount.encoderFrames(session, cutter.end());
    mount.release(session);
    door.onDisconnected(mount, session, why);
    if (socket.writable) socket.end(starting.farewell);
    socket.destroySoon();
  }

  let waiting: NodeJS.Timeout | undefined;
  function hear(chunk: Buffer): void {
    if (over) return;
    const { sound, over: ended, broken } = unframer.push(chunk);
    for (const bytes of sound) {
      const frames = cutter.push(bytes);
      for (const frame of frames) soundMs += (frame.samples * 1000) / frame.info.rate;
      mount.encoderFrames(session, frames);
    }
    const { title = '', artist = '' } = cutter.tags ?? {};
    if (title !== '' && `${artist}\0${title}` !== tags) {
      tags = `${artist}\0${title}`;
      mount.encoderTitle(session, { artist, title });
    }
    if (cutter.hopeless) return finish('it sends neither MP3 nor AAC nor Ogg Opus');
    if (ended) return finish(broken ? 'its chunks are broken' : 'it ended');
    const ahead = soundMs - (door.now() - begun);
    if (ahead > AHEAD_MS) {
      // A file sent as fast as the line allows: it waits, as it would for a slow line.
      socket.pause();
      clearTimeout(waiting);
      waiting = setTimeout(() => socket.resume(), ahead - AHEAD_MS / 2);
    }
  }

  if (!mount.take(session)) return starting.refuse(403, 'Another encoder is on this mount.');
  door.onConnected(mount, session);
  socket.setKeepAlive(true, 5000);
  socket.setTimeout(door.limits.sourceMs, () => {
    // While it is made to wait it cannot say anything.
    if (!socket.isPaused()) finish('it sent nothing');
  });
  socket.once('close', () => finish('the connection broke'));
  socket.once('end', () => finish('it ended'));
  socket.on('data', hear);
  starting.welcome();
  if (starting.rest.length > 0) hear(starting.rest);
  if (!over) socket.resume();
}
