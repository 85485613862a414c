import type { Db } from './create-database.ts';

/**
 * A statement that is built once per database and planned once per connection.
 * For the hot path only: elsewhere building it anew costs nothing that is felt.
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
