import type { Db, Tx } from '@repo/foundation/db';
import { isUniqueViolation } from '@repo/foundation/errors';
import { and, eq } from 'drizzle-orm';
import { appError } from '../errors.ts';
import { type LookPresetRow, lookPreset } from './table.ts';

export async function lookIn(
  tx: Db | Tx,
  { organizationId, lookId }: { organizationId: string; lookId: string },
): Promise<LookPresetRow> {
  const [row] = await tx
    .select()
    .from(lookPreset)
    .where(and(eq(lookPreset.id, lookId), eq(lookPreset.organizationId, organizationId)));
  if (row === undefined) throw appError('not_found', `There is no look "${lookId}".`);
  return row;
}

/** @throws `conflict` where another look has the name */
export async function withFreeName<T>(
  name: string | undefined,
  write: () => Promise<T>,
): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!isUniqueViolation(error, 'look_preset_name')) throw error;
    throw appError('conflict', `There is a look “${name}” already. Choose another name.`, {
      cause: error,
    });
  }
}
