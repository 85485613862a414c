import { BlockList, isIP } from 'node:net';
import { z } from 'zod';
import { isPublicAddress } from './public-address.ts';

/** Which addresses may be connected to. */
export type AddressRule = (address: string) => boolean;

const HINT = 'expected networks such as 10.1.0.0/16,::1/128 with commas between, all, or none';

/**
 * The networks, beside the public internet, that addresses named by users may lead to: `none`, `all`, or
 * some by name. For a Slipway whose users' receivers stand beside it.
 */
export const privateTargets = z.string().transform((text, issues): AddressRule => {
  const words = text.split(',').map((word) => word.trim());
  if (text === 'none') return isPublicAddress;
  if (text === 'all') return (address) => isIP(address) !== 0;
  const list = new BlockList();
  for (const word of words) {
    const [net = '', prefix = '', ...rest] = word.split('/');
    const family = isIP(net);
    const length = Number(prefix);
    const most = family === 4 ? 32 : 128;
    const isRange = family !== 0 && rest.length === 0 && /^\d{1,3}$/.test(prefix) && length <= most;
    if (isRange) list.addSubnet(net, length, family === 4 ? 'ipv4' : 'ipv6');
    else issues.addIssue({ code: 'custom', message: `"${word}": ${HINT}` });
  }
  return (address) => isPublicAddress(address) || isListed(list, address);
});

function isListed(list: BlockList, address: string): boolean {
  const family = isIP(address);
  if (family === 0 || address.includes('%')) return false;
  return list.check(address, family === 4 ? 'ipv4' : 'ipv6');
}
