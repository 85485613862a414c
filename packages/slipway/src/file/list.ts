import type { Actor } from '@repo/foundation/context';
import { eq, gte, isNotNull, isNull, like, lt, lte, type SQL, sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { SlipwayContext } from '../context.ts';
import { requireProject } from '../project/internal.ts';
import type { Project } from '../project/table.ts';
import { type Filters, findRows } from './find-rows.ts';
import { fileView } from './internal.ts';
import { afterCursor, encodeCursor } from './list-order.ts';
import { type FilePage, ListFiles } from './list-schema.ts';
import { escapeLike, matches, tagged } from './search.ts';
import { type FileRow, file } from './table.ts';
import { inActorsWorld, isTestActor } from './test-mode.ts';

/** The project's files in order, a page at a time by keyset: stable while files come and go. */
export async function listFiles(
  ctx: SlipwayContext,
  call: {
    projectId: string;
    query: ListFiles;
    /** Of pages after the first, for who goes through all of a long list. */
    laterLimit?: number | undefined;
  },
): Promise<FilePage> {
  const project = await requireProject(ctx, call.projectId, 'file.read');
  const asked = ListFiles.parse(call.query);
  const { laterLimit } = call;
  const isLater = laterLimit !== undefined && asked.cursor !== undefined;
  const query = isLater ? { ...asked, limit: laterLimit } : asked;
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
  const rows = await findRows(ctx.db, {
    projectId: project.id,
    query,
    status: query.trash === undefined ? query.status : 'deleted',
    filters: filtersOf(query),
    common: commonOf(ctx.actor, query),
  });
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  const isMore = rows.length > query.limit && last !== undefined;
  return { rows: page, nextCursor: isMore ? encodeCursor(last, query) : null };
}

/** What nearly all files are: live, and the newest of their versions. */
function commonOf(actor: Actor, { test, versions, trash }: Query): SQL[] {
  // A live server that lists its files wants those of its users.
  const isLiveKey = actor.type === 'api_key' && !isTestActor(actor);
  const isLiveOnly = test === 'false' || (test === undefined && isLiveKey);
  return [
    inActorsWorld(actor),
    isLiveOnly ? eq(file.isTest, false) : undefined,
    // Of the trash all: what is there can be taken out one by one.
    versions === undefined && trash === undefined ? isNull(file.replacedBy) : undefined,
  ].filter(isGiven);
}

/** Each says again what its index leaves out. */
function filtersOf(query: Query): Filters {
  const { type, route, uploader, sort } = query;
  const times = [
    query.from === undefined ? undefined : gte(file.createdAt, query.from),
    query.to === undefined ? undefined : lt(file.createdAt, query.to),
  ];
  const sizes = [
    query.minSize === undefined ? undefined : gte(file.size, query.minSize),
    query.maxSize === undefined ? undefined : lte(file.size, query.maxSize),
  ];
  const isKind = type?.endsWith('/*');
  return {
    range: [
      afterCursor(query),
      ...(sort === 'created' ? times : []),
      ...(sort === 'size' ? sizes : []),
    ].filter(isGiven),
    exact: [
      type === undefined || isKind ? undefined : eq(file.type, type),
      route === undefined ? undefined : eq(file.route, route),
      uploader === undefined ? undefined : eq(file.uploader, uploader),
    ].filter(isGiven),
    loose: [
      isKind ? like(file.type, `${escapeLike(type?.slice(0, -1) ?? '')}%`) : undefined,
      ...kept(query),
      ...(sort === 'created' ? [] : times),
      ...(sort === 'size' ? [] : sizes),
    ].filter(isGiven),
    tag: query.tag,
  };
}

const isGiven = (condition: SQL | undefined) => condition !== undefined;

function kept({ q, tag, folder, trash, test }: Query): (SQL | undefined)[] {
  return [
    q === undefined || q === '' ? undefined : matches(q),
    tag === undefined ? undefined : tagged(tag),
    folder === undefined || folder === '' ? undefined : within(folder),
    trash === undefined ? undefined : isNotNull(file.trashedUntil),
    test === 'true' ? eq(file.isTest, true) : undefined,
  ];
}

const within = (folder: string): SQL =>
  sql`(${file.folder} <> '' and (${file.folder} = ${folder} or ${file.folder} like ${`${escapeLike(folder)}/%`}))`;
