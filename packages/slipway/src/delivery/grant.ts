import type { KernelEnv } from '@repo/foundation/http';
import { isStorableText } from '@repo/foundation/text';
import { and, eq, isNull, type SQL } from 'drizzle-orm';
import type { Context } from 'hono';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { hasAddress, latestPath } from '../file/address.ts';
import { FILE_PURPOSE } from '../file/get-url.ts';
import { isPublic } from '../file/internal.ts';
import { type FileRow, file } from '../file/table.ts';
import { snapToLadder } from '../image/ladder.ts';
import { readTransform, type Transform } from '../image/transform.ts';
import { project } from '../project/table.ts';
import { isObjectKey } from '../storage/storage.ts';
import { cacheControl } from './cache-control.ts';

/** What a URL gives. */
export interface Grant {
  row: FileRow;
  /** The picture to make of it; null for the file as it is. */
  transform: Transform | null;
  /** To be saved, not shown. */
  save: boolean;
  /** Under this name instead of its own. */
  saveAs: string | undefined;
  cacheControl: string;
  /** Other bytes may be at this address later. */
  isLatest?: boolean;
}

/** Public files are everybody's, private ones are for who has a signed URL. */
export async function authorize(c: Context<KernelEnv>, ctx: SlipwayContext): Promise<Grant> {
  const { folder = '', name = '' } = c.req.param();
  const key = `${folder}/${name}`;
  if (!isObjectKey(key)) throw missing();
  return grantAt(c, ctx, { path: `/f/${key}`, match: hasAddress(key) });
}

/** `/f/<project>/id/<customId>`: whichever version is the newest. */
export async function authorizeLatest(
  c: Context<KernelEnv>,
  ctx: SlipwayContext,
  { isTest }: { isTest: boolean },
): Promise<Grant> {
  const { folder: projectId = '', customId = '' } = c.req.param();
  const path = latestPath({ projectId, customId, isTest });
  if (path === null || !isStorableText(projectId + customId)) throw missing();
  const match = and(
    eq(file.projectId, projectId),
    eq(file.customId, customId),
    eq(file.isTest, isTest),
    isNull(file.replacedBy),
    eq(file.status, 'ready'),
  );
  const grant = await grantAt(c, ctx, { path, match });
  // Tomorrow there may be another one here.
  const scope = grant.cacheControl.startsWith('private') ? 'private' : 'public';
  return { ...grant, cacheControl: `${scope}, no-cache`, isLatest: true };
}

const missing = () => slipwayError('not_found', 'There is no such file.');

async function grantAt(
  c: Context<KernelEnv>,
  ctx: SlipwayContext,
  { path, match }: { path: string; match: SQL | undefined },
): Promise<Grant> {
  const { searchParams: query } = new URL(c.req.url);
  const signed = query.has('signature')
    ? ctx.signer.verify({ purpose: FILE_PURPOSE, path, query, now: ctx.now() })
    : undefined;
  const [found] = await ctx.db
    .select({ file, rules: project.rules })
    .from(file)
    .innerJoin(project, eq(project.id, file.projectId))
    .where(and(match, isNull(project.deletedAt)));
  // Without a signature a private file looks exactly like a missing one.
  if (found === undefined || found.file.status !== 'ready') throw missing();
  if (!isPublic(found.file, found.rules) && signed === undefined) throw missing();
  const row = found.file;
  const version = query.get('v') ?? undefined;
  return {
    row,
    transform: transformOf(signed, query),
    save: signed === undefined ? query.has('download') : 'download' in signed,
    saveAs: signed?.['download'],
    cacheControl: cacheControl({ row, signed, version, now: ctx.now() }),
  };
}

/** A signature is for one size, whichever it is; without one there are steps. */
function transformOf(
  signed: Readonly<Record<string, string>> | undefined,
  query: URLSearchParams,
): Transform | null {
  if (signed !== undefined) return readTransform(signed);
  const wish = readTransform(Object.fromEntries(query));
  return wish === null ? null : snapToLadder(wish);
}
