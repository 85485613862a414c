import { oddCursors } from '@repo/foundation/testing';
import { TRPCError } from '@trpc/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appRouter } from './router.ts';
import type { TestSlipway } from './testing/index.ts';
import { startWithWebhooks } from './webhook/testing/clocked.ts';

let slipway: TestSlipway;
beforeAll(async () => {
  slipway = await startWithWebhooks();
});
afterAll(() => slipway.close());

const SORTS = ['created', 'name', 'size'] as const;

test('whatever comes as the cursor of a list, the list or the cursor’s fault is the answer', async () => {
  // Signed up first, and so the admin of the installation.
  const tenant = await slipway.tenant();
  const { organizationId } = tenant;
  const { id: projectId } = await slipway.project(tenant);
  const api = appRouter.createCaller(tenant.ctx);
  const { id: endpointId } = await api.webhook.create({
    projectId,
    url: 'https://example.com/hook',
  });
  const lists: [string, string[], (cursor: string) => Promise<unknown>][] = [
    ...SORTS.map((sort): (typeof lists)[number] => [
      `files by ${sort}`,
      sort === 'created' ? oddCursors('file') : oddCursors('file', sort),
      (cursor) => api.file.list({ projectId, sort, cursor }),
    ]),
    ['audit', oddCursors('aud'), (cursor) => api.audit.list({ organizationId, cursor })],
    ['uploads', oddCursors('log'), (cursor) => api.uploadLog.list({ projectId, cursor })],
    ['callbacks', oddCursors('file'), (cursor) => api.callback.list({ projectId, cursor })],
    [
      'deliveries',
      oddCursors('whd'),
      (cursor) => api.webhook.deliveries({ projectId, endpointId, cursor }),
    ],
    ['notices', oddCursors('ntc'), (cursor) => api.notice.list({ cursor })],
    ['organizations', oddCursors('org'), (cursor) => api.installation.organizations({ cursor })],
    ['outbox', oddCursors('mail'), (cursor) => api.outbox.list({ cursor })],
  ];
  for (const [name, cursors, list] of lists)
    for (const cursor of cursors) {
      const error = await list(cursor).then(
        () => null,
        (reason: unknown) => reason,
      );
      if (error === null) continue;
      const about = `${name}: ${JSON.stringify(cursor)}`;
      expect(error, about).toBeInstanceOf(TRPCError);
      // It is refused here, and not by Postgres.
      expect(error, about).toMatchObject({
        code: 'BAD_REQUEST',
        message: expect.stringContaining('cursor'),
      });
    }
}, 120_000);
