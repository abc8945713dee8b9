/**
 * Readers of the live channel, some thousands in one process: `live.clients.js PORT COUNT FIRST`. Each address of 127.0.0.0/8 holds 250 of them.
 * Says `ready` when all are connected, and for each event the delays at which they had it, in milliseconds.
 */
import { connect } from 'node:net';

const [port = 0, count = 0, first = 0] = process.argv.slice(2).map(Number);
let ready = 0;
let delays: number[] = [];

/** So many connect at a time: a queue of the listener that overflows costs each a second or three. */
const AT_ONCE = 200;
let begun = 0;

function begin(): void {
  if (begun === count) return;
  const index = begun;
  begun += 1;
  let rest = '';
  const socket = connect({
    port,
    host: '127.0.0.1',
    localAddress: `127.0.${1 + Math.floor((first + index) / 250)}.1`,
  });
  let greeted = false;
  socket.on('connect', () =>
    socket.write(
      'GET /now/stream?topics=site HTTP/1.1\r\nHost: bench.example\r\nAccept: text/event-stream\r\n\r\n',
    ),
  );
  socket.on('error', (error) => {
    process.send?.({ failed: error.message });
  });
  socket.on('data', (chunk) => {
    const text = rest + chunk.toString('latin1');
    rest = text.slice(text.lastIndexOf('\n') + 1);
    if (!greeted && text.includes('event: hello')) {
      greeted = true;
      ready += 1;
      begin();
      if (ready === count) process.send?.('ready');
    }
    const at = /"at":(\d+)/.exec(text)?.[1];
    if (at === undefined) return;
    delays.push(Date.now() - Number(at));
    if (delays.length === count) {
      process.send?.({ delays });
      delays = [];
    }
  });
}
for (let index = 0; index < AT_ONCE; index += 1) begin();
process.once('disconnect', () => process.exit());
