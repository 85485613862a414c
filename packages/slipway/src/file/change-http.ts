import { createRoute } from '@hono/zod-openapi';
import type { HttpApp } from '@repo/foundation/http';
import { errorResponses, json, security } from '../openapi.ts';
import { changeFiles } from './bulk.ts';
import { confirmFile } from './confirm.ts';
import { FileId, type KeyContext } from './http.ts';
import { restoreFile } from './restore.ts';
import { BulkFiles, BulkResult, FileVersions, FileView, UpdateFile } from './schema.ts';
import { updateFile } from './update.ts';
import { listVersions } from './versions.ts';

const updateFileRoute = createRoute({
  method: 'patch',
  path: '/files/{id}',
  operationId: 'updateFile',
  tags: ['Files'],
  summary: 'Change a file’s name, folder, tags, metadata, customId, visibility or expiry',
  security,
  request: { params: FileId, body: { required: true, content: json(UpdateFile) } },
  responses: {
    200: { description: 'The file as it is now', content: json(FileView) },
    ...errorResponses(400, 401, 404, 409, 410, 422),
  },
});

const confirmFileRoute = createRoute({
  method: 'post',
  path: '/files/{id}/confirm',
  operationId: 'confirmFile',
  tags: ['Files'],
  summary: 'Keep a temporary file',
  security,
  request: { params: FileId },
  responses: {
    200: { description: 'The file, kept', content: json(FileView) },
    ...errorResponses(401, 404, 410),
  },
});

const restoreFileRoute = createRoute({
  method: 'post',
  path: '/files/{id}/restore',
  operationId: 'restoreFile',
  tags: ['Files'],
  summary: 'Take a file out of the trash, or make an older version the newest',
  security,
  request: { params: FileId },
  responses: {
    200: { description: 'The file, as it is now', content: json(FileView) },
    ...errorResponses(401, 404, 409),
  },
});

const listVersionsRoute = createRoute({
  method: 'get',
  path: '/files/{id}/versions',
  operationId: 'listFileVersions',
  tags: ['Files'],
  summary: 'The versions of a file, by its customId',
  description: 'Also those in the trash. POST /files/{id}/restore makes an older one the newest.',
  security,
  request: { params: FileId },
  responses: {
    200: { description: 'The newest first', content: json(FileVersions) },
    ...errorResponses(401, 404),
  },
});

const bulkRoute = createRoute({
  method: 'post',
  path: '/files/bulk',
  operationId: 'changeFiles',
  tags: ['Files'],
  summary: 'Delete, restore, tag or move up to 1000 files',
  description: 'Each file has an answer of its own; one that fails leaves the others alone.',
  security,
  request: { body: { required: true, content: json(BulkFiles) } },
  responses: {
    200: { description: 'One result for each id', content: json(BulkResult) },
    ...errorResponses(400, 401),
  },
});

export function mountFileChanges(app: HttpApp, keyContext: KeyContext): void {
  app.openapi(bulkRoute, async (c) => {
    const { ctx, projectId } = keyContext(c);
    return c.json(await changeFiles(ctx, { projectId, bulk: c.req.valid('json') }), 200);
  });
  app.openapi(listVersionsRoute, async (c) => {
    const { ctx, projectId } = keyContext(c);
    return c.json(await listVersions(ctx, { projectId, fileId: c.req.valid('param').id }), 200);
  });
  app.openapi(updateFileRoute, async (c) => {
    const { ctx, projectId } = keyContext(c);
    const call = { projectId, fileId: c.req.valid('param').id, change: c.req.valid('json') };
    return c.json(await updateFile(ctx, call), 200);
  });
  app.openapi(confirmFileRoute, async (c) => {
    const { ctx, projectId } = keyContext(c);
    return c.json(await confirmFile(ctx, { projectId, fileId: c.req.valid('param').id }), 200);
  });
  app.openapi(restoreFileRoute, async (c) => {
    const { ctx, projectId } = keyContext(c);
    return c.json(await restoreFile(ctx, { projectId, fileId: c.req.valid('param').id }), 200);
  });
}
