import type { Db, Tx } from '@repo/foundation/db';
import { getTableColumns, type SQL, sql } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import { project } from '../project/table.ts';
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
  'tags',
  'folder',
  'isPrivate',
  'route',
  'uploader',
  'isTest',
  'dedupe',
  'isVersion',
  'hasCallback',
  'imageRules',
  'deleteAt',
  'confirmBy',
  'expiresAt',
  'sizeDeferred',
] as const;

/** The columns of a file that was announced; the others begin with their defaults. */
export type NewFile = Required<Pick<typeof file.$inferInsert, (typeof KEYS)[number]>>;

const COLUMNS = KEYS.map((key) => ({ key, column: getTableColumns(file)[key] }));

const NAMES = sql.join(
  COLUMNS.map(({ column }) => sql.identifier(column.name)),
  sql`, `,
);
const TYPED_NAMES = sql.join(
  COLUMNS.map(({ column }) => sql`${sql.identifier(column.name)} ${sql.raw(column.getSQLType())}`),
  sql`, `,
);

/** As one JSON parameter the statement is the same for any number of rows, so it is planned once. */
const insertFrom = (json: SQL) => sql`
  insert into ${file} (${NAMES})
  select ${NAMES} from json_to_recordset(${json}) as given (${TYPED_NAMES})`;

const insertOfFreeProjects = sql`
  with free as materialized (
    select id from ${project} where id = any ($2) for key share skip locked
  )
  ${insertFrom(sql`$1::json`)} where project_id in (select id from free)
  returning id`;

const text = (statement: SQL) => new PgDialect().sqlToQuery(statement).sql;

const INSERT = { name: 'file_insert', text: text(insertFrom(sql`$1::json`)) };
const INSERT_OF_FREE_PROJECTS = { name: 'file_insert_free', text: text(insertOfFreeProjects) };

/** All of them or none, in a transaction of their own. */
export async function insertRows(db: Db, rows: readonly NewFile[]): Promise<void> {
  await db.$client.query({ ...INSERT, values: [asJson(rows)] });
}

/**
 * Without waiting for anybody: leaves out the rows of projects that somebody has locked, or that are
 * gone. Returns the ids of those it added.
 */
export async function insertUnlockedRows(
  db: Db,
  rows: readonly NewFile[],
): Promise<ReadonlySet<string>> {
  const projects = [...new Set(rows.map(({ projectId }) => projectId))];
  const values = [asJson(rows), projects];
  const added = await db.$client.query<{ id: string }>({ ...INSERT_OF_FREE_PROJECTS, values });
  return new Set(added.rows.map(({ id }) => id));
}

export async function insertRowsIn(tx: Tx, rows: readonly NewFile[]): Promise<void> {
  await tx.execute(insertFrom(sql`${asJson(rows)}::json`));
}

function asJson(rows: readonly NewFile[]): string {
  return JSON.stringify(rows.map(byColumn));
}

function byColumn(row: NewFile): Record<string, unknown> {
  const named: Record<string, unknown> = {};
  for (const { key, column } of COLUMNS) named[column.name] = row[key];
  return named;
}
