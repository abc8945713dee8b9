import { BlockList, isIP } from 'node:net';

/** What is not the public internet: IANA's special-purpose registries (RFC 6890 and after), multicast, and what embeds IPv4. */
const NETWORKS_4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];
/** Within 2000::/3; everything outside of it is refused as a whole (mapped, NAT64, unique-local, link-local, multicast, …). */
const NETWORKS_6 = ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20'];

const special4 = new BlockList();
for (const network of NETWORKS_4) special4.addSubnet(...parts(network), 'ipv4');
const special6 = new BlockList();
for (const network of NETWORKS_6) special6.addSubnet(...parts(network), 'ipv6');
const global6 = new BlockList();
global6.addSubnet('2000::', 3, 'ipv6');

function parts(network: string): [string, number] {
  const [address = '', bits = ''] = network.split('/');
  return [address, Number(bits)];
}

/** Whether an address is one of the public internet. A name, a zone or anything else that is no address is not. */
export function isPublicAddress(address: string): boolean {
  const version = isIP(address);
  if (version === 4) return !special4.check(address, 'ipv4');
  if (version !== 6 || address.includes('%')) return false;
  return global6.check(address, 'ipv6') && !special6.check(address, 'ipv6');
}
