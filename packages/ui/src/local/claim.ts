import type { LocalTable } from './local-table.ts';

/** Rows that something put here which does not know whose browser it is. */
export interface Claimable {
  id: string;
  /** Who saw it first. */
  owner?: string;
}

/** The rows of a person: those that nobody has seen are theirs from now on, and nobody else's. */
export async function claim<Row extends Claimable>(
  table: LocalTable<Row>,
  owner: string,
): Promise<Row[]> {
  const free = (await table.all()).filter((row) => row.owner === undefined);
  // Another page may be doing the same for somebody else: the first holds.
  for (const { id } of free) await table.change(id, (row) => ({ owner, ...row }));
  return (await table.all()).filter((row) => row.owner === owner);
}
