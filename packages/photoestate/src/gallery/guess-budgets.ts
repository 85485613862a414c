import { type Budget, clientKey } from '@repo/foundation/rate-limit';
import { hashToken } from './link.ts';
import type { DeliveryRow } from './table.ts';

/** Of one address, and of all addresses together at one link: a PIN of four digits has to last. */
export function guessBudgets(ip: string | null, token: string): Budget[] {
  const address = clientKey(ip);
  const link = hashToken(token);
  return [
    { policy: 'gallery-pin', key: `gallery-pin:${address}`, quota: 10, windowSeconds: 600 },
    { policy: 'gallery-pin-link', key: `gallery-pin-link:${link}`, quota: 30, windowSeconds: 3600 },
  ];
}

/** Of one PIN: patience does not find it either. */
export function pinBudget({ id, pass }: Pick<DeliveryRow, 'id' | 'pass'>): Budget {
  const windowSeconds = 30 * 86_400;
  return {
    policy: 'gallery-pin-life',
    key: `gallery-pin-life:${id}:${pass}`,
    quota: 100,
    windowSeconds,
  };
}
