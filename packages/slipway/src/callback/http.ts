import { createRoute } from '@hono/zod-openapi';
import type { HttpApp } from '@repo/foundation/http';
import { FileId, type KeyContext } from '../file/http.ts';
import { FileView } from '../file/schema.ts';
import { errorResponses, json, security } from '../openapi.ts';
import { claimCallback } from './claim.ts';
import { CallbackQuery, CallbackState, ClaimCallback } from './schema.ts';
import { getCallback } from './state.ts';

const getCallbackRoute = createRoute({
  method: 'get',
  path: '/files/{id}/callback',
  operationId: 'getCallback',
  tags: ['Uploads'],
  summary: 'What the server answered that was told of an upload',
  security,
  request: { params: FileId, query: CallbackQuery },
  responses: {
    200: { description: 'As it stands', content: json(CallbackState) },
    ...errorResponses(400, 401, 403, 404),
  },
});

const claimCallbackRoute = createRoute({
  method: 'post',
  path: '/files/{id}/callback/claim',
  operationId: 'claimCallback',
  tags: ['Uploads'],
  summary: 'Take a callback’s message, once, before acting on it',
  description:
    'What keeps a message that somebody sends again without effect. The SDK’s handler does it.',
  security,
  request: { params: FileId, body: { required: true, content: json(ClaimCallback) } },
  responses: {
    200: { description: 'The file, ready', content: json(FileView) },
    ...errorResponses(400, 401, 403, 404, 409, 410),
  },
});

export function mountCallbacks(app: HttpApp, keyContext: KeyContext): void {
  app.openapi(getCallbackRoute, async (c) => {
    const { ctx, projectId } = keyContext(c);
    const call = { projectId, fileId: c.req.valid('param').id, query: c.req.valid('query') };
    return c.json(await getCallback(ctx, call), 200, { 'cache-control': 'no-store' });
  });
  app.openapi(claimCallbackRoute, async (c) => {
    const { ctx, projectId } = keyContext(c);
    const call = { projectId, fileId: c.req.valid('param').id, claim: c.req.valid('json') };
    return c.json(await claimCallback(ctx, call), 200);
  });
}
