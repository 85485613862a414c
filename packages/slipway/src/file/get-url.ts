import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { isPictureType } from '../image/formats.ts';
import { noPicture } from '../image/get-derivative.ts';
import { readTransformText, writeTransform } from '../image/transform.ts';
import { requireProject } from '../project/internal.ts';
import { addressOf, latestPath } from './address.ts';
import { getFileInProject } from './internal.ts';
import { type FileUrl, FileUrlQuery } from './schema.ts';
import type { FileRow } from './table.ts';

/** What `/f/…` URLs are signed for. */
export const FILE_PURPOSE = 'file';

/** A URL that serves the file, or a picture made from it, until it expires; whoever has it, also for private projects. */
export async function getFileUrl(
  ctx: SlipwayContext,
  call: { projectId: string; fileId: string; query: FileUrlQuery },
): Promise<FileUrl> {
  const project = await requireProject(ctx, call.projectId, 'file.read');
  const { expiresIn, download, transform, latest } = FileUrlQuery.parse(call.query);
  const row = await getFileInProject(ctx, { projectId: project.id, id: call.fileId });
  if (row.status !== 'ready') {
    throw slipwayError('conflict', `Only ready files have a URL; this one is ${row.status}.`, {
      details: { status: row.status },
    });
  }
  if (transform !== undefined && !isPictureType(row.type)) throw noPicture(row.type);
  // Whole seconds in the address: rather a part of one more than less than was asked for.
  const expires = Math.ceil(ctx.now().getTime() / 1000) + expiresIn;
  const path = ctx.signer.sign({
    purpose: FILE_PURPOSE,
    path: latest === undefined ? `/f/${addressOf(row)}` : requireLatestPath(row),
    params: {
      ...(download === undefined ? {} : { download }),
      ...(transform === undefined ? {} : writeTransform(readTransformText(transform))),
    },
    expires,
  });
  return {
    url: `${ctx.config.filesUrl}${path}`,
    expiresAt: new Date(expires * 1000).toISOString(),
  };
}

function requireLatestPath(row: FileRow): string {
  const path = latestPath(row);
  if (path !== null) return path;
  throw slipwayError(
    'validation_failed',
    'Expected a file with a customId for "latest": by it the newest version is found.',
  );
}
