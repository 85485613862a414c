import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestSlipway } from '../testing/index.ts';
import { createWebhook, deliver } from './manage.ts';
import { deliveriesTo, happen, KEYS, startWithWebhooks } from './testing/clocked.ts';
import { startReceiver } from './testing/receiver.ts';

let slipway: TestSlipway;
beforeAll(async () => {
  slipway = await startWithWebhooks();
});
afterAll(() => slipway.close());

async function work(input: { deliveryId: string; later: number; die?: string }) {
  const { env } = slipway.runtime;
  const { deliveryId, later, die } = input;
  const child = join(import.meta.dirname, 'testing', 'deliver-child.ts');
  const worker = spawn(process.execPath, [child, deliveryId, String(later)], {
    stdio: 'ignore',
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'test',
      DATABASE_URL: env.DATABASE_URL,
      DATA_DIR: env.DATA_DIR,
      SLIPWAY_SECRET: env.SLIPWAY_SECRET,
      ENCRYPTION_KEYS: KEYS,
      ALLOW_PRIVATE_TARGETS: '127.0.0.0/8',
      LOG_LEVEL: 'silent',
      ...(die === undefined ? {} : { FAILPOINTS: `${die}=1` }),
    },
  });
  return (await once(worker, 'exit')) as [number | null, string | null];
}

test('a worker that is killed after it sent leaves it to the next, which sends it with the same id', async () => {
  const tenant = await slipway.tenant();
  const { ctx } = tenant;
  const receiver = await startReceiver();
  const { id: projectId } = await slipway.project(tenant);
  const { id: endpointId } = await createWebhook(ctx, { projectId, url: receiver.url });
  await happen(ctx, { projectId, entityId: 'file_1' });
  const [delivery] = await deliveriesTo(ctx, endpointId);
  const deliveryId = delivery?.id ?? '';
  expect(await work({ deliveryId, later: 0, die: 'webhook.sent' })).toEqual([null, 'SIGKILL']);
  expect(receiver.received).toHaveLength(1);
  expect(await deliveriesTo(ctx, endpointId)).toMatchObject([{ state: 'pending', attempts: 0 }]);
  // Nobody else sends it while the first may be at it.
  await deliver(ctx, { deliveryId });
  expect(receiver.received).toHaveLength(1);
  expect(await work({ deliveryId, later: 60_000 })).toEqual([0, null]);
  const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
  expect(ids).toEqual([delivery?.eventId, delivery?.eventId]);
  expect(await deliveriesTo(ctx, endpointId)).toMatchObject([{ state: 'delivered', attempts: 1 }]);
  receiver.close();
}, 60_000);
