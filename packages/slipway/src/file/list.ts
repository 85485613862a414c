import type { Db } from '@repo/foundation/db';
import { and, eq, gte, inArray, isNotNull, like, lt, lte, ne, type SQL, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { SlipwayContext } from '../context.ts';
import { requireProject } from '../project/internal.ts';
import type { Project } from '../project/table.ts';
import { fileView } from './internal.ts';
import { afterCursor, armsOf, encodeCursor, orderOf } from './list-order.ts';
import { type FilePage, ListFiles } from './list-schema.ts';
import { escapeLike, matches } from './search.ts';
import { type FileRow, file } from './table.ts';

/** The project's files in order, a page at a time by keyset: stable while files come and go. */
export async function listFiles(
  ctx: SlipwayContext,
  call: { projectId: string; query: ListFiles },
): Promise<FilePage> {
  const project = await requireProject(ctx, call.projectId, 'file.read');
  const query = ListFiles.parse(call.query);
  const { rows, nextCursor } = await pageOf(ctx, { project, query });
  return {
    data: rows.map((row) => fileView(row, { project, filesUrl: ctx.config.filesUrl })),
    nextCursor,
  };
}

type Query = z.output<typeof ListFiles>;

export async function pageOf(
  ctx: SlipwayContext,
  { project, query }: { project: Project; query: Query },
): Promise<{ rows: FileRow[]; nextCursor: string | null }> {
  const rows = await rowsOf(ctx.db, { project, query });
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  const isMore = rows.length > query.limit && last !== undefined;
  return { rows: page, nextCursor: isMore ? encodeCursor(last, query) : null };
}

function rowsOf(db: Db, { project, query }: { project: Project; query: Query }) {
  const most = query.limit + 1;
  const [first, second] = armsOf(query).map((arm) =>
    db
      .select()
      .from(file)
      .where(
        and(
          eq(file.projectId, project.id),
          ne(file.uploadKind, 'tus_partial'),
          arm,
          ...conditions(query),
        ),
      )
      .orderBy(...orderOf(query))
      .limit(most),
  );
  if (first === undefined) throw new Error('a list has an arm');
  if (second === undefined) return first;
  const of = <T extends object>(arm: T) => sql`(${arm})`;
  return db
    .select()
    .from(file)
    .where(
      inArray(
        file.id,
        sql`(select id from (${sql.join([of(first), of(second)], sql` union all `)}) as arms)`,
      ),
    )
    .orderBy(...orderOf(query))
    .limit(most);
}

function conditions(query: Query): (SQL | undefined)[] {
  return [
    afterCursor(query),
    query.q === undefined || query.q === '' ? undefined : matches(query.q),
    query.type === undefined ? undefined : ofType(query.type),
    ...kept(query),
    ...statusOf(query),
    query.from === undefined ? undefined : gte(file.createdAt, query.from),
    query.to === undefined ? undefined : lt(file.createdAt, query.to),
  ];
}

function statusOf({ status, trash }: Query): (SQL | undefined)[] {
  if (trash !== undefined) return [eq(file.status, 'deleted'), isNotNull(file.trashedUntil)];
  return [status === undefined ? ne(file.status, 'deleted') : eq(file.status, status)];
}

/** Each says again what its index leaves out. */
function kept(query: Query): (SQL | undefined)[] {
  const { tag, folder, route, uploader, minSize, maxSize } = query;
  return [
    tag === undefined ? undefined : tagged(tag),
    folder === undefined || folder === '' ? undefined : within(folder),
    route === undefined ? undefined : eq(file.route, route),
    uploader === undefined ? undefined : eq(file.uploader, uploader),
    minSize === undefined ? undefined : gte(file.size, minSize),
    maxSize === undefined ? undefined : lte(file.size, maxSize),
  ];
}

/** Not those that are only announced: they have no tags to be found by yet. */
const tagged = (tag: string): SQL =>
  sql`(${file.status} <> 'pending' and ${file.tags} <> '{}' and ${file.tags} @> array[${tag}]::text[])`;

const within = (folder: string): SQL =>
  sql`(${file.folder} <> '' and (${file.folder} = ${folder} or ${file.folder} like ${`${escapeLike(folder)}/%`}))`;

function ofType(pattern: string): SQL {
  return pattern.endsWith('/*')
    ? like(file.type, `${escapeLike(pattern.slice(0, -1))}%`)
    : eq(file.type, pattern);
}
