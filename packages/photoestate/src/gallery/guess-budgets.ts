import { type Budget, clientKey } from '@repo/foundation/rate-limit';
import { hashToken } from './link.ts';

/** Of one address, and of all addresses together at one link: a PIN of four digits has to last. */
export function guessBudgets(ip: string | null, token: string): Budget[] {
  const address = clientKey(ip);
  const link = hashToken(token);
  return [
    { policy: 'gallery-pin', key: `gallery-pin:${address}`, quota: 10, windowSeconds: 600 },
    { policy: 'gallery-pin-link', key: `gallery-pin-link:${link}`, quota: 30, windowSeconds: 3600 },
  ];
}
