/**
 * Listeners of a stream, some thousands in one process: `radio.listeners.js PORT PATH COUNT FIRST`. Each address of 127.0.0.0/8 holds 250 of
 * them. The kernel gathers what is sent and each listener reads once a second, as players do, so that the processor is left to the server.
 * Says `ready` when all hear sound; on `from` counts anew, on `count` says how many bytes came and how many listeners are still there.
 */
import { connect, type Socket } from 'node:net';

const [port = '0', path = '/', count = '0', first = '0'] = process.argv.slice(2);
const wanted = Number(count);
const buffer = Buffer.allocUnsafe(1 << 18);
const open: Socket[] = [];
let bytes = 0;
let hearing = 0;
let gone = 0;

/** Milliseconds after which a join without a sound is tried anew: a full queue of connections drops the last step of one. */
const JOIN_MS = 3000;
const AT_ONCE = 4;
let connecting = 0;

function listen(index: number): void {
  let heard = 0;
  let waiting = true;
  connecting += 1;
  const socket = connect({
    port: Number(port),
    host: '127.0.0.1',
    localAddress: `127.0.${1 + Math.floor((Number(first) + index) / 250)}.1`,
    onread: {
      buffer,
      callback: (size) => {
        bytes += size;
        heard += size;
        if (heard > 1000 && heard - size <= 1000) {
          clearTimeout(late);
          hearing += 1;
          if (hearing === wanted) process.send?.('ready');
        }
        return heard <= 1000;
      },
    },
  });
  const connected = (): void => {
    if (waiting) connecting -= 1;
    waiting = false;
  };
  const late = setTimeout(() => socket.destroy(), JOIN_MS);
  socket.write(`GET ${path} HTTP/1.1\r\nHost: bench.example\r\nUser-Agent: Player/1.0\r\n\r\n`);
  socket.on('connect', connected);
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    clearTimeout(late);
    connected();
    if (heard > 1000) gone += 1;
    else listen(index);
  });
  open[index] = socket;
}

// A few at a time: the queue of connections is not what is measured.
let begun = 0;
const beginning = setInterval(() => {
  for (let n = 0; n < 10 && begun < wanted && connecting < AT_ONCE; n += 1, begun += 1) listen(begun);
  if (begun === wanted) clearInterval(beginning);
}, 5);

let turn = 0;
setInterval(() => {
  for (let index = turn; index < open.length; index += 10) open[index]?.resume();
  turn = (turn + 1) % 10;
}, 100);

process.on('message', (message) => {
  if (message === 'from') bytes = 0;
  else process.send?.({ bytes, gone });
});
process.once('disconnect', () => process.exit());
