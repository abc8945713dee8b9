import { connect, type Socket } from 'node:net';

const RATE = 44_100;
const SAMPLES = 1152;
/** Longer than any stamp, and nothing that MP3 takes for the beginning of a frame. */
const STAMP = /T(\d{13});/g;

/** An MP3 frame of 128 kbit/s that says when it was sent. */
function frame(padded: boolean): Buffer {
  const bytes = Buffer.alloc(padded ? 418 : 417, 0x55);
  bytes.set([0xff, 0xfb, padded ? 0x92 : 0x90, 0x44]);
  bytes.write(`T${Date.now()};`, 40, 'latin1');
  return bytes;
}

/** The moments at which the sound in these bytes was sent, in their order. */
export const stampsOf = (bytes: Buffer): number[] =>
  [...bytes.toString('latin1').matchAll(STAMP)].map(([, stamp]) => Number(stamp));

export type Encoder = { readonly said: Promise<string>; stop(): void };

/** Sends 128 kbit/s at the speed of sound to a mount, until stopped. */
export function startEncoder(to: { port: number; mount: string; password: string }): Encoder {
  const socket: Socket = connect({ host: '127.0.0.1', port: to.port, noDelay: true });
  const basic = Buffer.from(`source:${to.password}`).toString('base64');
  socket.on('error', () => undefined);
  socket.write(
    `SOURCE ${to.mount} HTTP/1.0\r\nAuthorization: Basic ${basic}\r\nContent-Type: audio/mpeg\r\nice-name: Bench\r\n\r\n`,
  );
  const began = performance.now();
  let sent = 0;
  let rest = 0;
  const timer = setInterval(() => {
    const due = ((performance.now() - began) / 1000) * (RATE / SAMPLES);
    const frames: Buffer[] = [];
    for (; sent < due; sent += 1) {
      rest += (144 * 128_000) % RATE;
      frames.push(frame(rest >= RATE));
      rest %= RATE;
    }
    socket.write(Buffer.concat(frames));
  }, 50);
  socket.once('close', () => clearInterval(timer));
  return {
    said: new Promise((resolve) => void socket.once('data', (chunk) => resolve(chunk.toString('latin1')))),
    stop: () => void socket.destroy(),
  };
}
