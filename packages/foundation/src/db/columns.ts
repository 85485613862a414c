import { customType, timestamp } from 'drizzle-orm/pg-core';

/** A point in time, always with its zone, read as a `Date` (milliseconds). */
export const timestamptz = (name: string) =>
  timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });

export const createdAt = () => timestamptz('created_at').notNull().defaultNow();

/** A jsonb column with a known shape. */
export const jsonbOf = <T>(name: string) =>
  customType<{ data: T; driverData: string }>({
    dataType: () => 'jsonb',
    toDriver: (value) => JSON.stringify(value),
  })(name);

/** Few bytes, that belong to their row. */
export const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });
