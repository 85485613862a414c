import { createHmac, randomBytes } from 'node:crypto';
import { MOST_TRIES, waitAfter } from '@repo/foundation/webhook';
import { asc, eq, sql } from 'drizzle-orm';
import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { SlipwayContext } from '../context.ts';
import { file } from '../file/table.ts';
import type { TestSlipway, TestTenant } from '../testing/index.ts';
import { readyFile } from '../testing/ready-file.ts';
import { announceEnd } from '../uploadthing/announce-end.ts';
import { takeCallbackResult } from '../uploadthing/callback-result.ts';
import { createUploadthingKey } from '../uploadthing/create-key.ts';
import { uploadthingFile, uploadthingRoute } from '../uploadthing/table.ts';
import { verifyUploadthingKey } from '../uploadthing/verify-key.ts';
import { type Clock, startWithWebhooks, withClock } from '../webhook/testing/clocked.ts';
import { startReceiver } from '../webhook/testing/receiver.ts';
import { armCallback, releaseCallback } from './arm.ts';
import { ATTEMPT_MS, beginAttempt } from './begin.ts';
import { deliverCallback } from './deliver.ts';
import { sweepCallbacks } from './sweep.ts';
import { type CALLBACK_WIRES, callbackAttempt, uploadCallback } from './table.ts';

type WireName = (typeof CALLBACK_WIRES)[number];

let slipway: TestSlipway;
let tenant: TestTenant;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
let clock: Clock;
let ctx: SlipwayContext;
let apiKey: string;
const secret = `whsec_${randomBytes(32).toString('base64')}`;

beforeAll(async () => {
  slipway = await startWithWebhooks();
  tenant = await slipway.tenant();
});
afterAll(() => slipway.close());
beforeEach(async () => {
  receiver = await startReceiver();
  clock = { now: new Date() };
  ctx = withClock(tenant.ctx, clock);
});
afterEach(() => receiver.close());

/** A file that just got ready, of which the receiver is to be told. */
async function end(wire: WireName): Promise<string> {
  const { id: projectId } = await slipway.project(tenant);
  const { id: fileId } = await readyFile(slipway, { tenant, projectId, bytes: randomBytes(100) });
  const [row] = await ctx.db.select().from(file).where(eq(file.id, fileId));
  if (row === undefined) throw new Error('the file is gone');
  const { id: keyId, variables } = await createUploadthingKey(ctx, { projectId });
  apiKey = JSON.parse(Buffer.from(variables.UPLOADTHING_TOKEN, 'base64').toString()).apiKey;
  await ctx.db.transaction(async (tx) => {
    if (wire === 'slipway') {
      const callback = { url: receiver.url, secret, data: 'mine' };
      await armCallback(tx, ctx, { fileId, callback });
      return releaseCallback(tx, ctx, { ...row, hasCallback: true });
    }
    const of = { projectId, createdAt: ctx.now(), slug: 'picture' };
    const upload = { key: fileId, signature: '', disposition: 'inline' as const };
    await tx.insert(uploadthingFile).values({ fileId, ...of, ...upload });
    await tx.insert(uploadthingRoute).values({
      ...{ fileKey: fileId, metadata: { user: 1 }, callbackUrl: receiver.url, keyId },
      ...{ ...of, isDev: false, awaitServerData: true },
    });
    await announceEnd(tx, ctx, { ...row, uploadKind: 'tus', route: 'picture' });
  });
  return fileId;
}

async function rowOf(fileId: string) {
  const [row] = await ctx.db.select().from(uploadCallback).where(eq(uploadCallback.fileId, fileId));
  if (row === undefined) throw new Error('there is no callback');
  return row;
}
const triesOf = (fileId: string) =>
  ctx.db
    .select()
    .from(callbackAttempt)
    .where(eq(callbackAttempt.fileId, fileId))
    .orderBy(asc(callbackAttempt.id));

/** Lets time pass to when the next attempt is due, and makes it. */
async function next(fileId: string): Promise<void> {
  const { nextAttemptAt, busyUntil } = await rowOf(fileId);
  clock.now = new Date(Math.max(+(nextAttemptAt ?? 0), +(busyUntil ?? 0), +clock.now));
  await deliverCallback(ctx, { fileId });
}

async function run(fileId: string, most = MOST_TRIES + 3): Promise<void> {
  for (let count = 0; count < most && (await rowOf(fileId)).state === 'pending'; count += 1)
    await next(fileId);
}

const WIRES = ['slipway', 'uploadthing'] as const;

test.each(WIRES)('%s: ten attempts on the schedule of webhooks, each kept', async (wire) => {
  receiver.answer = () => ({ status: 500, body: 'boom' });
  const fileId = await end(wire);
  const start = clock.now.getTime();
  await run(fileId);
  const tries = await triesOf(fileId);
  let expected = start;
  for (const [index, one] of tries.entries()) {
    expected += index === 0 ? 0 : (waitAfter(index, { id: fileId, retryAfterMs: null }) ?? 0);
    expect(one).toMatchObject({ number: index + 1, status: 500, body: 'boom' });
    expect([one.at.getTime(), one.problem]).toEqual([expected, 'It answered 500: boom']);
  }
  expect(tries).toHaveLength(MOST_TRIES);
  expect(receiver.received).toHaveLength(MOST_TRIES);
  const lastError = 'It answered 500: boom';
  expect(await rowOf(fileId)).toMatchObject({ state: 'failed', attempts: MOST_TRIES, lastError });
  for (const { headers, body } of receiver.received) {
    const hmac = createHmac('sha256', apiKey).update(body).digest('hex');
    const theirs = wire === 'uploadthing' ? `hmac-sha256=${hmac}` : undefined;
    expect(headers['x-uploadthing-signature']).toBe(theirs);
    expect(headers['webhook-id']).toBe(wire === 'slipway' ? `callback_${fileId}` : undefined);
  }
});

test('slipway: a message is signed with id and time, as others verify it', async () => {
  receiver.answer = () => ({ status: 200, body: '{"serverData":{"by":"anna"}}' });
  const fileId = await end('slipway');
  await run(fileId);
  const [{ headers = {}, body = '' } = {}] = receiver.received;
  const given = headers as Record<string, string>;
  expect(new Webhook(secret).verify(body, given)).toMatchObject({ fileId, attempt: 1 });
  expect(() => new Webhook(secret).verify(body.replace('mine', 'nime'), given)).toThrow();
  expect(await rowOf(fileId)).toMatchObject({ state: 'done', result: '{"by":"anna"}' });
});

test('uploadthing: what was heard is told again until its result comes, which counts once', async () => {
  const fileId = await end('uploadthing');
  await next(fileId);
  // While the server may be at it nobody tells it again.
  clock.now = new Date(clock.now.getTime() + ATTEMPT_MS - 1);
  await deliverCallback(ctx, { fileId });
  expect(receiver.received).toHaveLength(1);
  await next(fileId);
  expect(receiver.received).toHaveLength(2);
  const caller = await verifyUploadthingKey(ctx, apiKey);
  await takeCallbackResult(caller, { fileKey: fileId, callbackData: 'first' });
  await takeCallbackResult(caller, { fileKey: fileId, callbackData: 'second' });
  await run(fileId);
  expect(receiver.received).toHaveLength(2);
  expect(await rowOf(fileId)).toMatchObject({ state: 'done', result: '"first"', attempts: 2 });
});

test('uploadthing: a server that says what went wrong is told again before its time is over', async () => {
  const fileId = await end('uploadthing');
  await next(fileId);
  const caller = await verifyUploadthingKey(ctx, apiKey);
  await takeCallbackResult(caller, { fileKey: fileId, error: 'no such user' });
  expect(await rowOf(fileId)).toMatchObject({ state: 'pending', lastError: 'no such user' });
  expect(await triesOf(fileId)).toMatchObject([{ status: 200, problem: 'no such user' }]);
  const before = clock.now.getTime();
  await next(fileId);
  expect(clock.now.getTime() - before).toBe(waitAfter(1, { id: fileId, retryAfterMs: null }));
  expect(receiver.received).toHaveLength(2);
});

test('uploadthing: a server that hears everything and never says what came of it is given up', async () => {
  const fileId = await end('uploadthing');
  for (let count = 0; count < MOST_TRIES; count += 1) await next(fileId);
  expect(receiver.received).toHaveLength(MOST_TRIES);
  await sweepCallbacks(ctx);
  expect((await rowOf(fileId)).state).toBe('pending');
  clock.now = new Date(clock.now.getTime() + ATTEMPT_MS);
  await sweepCallbacks(ctx);
  expect((await rowOf(fileId)).state).toBe('failed');
  // Late is better than never.
  const caller = await verifyUploadthingKey(ctx, apiKey);
  await takeCallbackResult(caller, { fileKey: fileId, callbackData: 1 });
  expect(await rowOf(fileId)).toMatchObject({ state: 'done', result: '1' });
});

test.each(WIRES)('%s: a server may ask for patience', async (wire) => {
  receiver.answer = () => ({ status: 503, headers: { 'retry-after': '600' } });
  const fileId = await end(wire);
  await next(fileId);
  const { nextAttemptAt } = await rowOf(fileId);
  expect(Number(nextAttemptAt) - clock.now.getTime()).toBe(600_000);
});

test.each(WIRES)('%s: an attempt whose worker died is made again', async (wire) => {
  receiver.answer = () => ({ status: 200, body: '{"serverData":1}' });
  const fileId = await end(wire);
  expect(await beginAttempt(ctx, { fileId, attempts: 0 })).toBe(true);
  expect(await beginAttempt(ctx, { fileId, attempts: 0 })).toBe(false);
  const jobs = async () => {
    const { rows } = await ctx.db.execute(
      sql`select 1 from pgboss.job where name = 'callback.deliver' and data->>'fileId' = ${fileId}`,
    );
    return rows.length;
  };
  const before = await jobs();
  clock.now = new Date(clock.now.getTime() + ATTEMPT_MS - 1);
  await sweepCallbacks(ctx);
  expect(await jobs()).toBe(before);
  clock.now = new Date(clock.now.getTime() + 1);
  await sweepCallbacks(ctx);
  expect(await jobs()).toBe(before + 1);
  await deliverCallback(ctx, { fileId });
  expect(receiver.received).toHaveLength(1);
  expect(await rowOf(fileId)).toMatchObject({ attempts: 2 });
});
