import { MOST_TRIES, RETRY_DELAYS_MS, waitAfter } from '@repo/foundation/webhook';
import { eq, inArray } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { SlipwayContext } from '../context.ts';
import type { TestSlipway, TestTenant } from '../testing/index.ts';
import {
  createWebhook,
  deliver,
  getDeliveryDetail,
  getWebhook,
  replayWebhook,
  resendDelivery,
  sendTest,
  updateWebhook,
} from './manage.ts';
import { webhookAttempt, webhookDelivery, webhookEndpoint } from './table.ts';
import {
  type Clock,
  deliveriesTo,
  happen,
  runUntil,
  startWithWebhooks,
  withClock,
} from './testing/clocked.ts';
import { startReceiver } from './testing/receiver.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let slipway: TestSlipway;
let tenant: TestTenant;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
let clock: Clock;
let ctx: SlipwayContext;
let projectId: string;
let endpointId: string;

beforeAll(async () => {
  slipway = await startWithWebhooks();
  tenant = await slipway.tenant();
});
afterAll(() => slipway.close());

beforeEach(async () => {
  receiver = await startReceiver();
  clock = { now: new Date() };
  ctx = withClock(tenant.ctx, clock);
  projectId = (await slipway.project(tenant)).id;
  endpointId = (await createWebhook(ctx, { projectId, url: receiver.url })).id;
});
afterEach(() => receiver.close());

const later = (milliseconds: number) => new Date(clock.now.getTime() + milliseconds);
const run = (until: Date) => runUntil(ctx, { clock, endpointId, until });
const triesOf = (deliveryId: string) =>
  ctx.db
    .select()
    .from(webhookAttempt)
    .where(eq(webhookAttempt.deliveryId, deliveryId))
    .orderBy(webhookAttempt.id);

async function onlyDelivery() {
  const [delivery, ...others] = await deliveriesTo(ctx, endpointId);
  if (delivery === undefined || others.length > 0) throw new Error('expected one delivery');
  return delivery;
}

test('ten tries on the exact schedule, with one id, and then no more', async () => {
  receiver.answer = () => ({ status: 500, body: 'boom' });
  await happen(ctx, { projectId, entityId: 'file_1' });
  const { id, eventId } = await onlyDelivery();
  const start = clock.now.getTime();
  await run(later(200 * HOUR));

  const tries = await triesOf(id);
  expect(tries.map((one) => one.number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  let expected = start;
  for (const [index, { at, problem, responseBody }] of tries.entries()) {
    expected += index === 0 ? 0 : (waitAfter(index, { id, retryAfterMs: null }) ?? 0);
    expect(at.getTime()).toBe(expected);
    expect([problem, responseBody]).toEqual(['It answered 500: expected 2xx.', 'boom']);
  }
  expect(await onlyDelivery()).toMatchObject({ state: 'failed', attempts: MOST_TRIES });
  expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id']))).toEqual(
    new Set([eventId]),
  );
  // Each try has the time of its own.
  expect(receiver.received.map(({ headers }) => Number(headers['webhook-timestamp']))).toEqual(
    tries.map(({ at }) => Math.floor(at.getTime() / 1000)),
  );
});

test.each([
  ['a redirect', { status: 302, headers: { location: 'http://127.0.0.1:1/' } }],
  ['a refusal', { status: 404 }],
  ['a hang-up', 'hang up' as const],
])('%s is a failure, and what came is kept', async (_, answer) => {
  receiver.answer = () => answer;
  await happen(ctx, { projectId, entityId: 'file_1' });
  const { id } = await onlyDelivery();
  await deliver(ctx, { deliveryId: id });
  expect(await onlyDelivery()).toMatchObject({ state: 'pending', attempts: 1 });
  const [attempt] = await triesOf(id);
  expect(attempt?.status).toBe(answer === 'hang up' ? null : answer.status);
  expect(attempt?.problem).toMatch(/expected 2xx|closed the connection/);
  receiver.answer = () => ({ status: 204 });
  await run(later(10_000));
  expect(await onlyDelivery()).toMatchObject({ state: 'delivered', attempts: 2, lastStatus: 204 });
});

test.each([
  ['600', 600_000, 429],
  ['600', 600_000, 503],
  // Of others it is not read, and nobody puts us off for more than a day.
  ['600', null, 500],
  ['99999999', DAY, 503],
])('Retry-After: %s waits %s ms after a %s', async (retryAfter, waited, status) => {
  receiver.answer = () => ({ status, headers: { 'retry-after': retryAfter } });
  await happen(ctx, { projectId, entityId: 'file_1' });
  const { id } = await onlyDelivery();
  await deliver(ctx, { deliveryId: id });
  const { nextAttemptAt } = await onlyDelivery();
  const wait = nextAttemptAt.getTime() - clock.now.getTime();
  expect(wait).toBe(waited ?? waitAfter(1, { id, retryAfterMs: null }));
  expect(wait).toBeGreaterThanOrEqual((RETRY_DELAYS_MS[1] ?? 0) * 0.9);
});

test('410 disables the endpoint at once, and what was on its way ends', async () => {
  const other = await startReceiver();
  await createWebhook(ctx, { projectId, url: other.url, eventTypes: ['endpoint.disabled'] });
  receiver.answer = () => ({ status: 410 });
  for (const entityId of ['file_1', 'file_2']) await happen(ctx, { projectId, entityId });
  const [first] = await deliveriesTo(ctx, endpointId);
  await deliver(ctx, { deliveryId: first?.id ?? '' });
  expect(await getWebhook(ctx, { projectId, endpointId })).toMatchObject({
    enabled: false,
    disabledReason: 'gone',
  });
  expect((await deliveriesTo(ctx, endpointId)).map(({ state }) => state)).toEqual([
    'cancelled',
    'cancelled',
  ]);
  // The other endpoint is told; a disabled one gets nothing new.
  await happen(ctx, { projectId, entityId: 'file_3' });
  expect(await deliveriesTo(ctx, endpointId)).toHaveLength(2);
  const told = await ctx.db
    .select()
    .from(webhookDelivery)
    .where(eq(webhookDelivery.eventType, 'endpoint.disabled'));
  expect(told.filter(({ entityId }) => entityId === endpointId)).toHaveLength(1);
  other.close();
});

test('five days of nothing but failures disable it; a success in between does not', async () => {
  receiver.answer = () => ({ status: 500 });
  const daily = async (from: number, to: number) => {
    for (let day = from; day < to; day += 1) {
      await happen(ctx, { projectId, entityId: `file_${day}` });
      await run(later(DAY));
    }
  };
  const isEnabled = async () => (await getWebhook(ctx, { projectId, endpointId })).enabled;
  await daily(0, 4);
  expect(await isEnabled()).toBe(true);
  receiver.answer = () => ({ status: 200 });
  await daily(4, 5);
  receiver.answer = () => ({ status: 500 });
  await daily(5, 9);
  expect(await isEnabled()).toBe(true);
  await daily(9, 12);
  expect(await getWebhook(ctx, { projectId, endpointId })).toMatchObject({
    enabled: false,
    disabledReason: 'failing',
  });
});

test('a receiver that was down for 10 hours misses nothing, and gets each file’s events in their order', async () => {
  const start = clock.now.getTime();
  receiver.answer = () => (clock.now.getTime() < start + 10 * HOUR ? 'hang up' : { status: 200 });
  const files = ['file_a', 'file_b', 'file_c', 'file_d'];
  const types = ['file.ready', 'file.failed', 'file.deleted'] as const;
  for (const type of types) {
    for (const entityId of files) await happen(ctx, { projectId, entityId, type });
    await run(later(HOUR));
  }
  await run(later(40 * HOUR));
  const deliveries = await deliveriesTo(ctx, endpointId);
  expect(deliveries.map(({ state }) => state)).toEqual(deliveries.map(() => 'delivered'));
  const done = await ctx.db
    .select({ entityId: webhookDelivery.entityId, type: webhookDelivery.eventType })
    .from(webhookAttempt)
    .innerJoin(webhookDelivery, eq(webhookDelivery.id, webhookAttempt.deliveryId))
    .where(eq(webhookAttempt.endpointId, endpointId))
    .orderBy(webhookAttempt.id);
  for (const file of files) {
    const order = done.filter(({ entityId }) => entityId === file).map(({ type }) => type);
    // A later one was not even tried before the earlier one had arrived.
    expect([...new Set(order)]).toEqual([...types]);
    expect(order).toEqual(
      [...order].sort((a, b) => types.indexOf(a as never) - types.indexOf(b as never)),
    );
    expect(order.filter((type) => type !== 'file.ready')).toEqual(['file.failed', 'file.deleted']);
  }
});

test('what was given up makes way for the next event of its file', async () => {
  receiver.answer = ({ body }) => ({ status: body.includes('file.ready') ? 500 : 200 });
  await happen(ctx, { projectId, entityId: 'file_1' });
  await happen(ctx, { projectId, entityId: 'file_1', type: 'file.deleted' });
  await run(later(70 * HOUR));
  expect(
    (await deliveriesTo(ctx, endpointId)).map(({ state, attempts }) => [state, attempts]),
  ).toEqual([
    ['pending', 9],
    ['pending', 0],
  ]);
  await run(later(40 * HOUR));
  expect((await deliveriesTo(ctx, endpointId)).map(({ state }) => state)).toEqual([
    'failed',
    'delivered',
  ]);
});

test('two workers with one delivery send it once', async () => {
  await happen(ctx, { projectId, entityId: 'file_1' });
  const { id } = await onlyDelivery();
  await Promise.all(Array.from({ length: 5 }, () => deliver(ctx, { deliveryId: id })));
  expect(receiver.received).toHaveLength(1);
});

test('endpoints that fail are sent to two at a time, however many a project has of them', async () => {
  const others = await Promise.all(
    [1, 2, 3].map((number) => createWebhook(ctx, { projectId, url: `${receiver.url}/${number}` })),
  );
  await happen(ctx, { projectId, entityId: 'file_1' });
  const ids = [endpointId, ...others.map(({ id }) => id)];
  const failing = inArray(webhookEndpoint.id, ids);
  await ctx.db.update(webhookEndpoint).set({ failingSince: clock.now }).where(failing);
  const due = (await Promise.all(ids.map((id) => deliveriesTo(ctx, id)))).flat();
  const hanging = Promise.withResolvers<{ status: number }>();
  receiver.answer = () => hanging.promise;
  const [first, second, third, fourth] = due.map(
    ({ id }) =>
      () =>
        deliver(ctx, { deliveryId: id }),
  );
  const running = [first?.(), second?.()];
  await expect.poll(() => receiver.received.length).toBe(2);
  await third?.();
  expect(receiver.received).toHaveLength(2);
  await ctx.db
    .update(webhookEndpoint)
    .set({ failingSince: null })
    .where(eq(webhookEndpoint.id, ids[3] ?? ''));
  const healthy = fourth?.();
  await expect.poll(() => receiver.received.length).toBe(3);
  hanging.resolve({ status: 200 });
  await Promise.all([...running, healthy]);
});

test('one is sent again with its id; a range brings what was missed, or all', async () => {
  const from = clock.now;
  await happen(ctx, { projectId, entityId: 'file_1' });
  const { id, eventId } = await onlyDelivery();
  const step = () => run(later(1000));
  await step();
  await resendDelivery(ctx, { projectId, endpointId, deliveryId: id });
  await step();
  expect(receiver.received.map(({ headers }) => headers['webhook-id'])).toEqual([eventId, eventId]);
  expect(receiver.received[0]?.body).toBe(receiver.received[1]?.body);

  await updateWebhook(ctx, { projectId, endpointId, enabled: false });
  await happen(ctx, { projectId, entityId: 'file_2' });
  await expect(replayWebhook(ctx, { projectId, endpointId, from })).rejects.toMatchObject({
    code: 'conflict',
  });
  await updateWebhook(ctx, { projectId, endpointId, enabled: true });
  clock.now = later(1000);
  expect(await replayWebhook(ctx, { projectId, endpointId, from })).toEqual({ deliveries: 1 });
  await step();
  expect(receiver.received).toHaveLength(3);
  expect(await replayWebhook(ctx, { projectId, endpointId, from })).toEqual({ deliveries: 0 });
  const all = { projectId, endpointId, from, states: 'all' as const };
  expect(await replayWebhook(ctx, all)).toEqual({ deliveries: 2 });
  await step();
  expect(receiver.received).toHaveLength(5);
});

test('who asked for live files alone is told of no test file, nor by a replay', async () => {
  const from = clock.now;
  const url = receiver.url;
  const { id: live } = await createWebhook(ctx, { projectId, url, liveOnly: true });
  const told = async (id: string) => (await deliveriesTo(ctx, id)).map(({ entityId }) => entityId);
  await happen(ctx, { projectId, entityId: 'file_1', data: { file: { test: true } } });
  await happen(ctx, { projectId, entityId: 'file_2', data: { file: { test: false } } });
  expect(await told(live)).toEqual(['file_2']);
  expect(await told(endpointId)).toEqual(['file_1', 'file_2']);
  clock.now = later(1000);
  expect(await replayWebhook(ctx, { projectId, endpointId: live, from })).toEqual({
    deliveries: 0,
  });
  await updateWebhook(ctx, { projectId, endpointId: live, liveOnly: false });
  expect(await replayWebhook(ctx, { projectId, endpointId: live, from })).toEqual({
    deliveries: 1,
  });
});

test('a test reaches this endpoint alone, whatever types it asked for', async () => {
  await updateWebhook(ctx, { projectId, endpointId, eventTypes: ['file.deleted'] });
  const other = await createWebhook(ctx, { projectId, url: receiver.url });
  const { id } = await sendTest(ctx, { projectId, endpointId });
  await happen(ctx, { projectId, entityId: 'file_1' });
  await run(later(1000));
  expect(receiver.received.map(({ body }) => JSON.parse(body).type)).toEqual(['webhook.test']);
  const detail = await getDeliveryDetail(ctx, { projectId, endpointId, deliveryId: id });
  expect(detail.tries[0]).toMatchObject({ succeeded: true, response: { status: 200 } });
  expect((await deliveriesTo(ctx, other.id)).map(({ eventType }) => eventType)).toEqual([
    'file.ready',
  ]);
});
