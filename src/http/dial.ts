import { connect as connectPlain } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import { guardedLookup, hostOf, type OutboundRules, parseTarget, portOf } from './outbound.ts';

const TIMEOUT_MS = 10_000;

/**
 * Opens a connection to the host of an address, encrypted for https, under the rules of everything that goes out: for streams that never
 * end and servers that speak almost HTTP. @throws Problem `invalid`; what the network says.
 */
export function makeDial(rules: OutboundRules = {}): (url: string) => Promise<Duplex> {
  return (url) => {
    const target = parseTarget(url, rules);
    const port = portOf(target);
    const host = hostOf(target);
    const options = { host, port, lookup: guardedLookup(port, rules) };
    const secure = target.protocol === 'https:';
    return new Promise((resolve, reject) => {
      const socket = secure
        ? connectTls({ ...options, servername: host })
        : connectPlain({ ...options, noDelay: true });
      const timer = setTimeout(
        () => socket.destroy(new Error(`${target.host} did not answer within 10 s`)),
        TIMEOUT_MS,
      );
      socket.once('error', reject);
      socket.once(secure ? 'secureConnect' : 'connect', () => {
        clearTimeout(timer);
        socket.off('error', reject);
        resolve(socket);
      });
      socket.once('close', () => clearTimeout(timer));
    });
  };
}
