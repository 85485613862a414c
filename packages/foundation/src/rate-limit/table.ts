import { doublePrecision, integer, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

/**
 * What is spent of each budget, shared by all processes. The migration makes it UNLOGGED: it is written
 * with every request, needs no flush to disk, and may begin anew after a crash of Postgres.
 */
export const rateBudget = pgTable('rate_budget', {
  key: text('key').primaryKey(),
  /** Units that were spent and have not come back yet, at the time of `at`. */
  spent: doublePrecision('spent').notNull(),
  /** To the microsecond: at thousands of calls a second a millisecond is several of them. */
  at: timestamp('at', { withTimezone: true, precision: 6 }).notNull(),
  quota: integer('quota').notNull(),
  windowSeconds: integer('window_seconds').notNull(),
  /** Of the last statement: what it asked for and what it got. */
  wanted: integer('wanted').notNull(),
  granted: integer('granted').notNull(),
});
