import { and, eq, or, type SQL } from 'drizzle-orm';
import { file, isHolding, isNotHolding } from './table.ts';

/** Files that hold this customId, held it, or will. Two arms, because each has an index. */
export const hasCustomId = (customId: string): SQL | undefined =>
  or(
    and(eq(file.customId, customId), isHolding()),
    and(eq(file.customId, customId), isNotHolding()),
  );
