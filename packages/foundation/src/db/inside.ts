import type { Db, Tx } from './create-database.ts';

/**
 * A transaction for those who ask for a database: what they write is part of it, and the transactions they open are
 * savepoints. What is to stand whatever becomes of it, as what was spent of a budget, still has the pool.
 */
export function inside(tx: Tx, { $client }: Pick<Db, '$client'>): Db {
  return Object.assign(tx, { $client });
}
