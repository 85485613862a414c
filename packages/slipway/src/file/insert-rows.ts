import type { Db, Tx } from '@repo/foundation/db';
import { getTableColumns, type SQL, sql } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import { file } from './table.ts';

const KEYS = [
  'id',
  'projectId',
  'storageId',
  'uploadKind',
  'incomingKey',
  'partSize',
  'key',
  'name',
  'size',
  'type',
  'sha256',
  'status',
  'customId',
  'metadata',
  'expiresAt',
  'sizeDeferred',
] as const;

/** The columns of a file that was announced; the others begin with their defaults. */
export type NewFile = Required<Pick<typeof file.$inferInsert, (typeof KEYS)[number]>>;

const COLUMNS = KEYS.map((key) => ({ key, column: getTableColumns(file)[key] }));

/** As one JSON parameter the statement is the same for any number of rows, so it is planned once. */
function insertFrom(json: SQL): SQL {
  const names = sql.join(
    COLUMNS.map(({ column }) => sql.identifier(column.name)),
    sql`, `,
  );
  const typed = sql.join(
    COLUMNS.map(
      ({ column }) => sql`${sql.identifier(column.name)} ${sql.raw(column.getSQLType())}`,
    ),
    sql`, `,
  );
  return sql`insert into ${file} (${names}) select ${names} from json_to_recordset(${json}) as given (${typed})`;
}

const INSERT = new PgDialect().sqlToQuery(insertFrom(sql`$1::json`)).sql;

/** All of them or none, in a transaction of their own. */
export async function insertRows(db: Db, rows: readonly NewFile[]): Promise<void> {
  await db.$client.query({ name: 'file_insert', text: INSERT, values: [asJson(rows)] });
}

export async function insertRowsIn(tx: Tx, rows: readonly NewFile[]): Promise<void> {
  await tx.execute(insertFrom(sql`${asJson(rows)}::json`));
}

function asJson(rows: readonly NewFile[]): string {
  return JSON.stringify(
    rows.map((row) =>
      Object.fromEntries(COLUMNS.map(({ key, column }) => [column.name, row[key]])),
    ),
  );
}
