import { randomBytes } from 'node:crypto';
import { randomToken } from '@repo/foundation/ids';
import { startFauxqs } from 'fauxqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SlipwayContext } from '../context.ts';
import { reconcileStorage } from '../reconcile/reconcile.ts';
import type { TestTenant } from '../testing/index.ts';
import { connectStorage } from './connect.ts';
import { storageLeftover } from './table.ts';
import { after } from './testing/hooks.ts';
import { bucketAt, bytesOf, startWorld, upload, type World } from './testing/world.ts';
import { setProjectStorage } from './use.ts';

const DAY_MS = 86_400_000;

let world: World;
let tenant: TestTenant;
let ctx: SlipwayContext;

beforeAll(async () => {
  world = await startWorld(await startFauxqs({ port: 0, logger: false }));
  tenant = await world.slipway.tenant();
  ({ ctx } = tenant);
});
afterAll(() => world.close());

async function projectIn(bucket: string) {
  const { id: projectId } = await world.slipway.project(tenant);
  const input = { projectId, name: 'Shared', ...bucketAt(world.endpoint, bucket), force: true };
  const connected = await connectStorage(ctx, input);
  if (connected.outcome !== 'connected') throw new Error('the bucket was refused');
  const storageId = connected.connection.id;
  await setProjectStorage(ctx, { projectId, storageId });
  return { projectId, storageId };
}

test('two projects in one bucket: clearing up after one takes nothing from the other', async () => {
  const bucket = await world.createBucket();
  const [one, other] = [await projectIn(bucket), await projectIn(bucket)];
  const files = await Promise.all(
    [one, other].map(({ projectId }) => upload(world, { ctx, projectId, bytes: randomBytes(100) })),
  );
  const storage = await ctx.storages.of(one.storageId);
  const orphan = `${other.projectId}/${randomToken(32)}`;
  const foreign = `photos/${randomToken(32)}`;
  for (const key of [orphan, foreign])
    await storage.put({ key, type: 'text/plain', body: randomBytes(10) });
  for (const { storageId } of [one, other])
    await reconcileStorage(after(ctx, 5 * DAY_MS), storageId);
  for (const row of files) expect(await bytesOf(ctx, row)).not.toBeNull();
  expect(await storage.head(orphan)).toBeNull();
  expect(await storage.head(foreign)).not.toBeNull();
});

test('the upload in parts of a copy is left alone, however long it takes', async () => {
  const { id: projectId } = await world.slipway.project(tenant);
  const key = `${projectId}/${randomToken(32)}`;
  const { default: disk } = ctx.storages;
  const uploadId = await disk.createMultipart({ key, type: 'text/plain', digests: true });
  const dueAt = new Date(Date.now() + 9 * DAY_MS);
  await ctx.db.insert(storageLeftover).values({ projectId, key, uploadId, dueAt });
  expect(await reconcileStorage(after(ctx, 5 * DAY_MS), null)).toMatchObject({
    abortedMultiparts: 0,
  });
  expect(await disk.listParts({ key, uploadId })).toEqual([]);
});
