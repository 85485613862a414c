import { toAppError } from '@repo/foundation/errors';
import type { z } from 'zod';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { requireProject } from '../project/internal.ts';
import { deleteFile } from './delete.ts';
import { getFileInProject } from './internal.ts';
import { fileTags } from './keeping.ts';
import { purgeFile } from './purge.ts';
import { restoreFile } from './restore.ts';
import { BulkFiles, type BulkResult } from './schema.ts';
import type { FileRow } from './table.ts';
import { changeFile } from './update.ts';

/** At once; each takes a connection of the pool. */
const LANES = 4;

/** One change of many files. Each is a change of its own: what goes wrong with one is its own answer. */
export async function changeFiles(
  ctx: SlipwayContext,
  call: { projectId: string; bulk: BulkFiles },
): Promise<BulkResult> {
  const asked = BulkFiles.safeParse(call.bulk);
  const permission = asked.data?.action === 'update' ? 'file.update' : 'file.delete';
  const project = await requireProject(ctx, call.projectId, permission);
  const bulk = asked.data ?? BulkFiles.parse(call.bulk);
  // Read once: every verb asks for it.
  const inProject = { ...ctx, project };
  const results = new Map<string, BulkResult['results'][number]>();
  const queue = bulk.ids.values();
  const lane = async () => {
    for (const id of queue) results.set(id, await changeOne(inProject, { id, bulk }));
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return { results: bulk.ids.map((id) => results.get(id) ?? { id, ok: true }) };
}

type InProject = SlipwayContext & { project: NonNullable<SlipwayContext['project']> };

async function changeOne(
  ctx: InProject,
  { id, bulk }: { id: string; bulk: z.output<typeof BulkFiles> },
): Promise<BulkResult['results'][number]> {
  try {
    await apply(ctx, { id, bulk });
    return { id, ok: true };
  } catch (error) {
    const known = toAppError(error);
    if (known.status >= 500) ctx.log.error({ err: error, fileId: id }, 'a bulk change failed');
    return { id, ok: false, error: { code: known.code, message: known.message } };
  }
}

async function apply(
  ctx: InProject,
  { id: fileId, bulk }: { id: string; bulk: z.output<typeof BulkFiles> },
): Promise<unknown> {
  const at = { projectId: ctx.project.id, fileId };
  switch (bulk.action) {
    case 'delete':
      return deleteFile(ctx, { ...at, trash: true });
    case 'erase':
      return deleteFile(ctx, at);
    case 'restore':
      return restoreFile(ctx, at);
    case 'purge':
      return purgeFile(ctx, at);
    case 'update':
      return retag(ctx, { fileId, bulk });
  }
}

async function retag(
  ctx: InProject,
  { fileId, bulk }: { fileId: string; bulk: z.output<typeof BulkFiles> },
): Promise<void> {
  const { project } = ctx;
  const row = await getFileInProject(ctx, { projectId: project.id, id: fileId });
  const set = ({ tags }: FileRow) => ({
    tags: retagged(tags, bulk),
    ...(bulk.folder !== undefined && { folder: bulk.folder }),
  });
  await changeFile(ctx, { row, project, set });
}

function retagged(
  tags: readonly string[],
  { addTags = [], removeTags = [] }: z.output<typeof BulkFiles>,
): string[] {
  const removed = new Set(removeTags);
  const wanted = [...new Set([...tags, ...addTags])].filter((tag) => !removed.has(tag));
  const result = fileTags.safeParse(wanted);
  if (result.success) return result.data;
  throw slipwayError('validation_failed', 'A file has at most 20 tags; this one would have more.');
}
