import { BlockList, isIP } from 'node:net';

/** IANA's special-purpose registries: everything in them that is not one host of the public internet. */
const SPECIAL_V4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];

/** Of IPv6 only the global unicast range is public, less what in it tunnels, documents or tests. */
const SPECIAL_V6: readonly (readonly [string, number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

const special = listOf(SPECIAL_V4, SPECIAL_V6);
const global = listOf([], [['2000::', 3]]);
/** NAT64: an IPv4 address in its last four bytes, which is what is reached. */
const translated = listOf([], [['64:ff9b::', 96]]);

function listOf(
  v4: readonly (readonly [string, number])[],
  v6: readonly (readonly [string, number])[],
): BlockList {
  const list = new BlockList();
  for (const [net, prefix] of v4) list.addSubnet(net, prefix, 'ipv4');
  for (const [net, prefix] of v6) list.addSubnet(net, prefix, 'ipv6');
  return list;
}

/** True for an address that anybody on the internet reaches; false for all others, and for what is none. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !special.check(address, 'ipv4');
  // One with a zone is of this machine's own network.
  if (family !== 6 || address.includes('%')) return false;
  if (translated.check(address, 'ipv6')) return isPublicAddress(lastFourBytes(address));
  return global.check(address, 'ipv6') && !special.check(address, 'ipv6');
}

/** Of an IPv6 address, as an IPv4 address; `::` is never within them here, because a prefix is full. */
function lastFourBytes(address: string): string {
  const written = new URL(`http://[${address}]`).hostname.slice(1, -1).split(':');
  const [high = '', low = ''] = written.slice(-2);
  const bytes = [high, low].flatMap((group) => {
    const value = Number.parseInt(group || '0', 16);
    return [value >> 8, value & 255];
  });
  return bytes.join('.');
}
