import { anyId } from '@repo/foundation/text';
import { z } from 'zod';
import { procedure, router } from '../trpc.ts';
import { changeFiles } from './bulk.ts';
import { completeUpload } from './complete-upload.ts';
import { deleteFile } from './delete.ts';
import { findKnownFiles } from './find-known.ts';
import { getFile } from './get.ts';
import { getFileUrl } from './get-url.ts';
import { getFileHistory } from './history.ts';
import { requireFile } from './internal.ts';
import { listFiles } from './list.ts';
import { FindKnownFiles, type ListFiles } from './list-schema.ts';
import { requestUpload } from './request-upload.ts';
import { type BulkFiles, FileUrlQuery, RequestUpload, UpdateFile } from './schema.ts';
import { updateFile } from './update.ts';
import { listVersions } from './versions.ts';

const ById = z.object({ fileId: anyId });

/** tRPC's infinite queries write the way that a person scrolls into `direction`, so the order is named otherwise here. */
type ListFilesHere = Omit<ListFiles, 'direction'> & { order?: ListFiles['direction'] };

const toQuery = ({ order, ...query }: ListFilesHere): ListFiles => ({ ...query, direction: order });

/** The first page is there at once; whoever scrolls on wants many. */
const LATER_LIMIT = 500;

export const fileRouter = router({
  list: procedure
    .input(z.object({ projectId: anyId }).and(z.custom<ListFilesHere>()))
    .query(({ ctx, input: { projectId, ...query } }) =>
      listFiles(ctx, { projectId, query: toQuery(query), laterLimit: LATER_LIMIT }),
    ),
  // A mutation only because a hundred digests are too long for an address.
  findKnown: procedure
    .input(FindKnownFiles)
    .mutation(({ ctx, input }) => findKnownFiles(ctx, input)),
  get: procedure.input(ById).query(async ({ ctx, input: { fileId } }) => {
    const { project } = await requireFile(ctx, fileId, 'file.read');
    return getFile(ctx, { projectId: project.id, fileId });
  }),
  history: procedure.input(ById).query(async ({ ctx, input: { fileId } }) => {
    const { project } = await requireFile(ctx, fileId, 'file.read');
    return getFileHistory(ctx, { projectId: project.id, fileId });
  }),
  versions: procedure.input(ById).query(async ({ ctx, input: { fileId } }) => {
    const { project } = await requireFile(ctx, fileId, 'file.read');
    return listVersions(ctx, { projectId: project.id, fileId });
  }),
  delete: procedure.input(ById).mutation(async ({ ctx, input: { fileId } }) => {
    const { project } = await requireFile(ctx, fileId, 'file.delete');
    return deleteFile(ctx, { projectId: project.id, fileId, trash: true });
  }),
  update: procedure
    .input(z.object({ fileId: anyId, change: UpdateFile }))
    .mutation(async ({ ctx, input: { fileId, change } }) => {
      const { project } = await requireFile(ctx, fileId, 'file.update');
      return updateFile(ctx, { projectId: project.id, fileId, change });
    }),
  bulk: procedure
    .input(z.object({ projectId: anyId, bulk: z.custom<BulkFiles>() }))
    .mutation(({ ctx, input }) => changeFiles(ctx, input)),
  url: procedure
    .input(ById.extend(FileUrlQuery.shape))
    .query(async ({ ctx, input: { fileId, ...query } }) => {
      const { project } = await requireFile(ctx, fileId, 'file.read');
      return getFileUrl(ctx, { projectId: project.id, fileId, query });
    }),
  requestUpload: procedure
    .input(RequestUpload.extend({ projectId: anyId }))
    .mutation(({ ctx, input: { projectId, ...upload } }) =>
      requestUpload(ctx, { projectId, upload }),
    ),
  completeUpload: procedure.input(ById).mutation(async ({ ctx, input: { fileId } }) => {
    const { project } = await requireFile(ctx, fileId, 'file.upload');
    return completeUpload(ctx, { projectId: project.id, upload: { id: fileId } });
  }),
});
