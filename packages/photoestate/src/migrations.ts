import { join } from 'node:path';

/** The migrations that drizzle-kit wrote; run at every start. */
export const MIGRATIONS = join(import.meta.dirname, '..', 'drizzle');
