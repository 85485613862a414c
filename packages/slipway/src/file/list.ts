import {
  and,
  desc,
  eq,
  gte,
  ilike,
  isNotNull,
  like,
  lt,
  lte,
  ne,
  or,
  type SQL,
  sql,
} from 'drizzle-orm';
import type { z } from 'zod';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { requireProject } from '../project/internal.ts';
import { fileView } from './internal.ts';
import { type FilePage, isStorableTime, ListFiles } from './schema.ts';
import { type FileRow, file } from './table.ts';

/** The project's files, newest first, a page at a time by keyset: stable while files come and go. */
export async function listFiles(
  ctx: SlipwayContext,
  call: { projectId: string; query: ListFiles },
): Promise<FilePage> {
  const project = await requireProject(ctx, call.projectId, 'file.read');
  const query = ListFiles.parse(call.query);
  const rows = await ctx.db
    .select()
    .from(file)
    .where(
      and(eq(file.projectId, project.id), ne(file.uploadKind, 'tus_partial'), ...conditions(query)),
    )
    .orderBy(desc(file.createdAt), desc(file.id))
    .limit(query.limit + 1);
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    data: page.map((row) => fileView(row, { project, filesUrl: ctx.config.filesUrl })),
    nextCursor: rows.length > query.limit && last !== undefined ? encodeCursor(last) : null,
  };
}

function conditions(query: z.output<typeof ListFiles>): (SQL | undefined)[] {
  return [
    query.cursor === undefined ? undefined : afterCursor(query.cursor),
    query.q === undefined || query.q === '' ? undefined : matches(query.q),
    query.type === undefined ? undefined : ofType(query.type),
    ...kept(query),
    ...statusOf(query),
    query.from === undefined ? undefined : gte(file.createdAt, query.from),
    query.to === undefined ? undefined : lt(file.createdAt, query.to),
  ];
}

function statusOf({ status, trash }: z.output<typeof ListFiles>): (SQL | undefined)[] {
  if (trash !== undefined) return [eq(file.status, 'deleted'), isNotNull(file.trashedUntil)];
  return [status === undefined ? ne(file.status, 'deleted') : eq(file.status, status)];
}

/** Each says again what its index leaves out. */
function kept(query: z.output<typeof ListFiles>): (SQL | undefined)[] {
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

const escapeLike = (text: string) => text.replace(/[\\%_]/g, (char) => `\\${char}`);

/** What an index of trigrams can find: anywhere by three letters, by fewer the beginnings of words. */
function isNamed(text: string): SQL | undefined {
  const part = escapeLike(text);
  if ([...text].length >= 3) return ilike(file.name, `%${part}%`);
  const beginnings = ['', '% ', '%-', '%\\_'].map((before) => sql`${`${before}${part}%`}`);
  return sql`${file.name} ilike any (array[${sql.join(beginnings, sql`, `)}])`;
}

/** Each arm of it has an index of its own; the one of names leaves out what is only announced. */
function matches(text: string): SQL | undefined {
  if (/^file_\w+$/.test(text)) return eq(file.id, text);
  if (text.includes('/')) return eq(file.key, text);
  const named = isNamed(text);
  return or(
    and(ne(file.status, 'pending'), named),
    and(eq(file.status, 'pending'), named),
    eq(file.customId, text),
  );
}

function ofType(pattern: string): SQL {
  return pattern.endsWith('/*')
    ? like(file.type, `${escapeLike(pattern.slice(0, -1))}%`)
    : eq(file.type, pattern);
}

function encodeCursor(row: FileRow): string {
  return Buffer.from(`${row.createdAt.getTime()}.${row.id}`).toString('base64url');
}

function afterCursor(cursor: string): SQL {
  const match = /^(\d{1,15})\.(file_\w+)$/.exec(Buffer.from(cursor, 'base64url').toString());
  const [, milliseconds, id] = match ?? [];
  const time = new Date(Number(milliseconds));
  if (id === undefined || !isStorableTime(time)) {
    throw slipwayError(
      'validation_failed',
      'Expected "cursor" to be the nextCursor of an earlier page.',
    );
  }
  return sql`(${file.createdAt}, ${file.id}) < (${time.toISOString()}::timestamptz, ${id})`;
}
