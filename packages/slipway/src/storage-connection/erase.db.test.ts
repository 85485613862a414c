import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { startFauxqs } from 'fauxqs';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { SlipwayContext } from '../context.ts';
import { deleteProject } from '../project/delete.ts';
import { eraseProject } from '../project/erase.ts';
import { project } from '../project/table.ts';
import type { Storage } from '../storage/storage.ts';
import type { TestTenant } from '../testing/index.ts';
import { moveFiles } from './move/move-files.ts';
import { startMove } from './move/start-move.ts';
import { storageConnection, storageLeftover, storageMove } from './table.ts';
import { after, broken, run, withHook } from './testing/hooks.ts';
import { keysIn, startWorld, upload, type World } from './testing/world.ts';
import { setProjectStorage } from './use.ts';

const DAY_MS = 86_400_000;

let world: World;
let tenant: TestTenant;
let ctx: SlipwayContext;
let projectId: string;
let storageId: string;
let bucket: Storage;

beforeAll(async () => {
  world = await startWorld(await startFauxqs({ port: 0, logger: false }));
  tenant = await world.slipway.tenant();
  ({ ctx } = tenant);
});
beforeEach(async () => {
  ({ id: projectId } = await world.slipway.project(tenant));
  storageId = await world.connect(tenant, projectId);
  bucket = await ctx.storages.of(storageId);
});
afterAll(() => world.close());

const put = () => upload(world, { ctx, projectId, bytes: randomBytes(100) });
const rest = async () => ({
  projects: await ctx.db.select().from(project).where(eq(project.id, projectId)),
  connections: await ctx.db
    .select()
    .from(storageConnection)
    .where(eq(storageConnection.projectId, projectId)),
  moves: await ctx.db.select().from(storageMove).where(eq(storageMove.projectId, projectId)),
  leftovers: await ctx.db
    .select()
    .from(storageLeftover)
    .where(eq(storageLeftover.projectId, projectId)),
});
const NOTHING = { projects: [], connections: [], moves: [], leftovers: [] };

async function keysInBucket(): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of bucket.list()) keys.push(key);
  return keys;
}

test('a deleted project’s buckets, moves and leftovers go with it, and its objects everywhere', async () => {
  await put();
  await put();
  // Half moved: one file is there, what is left of it here is not removed yet.
  const { id: moveId } = await startMove(ctx, { projectId, storageId });
  let puts = 0;
  const halfway = withHook(ctx, storageId, (storage) => ({
    put: async (input) => {
      puts += 1;
      return puts > 1 ? broken() : storage.put(input);
    },
  }));
  await moveFiles(halfway, { moveId }, run());
  await put();
  expect((await rest()).leftovers).not.toEqual([]);
  await deleteProject(ctx, projectId);
  await eraseProject(ctx, { projectId });
  expect(await keysIn(ctx, { projectId, storageId: null })).toEqual([]);
  expect(await keysInBucket()).toEqual([]);
  // Until the last upload URL is over, they are remembered.
  expect((await rest()).projects).toHaveLength(1);
  await eraseProject(after(ctx, 3 * DAY_MS), { projectId });
  expect(await rest()).toEqual(NOTHING);
});

test('a worker in the middle of a copy is waited for', async () => {
  const row = await put();
  const { id: moveId } = await startMove(ctx, { projectId, storageId });
  const deleting = withHook(ctx, storageId, (storage) => ({
    async put(input) {
      await deleteProject(ctx, projectId);
      await eraseProject(after(ctx, 20_000), { projectId });
      expect((await rest()).connections).toHaveLength(1);
      await storage.put(input);
    },
  }));
  await moveFiles(deleting, { moveId }, run());
  expect(await keysInBucket()).toEqual([row.key]);
  await eraseProject(after(ctx, 3 * DAY_MS), { projectId });
  expect(await keysInBucket()).toEqual([]);
  expect(await rest()).toEqual(NOTHING);
});

test('a bucket that cannot be reached any more keeps its objects, and the project goes all the same', async () => {
  await setProjectStorage(ctx, { projectId, storageId });
  const row = await put();
  await setProjectStorage(ctx, { projectId, storageId: null });
  const here = await put();
  await deleteProject(ctx, projectId);
  const down = withHook(ctx, storageId, () => ({ delete: broken, head: broken }));
  await eraseProject(down, { projectId });
  expect(await keysIn(ctx, { projectId, storageId: null })).not.toContain(here.key);
  await eraseProject(after(down, 3 * DAY_MS), { projectId });
  expect((await rest()).projects).toHaveLength(1);
  await eraseProject(after(down, 8 * DAY_MS), { projectId });
  expect(await rest()).toEqual(NOTHING);
  expect(await keysInBucket()).toEqual([row.key]);
});
