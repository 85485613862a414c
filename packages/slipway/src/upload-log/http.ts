import { createRoute } from '@hono/zod-openapi';
import type { HttpApp } from '@repo/foundation/http';
import type { KeyContext } from '../file/http.ts';
import { errorResponses, json, security } from '../openapi.ts';
import { listUploadLog } from './list.ts';
import { reportRefusals } from './report.ts';
import { ListUploadLog, NotedRefusals, ReportRefusals, UploadLogPage } from './schema.ts';

const listRoute = createRoute({
  method: 'get',
  path: '/upload-log',
  operationId: 'listUploadLog',
  tags: ['Uploads'],
  summary: 'Uploads that did not become files, and why',
  description:
    'Refused by a rule or quota when they were announced, or ended later; for as long as the plan keeps logs. After 100 refusals in an hour the rest are counted by code and route.',
  security,
  request: { query: ListUploadLog.strict() },
  responses: {
    200: { description: 'Latest first', content: json(UploadLogPage) },
    ...errorResponses(400, 401),
  },
});

const reportRoute = createRoute({
  method: 'post',
  path: '/upload-log',
  operationId: 'reportRefusals',
  tags: ['Uploads'],
  summary: 'Note uploads that your own server refused',
  description:
    'The SDK’s handler does it by itself. They stand in the log beside what Slipway refuses; after 100 in an hour the rest are counted by code and route.',
  security,
  request: { body: { required: true, content: json(ReportRefusals) } },
  responses: {
    200: { description: 'They are in the log', content: json(NotedRefusals) },
    ...errorResponses(400, 401, 403),
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
  app.openapi(reportRoute, async (c) => {
    const { ctx, projectId } = keyContext(c);
    return c.json(await reportRefusals(ctx, { projectId, report: c.req.valid('json') }), 200);
  });
}
