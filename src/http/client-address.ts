import type { IncomingMessage } from 'node:http';
import { BlockList, isIP, isIPv6 } from 'node:net';
import type { TrustProxy } from '../config/config.ts';

/**
 * Makes the function that tells a request's address: the connection's, or the one that trusted proxies say in X-Forwarded-For, read from the
 * right, where a client can forge nothing.
 */
export function makeClientAddress(
  trust: TrustProxy,
): (req: Pick<IncomingMessage, 'headers' | 'socket'>) => string {
  const trusted = trust.kind === 'networks' ? blockList(trust.networks) : undefined;
  return (req) => {
    const direct = plain(req.socket.remoteAddress ?? '');
    const header = req.headers['x-forwarded-for'];
    if (trust.kind === 'none' || header === undefined) return direct;
    const hops = [header].flat().join(',').split(',').map(plain).reverse();
    let address = direct;
    for (const [index, hop] of hops.entries()) {
      const believed = trust.kind === 'hops' ? index < trust.hops : inList(trusted, address);
      if (!believed || isIP(hop) === 0) break;
      address = hop;
    }
    return address;
  };
}

/** Without white space, brackets and port, and an IPv4 address mapped into IPv6 as IPv4. */
function plain(text: string): string {
  const trimmed = text.trim().replace(/^\[(.*)\](:\d+)?$/, '$1');
  const bare =
    trimmed.toLowerCase().startsWith('::ffff:') && isIP(trimmed.slice(7)) === 4 ? trimmed.slice(7) : trimmed;
  return bare.replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1').replace(/%.*$/, '');
}

function blockList(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}

function inList(list: BlockList | undefined, address: string): boolean {
  return list !== undefined && isIP(address) !== 0 && list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

/** The groups of an IPv6 address, `::` filled in. */
function groups(address: string): string[] {
  const [head = '', tail] = address.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  return [...before, ...Array.from({ length: gap }, () => '0'), ...after].map((group) => group.toLowerCase());
}

/** What a limit counts as one caller: an IPv4 address, or the /64 that one IPv6 subscriber has. */
export function limitKey(address: string): string {
  return isIPv6(address) ? `${groups(address).slice(0, 4).join(':')}::/64` : address;
}

/** An address as a log may keep it: the network of many, not the person (IPv4 /24, IPv6 /48). */
export function truncatedAddress(address: string): string {
  if (isIPv6(address)) return `${groups(address).slice(0, 3).join(':')}::`;
  return isIP(address) === 4 ? address.replace(/\.\d+$/, '.0') : '';
}
