import { createRoute } from '@hono/zod-openapi';
import type { HttpApp } from '@repo/foundation/http';
import type { KeyContext } from '../file/http.ts';
import { errorResponses, json, security } from '../openapi.ts';
import { getProjectUsage } from './get-usage.ts';
import { ProjectUsage } from './schema.ts';

const getUsageRoute = createRoute({
  method: 'get',
  path: '/usage',
  operationId: 'getUsage',
  tags: ['Project'],
  summary: 'What the project and its organization use, and may use',
  description: 'Exact at the moment of the answer: the sums that limits are decided by.',
  security,
  responses: {
    200: { description: 'Usage and limits', content: json(ProjectUsage) },
    ...errorResponses(401, 403),
  },
});

export function mountUsage(app: HttpApp, keyContext: KeyContext): void {
  app.openapi(getUsageRoute, async (c) => {
    const { ctx, projectId } = keyContext(c);
    return c.json(await getProjectUsage(ctx, projectId), 200);
  });
}
