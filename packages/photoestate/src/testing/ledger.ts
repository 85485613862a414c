import type { Db } from '@repo/foundation/db';
import { sql } from 'drizzle-orm';

export interface LedgerSums {
  available: number;
  reserved: number;
  /** Of the ledger's rows. */
  sumAvailable: number;
  sumReserved: number;
  /** Of what is left of the grants. */
  remaining: number;
}

/** Three ways to tell an organization's credits, which have to agree. */
export async function ledgerSums(db: Db, organizationId: string): Promise<LedgerSums> {
  const { rows } = await db.execute<Record<keyof LedgerSums, number>>(sql`
    select b.available, b.reserved,
      (select coalesce(sum(credits), 0)::int from credit_entry e
        where e.organization_id = b.organization_id) as "sumAvailable",
      (select coalesce(sum(reserved), 0)::int from credit_entry e
        where e.organization_id = b.organization_id) as "sumReserved",
      (select coalesce(sum(remaining), 0)::int from credit_grant g
        where g.organization_id = b.organization_id) as remaining
    from credit_balance b where b.organization_id = ${organizationId}`);
  const [sums] = rows;
  if (sums === undefined) throw new Error(`organization ${organizationId} has no balance`);
  return sums;
}
