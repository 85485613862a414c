import { createRoute } from '@hono/zod-openapi';
import type { HttpApp } from '@repo/foundation/http';
import type { KeyContext } from '../file/http.ts';
import { errorResponses, json, security } from '../openapi.ts';
import { listUploadLog } from './list.ts';
import { ListUploadLog, UploadLogPage } from './schema.ts';

const listRoute = createRoute({
  method: 'get',
  path: '/upload-log',
  operationId: 'listUploadLog',
  tags: ['Uploads'],
  summary: 'Uploads that did not become files, and why',
  description:
    'Of the last 30 days: refused by a rule or quota when they were announced, or ended later. After 100 refusals in an hour the rest are counted by code and route.',
  security,
  request: { query: ListUploadLog },
  responses: {
    200: { description: 'Latest first', content: json(UploadLogPage) },
    ...errorResponses(400, 401),
  },
});

export function mountUploadLog(app: HttpApp, keyContext: KeyContext): void {
  app.openapi(listRoute, async (c) => {
    const { ctx, projectId } = keyContext(c);
    c.req.valid('query');
    return c.json(
      await listUploadLog(ctx, { projectId, query: c.req.query() as ListUploadLog }),
      200,
    );
  });
}
