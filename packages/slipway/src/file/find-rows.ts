import type { Db } from '@repo/foundation/db';
import { and, eq, inArray, ne, type SQL, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { orderOf, placeOf, sortedBy } from './list-order.ts';
import type { ListFiles } from './list-schema.ts';
import { type FILE_STATUSES, type FileRow, file, fileTag, UNFINISHED } from './table.ts';

type Query = z.output<typeof ListFiles>;

/** What a list is narrowed by, as far as it is not by its status. */
export interface Filters {
  /** What comes behind the cursor, and else narrows the order itself. */
  range: SQL[];
  /** Equalities with an index that has the newest first. */
  exact: SQL[];
  loose: SQL[];
  /** The tag that one of the loose ones asks for. */
  tag: string | undefined;
}

interface Wanted {
  projectId: string;
  query: Query;
  /** Without it, all but deleted ones. */
  status: (typeof FILE_STATUSES)[number] | undefined;
  filters: Filters;
  /** What nearly all files are. */
  common: SQL[];
}

/** So many files are looked through for each that is wanted, before all are asked for by their filters. */
const NEARBY = 80;
/** Of a download, whose pages are long. */
const MOST_NEARBY = 20_000;

/**
 * One page in its order, and one file more where there are more.
 *
 * How many files a filter leaves Postgres can only guess. Guessing wrong, it looks through a million of
 * them in their order for some that are not there, or puts half a million in order to show the first. So
 * it does not have to: first those are looked through that come next, which finds what many files have;
 * only what few have is asked for by the indexes of the filters, and put in order then. Tags have a table
 * of their own: what many files have had, and none of the latest, is what they are used for.
 */
export async function findRows(db: Db, wanted: Wanted): Promise<FileRow[]> {
  if (isIndexed(wanted)) return read(db, wanted, inOrder);
  if (isOfTagAlone(wanted)) return read(db, wanted, amongTagged);
  if (hasOrder(wanted)) {
    const rows = await read(db, wanted, amongNext);
    if (rows.length > wanted.query.limit) return rows;
  }
  return read(db, wanted, byFilters);
}

/** True when one index has all that is asked for, in its order. */
function isIndexed({ query, status, filters: { exact, loose } }: Wanted): boolean {
  const equalities = exact.length + Number(status !== undefined);
  return loose.length === 0 && equalities <= Number(query.sort === 'created');
}

/** Of deleted files nobody keeps the tags in order. */
const isOfTagAlone = ({ query, status, filters: { exact, loose, tag } }: Wanted) =>
  tag !== undefined &&
  query.sort === 'created' &&
  status === undefined &&
  exact.length + loose.length === 1;

/** Deleted files are in the index of their status alone. */
const hasOrder = ({ query, status }: Wanted) => query.sort === 'created' || status !== 'deleted';

type Find = (wanted: Wanted, most: number) => SQL[];

function read(db: Db, wanted: Wanted, find: Find): Promise<FileRow[]> {
  const { query } = wanted;
  const most = query.limit + 1;
  const found = sql.join(
    find(wanted, most).map((part) => sql`(${part})`),
    sql` union all `,
  );
  const ids = sql`select id from (${found}) as found order by ${placeOf(query)} limit ${most}`;
  return db
    .select()
    .from(file)
    .where(inArray(file.id, sql`(${ids})`))
    .orderBy(...orderOf(query))
    .limit(most);
}

const inOrder: Find = ({ filters: { exact, range }, ...wanted }, most) => {
  const parts = exact.length === 0 ? partsInOrder(wanted) : partsByStatus(wanted);
  return parts.map(
    (part) => sql`${filesOf(wanted, [part, ...range, ...exact])} ${firstOf(wanted, most)}`,
  );
};

const amongNext: Find = ({ filters: { range, exact, loose }, ...wanted }, most) => {
  const nearby = Math.min(most * NEARBY, MOST_NEARBY);
  return partsInOrder(wanted).map((part) => {
    const next = and(eq(file.projectId, wanted.projectId), part, ...range);
    // Under the table's own name, so that the filters mean these.
    return sql`select ${file.id}, ${sortedBy(wanted.query)} as place
      from (select * from ${file} where ${next} ${firstOf(wanted, nearby)}) as ${file}
      where ${and(isWhole, ofStatus(wanted), ...wanted.common, ...exact, ...loose)} ${firstOf(wanted, most)}`;
  });
};

const amongTagged: Find = ({ filters: { range, tag }, ...wanted }, most) => {
  const own = sql`select ${fileTag.fileId} as id, ${fileTag.createdAt} from ${fileTag}
    where ${and(eq(fileTag.projectId, wanted.projectId), eq(fileTag.tag, tag ?? ''))}`;
  // Under the name of files, so that what comes behind a cursor means these.
  const inOrder = sql`select ${file.id}, ${file.createdAt} from (${own}) as ${file} where ${and(sql`true`, ...range)}`;
  return [
    sql`select ${file.id}, tagged.created_at as place from (${inOrder}) as tagged
      join ${file} on ${file.id} = tagged.id where ${and(isWhole, ...wanted.common)}
      order by ${placeOf(wanted.query)} limit ${most}`,
  ];
};

/** Behind `offset 0` the order has no say in how they are found. */
const byFilters: Find = ({ filters: { range, exact, loose }, ...wanted }) =>
  partsByStatus(wanted).map(
    (part) => sql`${filesOf(wanted, [part, ...range, ...exact, ...loose])} offset 0`,
  );

type Scope = Omit<Wanted, 'filters'>;

const filesOf = ({ projectId, query, common }: Scope, where: (SQL | undefined)[]) =>
  sql`select ${file.id}, ${sortedBy(query)} as place from ${file}
    where ${and(eq(file.projectId, projectId), isWhole, ...common, ...where)}`;

const firstOf = ({ query }: Scope, most: number) =>
  sql`order by ${sql.join(orderOf(query), sql`, `)} limit ${most}`;

/** A piece of another upload is no file of its own. */
const isWhole = ne(file.uploadKind, 'tus_partial');

/** In the words of the indexes: see `table.ts`. */
const isSettled = sql`${file.status} not in ('pending', 'verifying', 'deleted')`;
const isThere = sql`${file.status} <> 'deleted'`;

const ofStatus = ({ status }: Scope) =>
  status === undefined ? undefined : eq(file.status, status);

/** Together all of the status; of each an index has the filters. */
function partsByStatus(scope: Scope): (SQL | undefined)[] {
  if (scope.status !== undefined) return [ofStatus(scope)];
  return [isSettled, ...UNFINISHED.map((status) => eq(file.status, status))];
}

/** Together all of the status or more; of each an index has the order, or they are few. */
function partsInOrder(scope: Scope): (SQL | undefined)[] {
  const { query, status } = scope;
  if (query.sort === 'created') return [ofStatus(scope) ?? isThere];
  const isOpen = UNFINISHED.some((open) => open === status);
  return status === undefined || isOpen ? partsByStatus(scope) : [isSettled];
}
