import { createRoute } from '@hono/zod-openapi';
import type { HttpApp } from '@repo/foundation/http';
import type { KeyContext } from '../file/http.ts';
import { errorResponses, json, security } from '../openapi.ts';
import { listEvents } from './list.ts';
import { EventPage, ListEvents } from './schema.ts';

const listEventsRoute = createRoute({
  method: 'get',
  path: '/events',
  operationId: 'listEvents',
  tags: ['Events'],
  summary: 'What happened, in order',
  description:
    'For whoever asks instead of being told by webhooks. Ask again with the cursor of each answer: every event comes once.',
  security,
  request: { query: ListEvents },
  responses: {
    200: { description: 'Oldest first', content: json(EventPage) },
    ...errorResponses(400, 401, 403),
  },
});

export function mountEvents(app: HttpApp, keyContext: KeyContext): void {
  app.openapi(listEventsRoute, async (c) => {
    const { ctx, projectId } = keyContext(c);
    c.req.valid('query');
    return c.json(await listEvents(ctx, { projectId, query: c.req.query() }), 200);
  });
}
