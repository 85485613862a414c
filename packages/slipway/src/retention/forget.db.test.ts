import { auditEntry } from '@repo/foundation/audit';
import { newId } from '@repo/foundation/ids';
import { invitation, inviteMember } from '@repo/foundation/member';
import { pruneRateBudgets } from '@repo/foundation/rate-limit';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callbackAttempt, uploadCallback } from '../callback/table.ts';
import type { SlipwayContext } from '../context.ts';
import { recordEvent } from '../event/record.ts';
import { event } from '../event/table.ts';
import { requestUpload } from '../file/request-upload.ts';
import type { OwnLimits } from '../plan/schema.ts';
import { organizationPlan } from '../plan/table.ts';
import { sweepAction } from '../reconcile/table.ts';
import type { TestSlipway, TestTenant } from '../testing/index.ts';
import { uploadLog } from '../upload-log/table.ts';
import { createWebhook } from '../webhook/manage.ts';
import { webhookAttempt, webhookDelivery } from '../webhook/table.ts';
import { type Clock, startWithWebhooks, withClock } from '../webhook/testing/clocked.ts';
import { forgetLogs } from './forget.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let slipway: TestSlipway;
beforeAll(async () => {
  slipway = await startWithWebhooks();
});
afterAll(() => slipway.close());

interface World {
  tenant: TestTenant;
  ctx: SlipwayContext;
  clock: Clock;
  projectId: string;
  endpointId: string;
  fileId: string;
}

/** An organization on a plan, with one of each log, written now. */
async function world(plan?: 'free' | 'pro', limits: OwnLimits | null = null): Promise<World> {
  const tenant = await slipway.tenant();
  const { organizationId } = tenant;
  const clock = { now: new Date() };
  const ctx = withClock(tenant.ctx, clock);
  if (plan !== undefined)
    await ctx.db
      .insert(organizationPlan)
      .values({ organizationId, plan, limits, assignedAt: ctx.now() });
  const { id: projectId } = await slipway.project(tenant);
  const url = 'http://127.0.0.1:9/';
  const { id: endpointId } = await createWebhook(ctx, { projectId, url });
  const upload = { name: 'a.bin', size: 3, type: 'application/octet-stream' };
  const { id: fileId } = await requestUpload(ctx, { projectId, upload });
  const at = ctx.now();
  await ctx.db.insert(uploadLog).values({
    ...{ projectId, outcome: 'refused', name: 'a', code: 'c', message: 'm', actorType: 'user' },
    ...{ actorId: 'u', createdAt: at },
  });
  await ctx.db.insert(sweepAction).values({ projectId, action: 'expired', fileId, at });
  await ctx.db.insert(uploadCallback).values({ fileId });
  await ctx.db.insert(callbackAttempt).values({ fileId, number: 1, at, durationMs: 1 });
  await ctx.db.transaction((tx) =>
    recordEvent(tx, ctx, { projectId, type: 'file.ready', entityId: fileId, data: {}, at }),
  );
  const [delivery] = await ctx.db
    .update(webhookDelivery)
    .set({ state: 'delivered', endedAt: at })
    .where(eq(webhookDelivery.endpointId, endpointId))
    .returning({ id: webhookDelivery.id });
  await ctx.db.insert(webhookAttempt).values({
    ...{ deliveryId: delivery?.id ?? '', endpointId, number: 1, at, durationMs: 1, url },
    ...{ succeeded: true, requestHeaders: {}, requestBody: '' },
  });
  return { tenant, ctx, clock, projectId, endpointId, fileId };
}

/** How many there are of each. */
async function logs({ ctx, tenant, projectId, endpointId, fileId }: World) {
  const { db } = ctx;
  return {
    uploads: await db.$count(uploadLog, eq(uploadLog.projectId, projectId)),
    sweeps: await db.$count(sweepAction, eq(sweepAction.projectId, projectId)),
    callbackTries: await db.$count(callbackAttempt, eq(callbackAttempt.fileId, fileId)),
    tries: await db.$count(webhookAttempt, eq(webhookAttempt.endpointId, endpointId)),
    deliveries: await db.$count(webhookDelivery, eq(webhookDelivery.endpointId, endpointId)),
    events: await db.$count(event, eq(event.ownerId, projectId)),
    audit: await db.$count(auditEntry, eq(auditEntry.organizationId, tenant.organizationId)),
  };
}

const NONE = {
  uploads: 0,
  sweeps: 0,
  callbackTries: 0,
  tries: 0,
  deliveries: 0,
  events: 0,
  audit: 0,
};
const signal = new AbortController().signal;

async function after({ ctx, clock }: World, milliseconds: number): Promise<void> {
  const written = clock.now;
  clock.now = new Date(written.getTime() + milliseconds);
  await forgetLogs(ctx, {}, { signal });
  clock.now = written;
}

test.each([
  ['as the plan says', 'free', null, 7],
  ['as another plan says', 'pro', null, 30],
  ['as its own limit says', 'pro', { logDays: 2 }, 2],
  ['as by default', undefined, null, 90],
] as const)('%s: logs are forgotten, and not sooner', async (_, plan, limits, days) => {
  const mine = await world(plan, limits);
  const before = await logs(mine);
  expect(Object.values(before).every((count) => count > 0)).toBe(true);
  await after(mine, days * DAY - HOUR);
  expect(await logs(mine)).toEqual(before);
  await after(mine, days * DAY + HOUR);
  expect(await logs(mine)).toEqual(NONE);
});

test('each organization’s are its own', async () => {
  const [short, long] = [await world('free'), await world('pro')];
  const before = await logs(long);
  await after(short, 8 * DAY);
  expect(await logs(short)).toEqual(NONE);
  expect(await logs(long)).toEqual(before);
});

test('an event stays as long as somebody is yet to be told of it, and for the time of a delivery', async () => {
  const mine = await world('free');
  const { ctx, endpointId, clock } = mine;
  const set = (values: Partial<typeof webhookDelivery.$inferInsert>) =>
    ctx.db.update(webhookDelivery).set(values).where(eq(webhookDelivery.endpointId, endpointId));
  await set({ state: 'pending', endedAt: null });
  await after(mine, 100 * DAY);
  expect(await logs(mine)).toMatchObject({ deliveries: 1, events: 1, tries: 0 });
  // Sent again, it ended later than it happened.
  await set({ state: 'delivered', endedAt: new Date(clock.now.getTime() + 5 * DAY) });
  await after(mine, 11 * DAY);
  expect(await logs(mine)).toMatchObject({ deliveries: 1, events: 1 });
  await after(mine, 12 * DAY + HOUR);
  expect(await logs(mine)).toEqual(NONE);
});

test('many are forgotten at once, and what is of no project any more as well', async () => {
  const { ctx, clock } = await world('free');
  const projectId = newId('prj');
  await ctx.db.execute(sql`
    insert into event (id, project_id, type, entity_id, data, created_at)
    select 'evt_many_' || n, ${projectId}, 'file.ready', 'file_x', '{}', ${clock.now.toISOString()}::timestamptz
    from generate_series(1, 12000) n`);
  const mine = { ctx, clock } as World;
  await after(mine, 89 * DAY);
  expect(await ctx.db.$count(event, eq(event.ownerId, projectId))).toBe(12_000);
  await after(mine, 91 * DAY);
  expect(await ctx.db.$count(event, eq(event.ownerId, projectId))).toBe(0);
});

test('budgets of which nothing is spent any more are forgotten', async () => {
  const { db } = slipway.runtime;
  await db.execute(sql`
    insert into rate_budget (key, spent, at, quota, window_seconds, wanted, granted)
    select key, 1, now() - make_interval(secs => age), 1, 60, 1, 1
    from (values ('old', 61), ('young', 30)) as budget (key, age)`);
  await pruneRateBudgets({ db });
  const { rows } = await db.execute(sql`select key from rate_budget`);
  expect(rows).toEqual([{ key: 'young' }]);
});

test('the address of an invitation is kept for a month after its link is over, accepted or not', async () => {
  const { tenant, ctx, clock } = await world();
  const { organizationId } = tenant;
  const invite = (email: string) =>
    inviteMember(ctx, { organizationId, email, role: 'viewer' as const });
  const accepted = await invite('ann@example.com');
  await invite('bob@example.com');
  await ctx.db
    .update(invitation)
    .set({ acceptedAt: clock.now, acceptedBy: 'usr_ann' })
    .where(eq(invitation.id, accepted.id));
  const kept = () => ctx.db.$count(invitation, eq(invitation.organizationId, organizationId));
  const mine = { ctx, clock } as World;
  await after(mine, 37 * DAY - HOUR);
  expect(await kept()).toBe(2);
  await after(mine, 37 * DAY + HOUR);
  expect(await kept()).toBe(0);
});
