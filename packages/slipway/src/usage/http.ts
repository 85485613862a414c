import { createRoute } from '@hono/zod-openapi';
import type { HttpApp } from '@repo/foundation/http';
import type { KeyContext } from '../file/http.ts';
import { errorResponses, json, security } from '../openapi.ts';
import { getProjectUsage } from './get-usage.ts';
import { LargestUploaders, ProjectUsage, UploaderQuotasPage, UsageQuery } from './schema.ts';
import { getUploaderUsage, listUploaders } from './uploaders.ts';

const getUsageRoute = createRoute({
  method: 'get',
  path: '/usage',
  operationId: 'getUsage',
  tags: ['Project'],
  summary: 'What the project and its organization use, and may use',
  description: 'Exact at the moment of the answer: the sums that limits are decided by.',
  security,
  request: { query: UsageQuery },
  responses: {
    200: { description: 'Usage and limits', content: json(ProjectUsage) },
    ...errorResponses(400, 401, 403),
  },
});

const listUploadersRoute = createRoute({
  method: 'get',
  path: '/usage/uploaders',
  operationId: 'listUploaders',
  tags: ['Project'],
  summary: 'The end-users who hold most bytes',
  description: 'By the uploader that your server names when it asks for a URL.',
  security,
  request: { query: LargestUploaders },
  responses: {
    200: { description: 'The largest first', content: json(UploaderQuotasPage) },
    ...errorResponses(400, 401, 403),
  },
});

export function mountUsage(app: HttpApp, keyContext: KeyContext): void {
  app.openapi(getUsageRoute, async (c) => {
    const { ctx, projectId } = keyContext(c);
    const { uploader } = c.req.valid('query');
    const usage = await getProjectUsage(ctx, projectId);
    if (uploader === undefined) return c.json(usage, 200);
    const held = await getUploaderUsage(ctx, { projectId, uploader });
    return c.json({ ...usage, uploader: held }, 200);
  });
  app.openapi(listUploadersRoute, async (c) => {
    const { ctx, projectId } = keyContext(c);
    return c.json(await listUploaders(ctx, { projectId, query: c.req.valid('query') }), 200);
  });
}
