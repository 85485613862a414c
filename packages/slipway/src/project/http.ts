import { createRoute } from '@hono/zod-openapi';
import type { HttpApp } from '@repo/foundation/http';
import type { KeyContext } from '../file/http.ts';
import { errorResponses, json, security } from '../openapi.ts';
import { projectView, requireProject } from './internal.ts';
import { ProjectView } from './schema.ts';

const getProjectRoute = createRoute({
  method: 'get',
  path: '/project',
  operationId: 'getProject',
  tags: ['Project'],
  summary: 'The project that the key belongs to',
  security,
  responses: {
    200: { description: 'The project', content: json(ProjectView) },
    ...errorResponses(401),
  },
});

export function mountProject(app: HttpApp, keyContext: KeyContext): void {
  app.openapi(getProjectRoute, async (c) => {
    const { ctx, projectId } = keyContext(c);
    return c.json(projectView(await requireProject(ctx, projectId, 'project.read')), 200);
  });
}
