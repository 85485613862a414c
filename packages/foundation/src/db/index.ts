export { bytea, createdAt, jsonbOf, timestamptz } from './columns.ts';
export { createDatabase, type Database, type Db, type Tx } from './create-database.ts';
export { deleteInPieces } from './delete-in-pieces.ts';
export { inside } from './inside.ts';
export { migrateDatabase } from './migrate.ts';
export { perTurn } from './per-turn.ts';
export { preparedOn } from './prepared.ts';
