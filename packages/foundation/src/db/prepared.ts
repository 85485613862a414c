import type { Db } from './create-database.ts';

/**
 * A statement, or what gathers calls for one, that is built once per database; a named statement is
 * planned once per connection. For the hot path only: elsewhere building it anew is not felt.
 */
export function preparedOn<T>(build: (db: Db) => T): (db: Db) => T {
  const statements = new WeakMap<Db, T>();
  return (db) => {
    let statement = statements.get(db);
    if (statement === undefined) {
      statement = build(db);
      statements.set(db, statement);
    }
    return statement;
  };
}
