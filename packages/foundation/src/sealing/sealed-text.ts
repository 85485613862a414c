import { customType } from 'drizzle-orm/pg-core';
import type { Sealed } from './seal.ts';

/**
 * A column for what `seal` made, and for nothing else: neither the compiler nor the database's driver
 * takes plain text here. Belongs into its product's `SEALED_COLUMNS`, which a test sees to.
 */
export const sealedText = customType<{ data: Sealed; driverData: string }>({
  dataType: () => 'text',
  toDriver: (sealed) => {
    const text = String(sealed);
    if (text.startsWith('v1.')) return text;
    throw new TypeError('expected something sealed');
  },
});
