import { createRoute, z } from '@hono/zod-openapi';
import type { HttpApp } from '@repo/foundation/http';
import {
  errorResponses,
  inPath,
  json,
  type KeyContext,
  ListingParams,
  security,
  time,
  timeOf,
  timeOrNull,
} from '../api/rest.ts';
import type { Context } from '../context.ts';
import { KEPT_DAYS } from '../retention/kept.ts';
import { cancelBatch } from './cancel.ts';
import { listBatches } from './list.ts';
import { pauseBatch } from './pause.ts';
import { resumeBatch } from './resume.ts';
import { retryBatch } from './retry.ts';
import type { Batch, BatchRef } from './schema.ts';

const BatchParams = z.object({ batchId: inPath('batchId', 'bat_8gKq2ZrT0yVbN4mXc1LwHd') });

const BatchView = z
  .object({
    id: z.string(),
    listingId: z.string(),
    total: z.int(),
    queued: z.int(),
    running: z.int(),
    done: z.int(),
    failed: z.int(),
    cancelled: z.int(),
    progress: z.number().openapi({ description: '0 to 1 over all of its scenes' }),
    credits: z.object({ spent: z.int(), held: z.int(), returned: z.int() }),
    createdAt: time,
    pausedAt: time.nullable(),
    cancelledAt: time.nullable(),
    endedAt: time.nullable(),
  })
  .openapi('Batch');
const BatchList = z.object({ data: z.array(BatchView) }).openapi('BatchList');

const common = { tags: ['Enhancements'], security };

const listRoute = createRoute({
  ...common,
  method: 'get',
  path: '/listings/{listingId}/batches',
  operationId: 'listBatches',
  summary: 'How far a listing’s orders are',
  request: { params: ListingParams },
  responses: {
    200: { description: 'Those under way, then the latest', content: json(BatchList) },
    ...errorResponses(401, 403, 404),
  },
});

interface Action {
  name: 'pause' | 'resume' | 'cancel' | 'retry';
  summary: string;
  description?: string;
  act(ctx: Context, input: BatchRef): Promise<unknown>;
}

const ACTIONS: readonly Action[] = [
  {
    name: 'pause',
    summary: 'Begin nothing more of an order',
    description: `What waits holds its credits until it is resumed. ${KEPT_DAYS.pausedWork} days after they were reserved it is cancelled, and they come back.`,
    act: pauseBatch,
  },
  { name: 'resume', summary: 'Go on with a paused order', act: resumeBatch },
  {
    name: 'cancel',
    summary: 'End an order; credits of what is not done come back',
    act: cancelBatch,
  },
  { name: 'retry', summary: 'Try what failed of an order again', act: retryBatch },
];

const actionRoute = ({ name, summary, description }: Action) =>
  createRoute({
    ...common,
    method: 'post',
    path: `/batches/{batchId}/${name}`,
    operationId: `${name}Batch`,
    summary,
    ...(description !== undefined && { description }),
    request: { params: BatchParams },
    responses: {
      204: { description: 'Done' },
      ...errorResponses(401, 402, 403, 404, 409),
    },
  });

/** What is started together is an order; `order.done` tells of its end. */
export function mountBatches(app: HttpApp, keyContext: KeyContext): void {
  app.openapi(listRoute, async (c) => {
    const { ctx } = keyContext(c);
    return c.json({ data: (await listBatches(ctx, c.req.valid('param'))).map(batchView) }, 200);
  });
  for (const action of ACTIONS)
    app.openapi(actionRoute(action), async (c) => {
      const { ctx } = keyContext(c);
      await action.act(ctx, c.req.valid('param'));
      return c.body(null, 204);
    });
}

function batchView(batch: Batch): z.infer<typeof BatchView> {
  const { id, listingId, total, queued, running, done, failed, cancelled } = batch;
  return {
    ...{ id, listingId, total, queued, running, done, failed, cancelled },
    progress: batch.progress,
    credits: batch.credits,
    createdAt: timeOf(batch.createdAt),
    pausedAt: timeOrNull(batch.pausedAt),
    cancelledAt: timeOrNull(batch.cancelledAt),
    endedAt: timeOrNull(batch.endedAt),
  };
}
