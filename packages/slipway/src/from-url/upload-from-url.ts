import type { SlipwayContext } from '../context.ts';
import { fileView } from '../file/internal.ts';
import type { FileView } from '../file/schema.ts';
import { announcedBefore } from '../file/ticket-again.ts';
import { requireProject } from '../project/internal.ts';
import { createTusUpload } from '../tus/create.ts';
import { describeSource } from './describe-source.ts';
import { fetchFileJob } from './jobs.ts';
import { openSource } from './open-source.ts';
import { UploadFromUrl } from './schema.ts';
import { fileSource } from './table.ts';

/** For the source to say what it has, while somebody waits for the answer. */
const LOOK_MS = 10_000;

/**
 * Announces a file that Slipway fetches itself: looks at the source, applies every rule and quota to what
 * it says it has, and leaves the bytes to a job. Ask for the file, or wait for its event.
 *
 * @throws `source_refused`, `source_unavailable`, and what `requestUpload` throws.
 */
export async function uploadFromUrl(
  ctx: SlipwayContext,
  call: { projectId: string; upload: UploadFromUrl },
): Promise<FileView> {
  const project = await requireProject(ctx, call.projectId, 'file.upload');
  const { url, ...wanted } = UploadFromUrl.parse(call.upload);
  const known = await announcedBefore(ctx, project);
  if (known !== null) return fileView(known, { project, filesUrl: ctx.config.filesUrl });
  const source = await openSource(ctx, { url, timeoutMs: LOOK_MS });
  const found = await describeSource(source);
  const { row } = await createTusUpload(ctx, {
    projectId: project.id,
    length: found.size,
    metadata: undefined,
    partial: false,
    token: undefined,
    wish: {
      ...wanted,
      name: wanted.name ?? found.name,
      type: wanted.type ?? found.type,
      size: found.size ?? 0,
    },
    onCreated: async (tx, fileId) => {
      await tx.insert(fileSource).values({ fileId, url, validator: found.validator });
      await ctx.queue.enqueue(tx, fetchFileJob, { payload: { fileId } });
    },
  });
  return fileView(row, { project, filesUrl: ctx.config.filesUrl });
}
