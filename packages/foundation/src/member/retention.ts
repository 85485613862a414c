import { lt, type SQL } from 'drizzle-orm';
import { invitation } from './table.ts';

/**
 * Days after which an invitation that is over goes, with the address in it, whatever became of it: so long its link is
 * told why it lets nobody in. Who was invited, and who joined, is in the audit log.
 */
const OVER_DAYS = 30;

/** For the retention of each product. */
export function isLongOver(now: Date): SQL {
  return lt(invitation.expiresAt, new Date(now.getTime() - OVER_DAYS * 86_400_000));
}
