import { createRoute, z } from '@hono/zod-openapi';
import type { HttpApp, KernelEnv } from '@repo/foundation/http';
import { anyId } from '@repo/foundation/text';
import type { Context } from 'hono';
import type { SlipwayContext } from '../context.ts';
import { errorResponses, json, security } from '../openapi.ts';
import { completeUpload } from './complete-upload.ts';
import { deleteFile } from './delete.ts';
import { getFile } from './get.ts';
import { getFileUrl } from './get-url.ts';
import { getFileHistory } from './history.ts';
import { listFiles } from './list.ts';
import { FilePage, ListFiles } from './list-schema.ts';
import { requestUpload } from './request-upload.ts';
import {
  CompleteUpload,
  DeleteFileQuery,
  FileHistory,
  FileUrl,
  FileUrlQuery,
  FileView,
  RequestUpload,
  UploadTicket,
} from './schema.ts';

/** The context of a request with a verified key, and the key's project. */
export type KeyContext = (c: Context<KernelEnv>) => { ctx: SlipwayContext; projectId: string };

export const FileId = z.object({
  id: anyId.openapi({
    param: { name: 'id', in: 'path' },
    example: 'file_8gKq2ZrT0yVbN4mXc1LwHd',
  }),
});

const requestUploadRoute = createRoute({
  method: 'post',
  path: '/upload-url',
  operationId: 'requestUpload',
  tags: ['Uploads'],
  summary: 'Ask for a URL to send one file to',
  security,
  request: { body: { required: true, content: json(RequestUpload) } },
  responses: {
    201: { description: 'Where to send the bytes', content: json(UploadTicket) },
    ...errorResponses(400, 401, 409, 422),
  },
});

const completeUploadRoute = createRoute({
  method: 'post',
  path: '/upload-complete',
  operationId: 'completeUpload',
  tags: ['Uploads'],
  summary: 'Verify the bytes and settle the upload',
  description:
    'Idempotent. An upload that is never completed is settled by the server within a minute or two.',
  security,
  request: { body: { required: true, content: json(CompleteUpload) } },
  responses: {
    200: { description: 'The file, ready', content: json(FileView) },
    202: {
      description: 'The file, still verifying: ask again after Retry-After seconds',
      content: json(FileView),
    },
    ...errorResponses(400, 401, 404, 409, 410, 422),
  },
});

const getHistoryRoute = createRoute({
  method: 'get',
  path: '/files/{id}/history',
  operationId: 'getFileHistory',
  tags: ['Files'],
  summary: 'Every state that a file was in, since when, and why',
  security,
  request: { params: FileId },
  responses: {
    200: { description: 'Oldest first', content: json(FileHistory) },
    ...errorResponses(401, 404),
  },
});

const listFilesRoute = createRoute({
  method: 'get',
  path: '/files',
  operationId: 'listFiles',
  tags: ['Files'],
  summary: 'List, filter, search and sort files',
  security,
  request: { query: ListFiles.strict() },
  responses: {
    200: { description: 'One page', content: json(FilePage) },
    ...errorResponses(400, 401),
  },
});

const getFileRoute = createRoute({
  method: 'get',
  path: '/files/{id}',
  operationId: 'getFile',
  tags: ['Files'],
  summary: 'Get one file',
  security,
  request: { params: FileId },
  responses: {
    200: { description: 'The file', content: json(FileView) },
    ...errorResponses(401, 404),
  },
});

const deleteFileRoute = createRoute({
  method: 'delete',
  path: '/files/{id}',
  operationId: 'deleteFile',
  tags: ['Files'],
  summary: 'Delete a file',
  security,
  description:
    'Its address stops working at once. It can be restored for as long as the project’s rule trashDays says; with permanent=true, or where there is no trash, the bytes are erased. Older versions go with the newest.',
  request: { params: FileId, query: DeleteFileQuery },
  responses: {
    200: { description: 'The file, deleted', content: json(FileView) },
    ...errorResponses(400, 401, 404),
  },
});

const getFileUrlRoute = createRoute({
  method: 'get',
  path: '/files/{id}/url',
  operationId: 'getFileUrl',
  tags: ['Files'],
  summary: 'Make a URL that serves the file for a while',
  security,
  request: { params: FileId, query: FileUrlQuery },
  responses: {
    200: { description: 'The URL', content: json(FileUrl) },
    ...errorResponses(400, 401, 404, 409, 422),
  },
});

export function mountFiles(app: HttpApp, keyContext: KeyContext): void {
  app.openapi(requestUploadRoute, async (c) => {
    const { ctx, projectId } = keyContext(c);
    return c.json(await requestUpload(ctx, { projectId, upload: c.req.valid('json') }), 201);
  });
  app.openapi(completeUploadRoute, async (c) => {
    const { ctx, projectId } = keyContext(c);
    const file = await completeUpload(ctx, { projectId, upload: c.req.valid('json') });
    if (file.status === 'ready') return c.json(file, 200);
    return c.json(file, 202, { 'retry-after': file.scan === 'pending' ? '30' : '1' });
  });
  app.openapi(listFilesRoute, async (c) => {
    const { ctx, projectId } = keyContext(c);
    c.req.valid('query');
    return c.json(await listFiles(ctx, { projectId, query: c.req.query() as ListFiles }), 200);
  });
  app.openapi(getFileRoute, async (c) => {
    const { ctx, projectId } = keyContext(c);
    return c.json(await getFile(ctx, { projectId, fileId: c.req.valid('param').id }), 200);
  });
  app.openapi(getHistoryRoute, async (c) => {
    const { ctx, projectId } = keyContext(c);
    return c.json(await getFileHistory(ctx, { projectId, fileId: c.req.valid('param').id }), 200);
  });
  app.openapi(deleteFileRoute, async (c) => {
    const { ctx, projectId } = keyContext(c);
    const trash = c.req.valid('query').permanent !== 'true';
    return c.json(
      await deleteFile(ctx, { projectId, fileId: c.req.valid('param').id, trash }),
      200,
    );
  });
  app.openapi(getFileUrlRoute, async (c) => {
    const { ctx, projectId } = keyContext(c);
    const call = { projectId, fileId: c.req.valid('param').id, query: c.req.valid('query') };
    return c.json(await getFileUrl(ctx, call), 200);
  });
}
