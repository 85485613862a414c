import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { startFauxqs } from 'fauxqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SlipwayContext } from '../../context.ts';
import type { TestTenant } from '../../testing/index.ts';
import { storageLeftover } from '../table.ts';
import { moveRow } from '../testing/hooks.ts';
import { bytesOf, KEYS, keysIn, rowOf, startWorld, upload, type World } from '../testing/world.ts';
import { startMove } from './start-move.ts';

const CHILD = join(import.meta.dirname, '..', 'testing', 'move-child.ts');
const MINUTE_MS = 60_000;
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

/** What a worker process of its own came to: the step at which it was killed, or `done`. */
async function work(input: { moveId?: string; later: number; die?: string }): Promise<string> {
  const { env } = world.slipway.runtime;
  const { moveId = '', later, die } = input;
  const child = spawn(process.execPath, [CHILD, moveId, String(later)], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'test',
      DATABASE_URL: env.DATABASE_URL,
      DATA_DIR: env.DATA_DIR,
      SLIPWAY_SECRET: env.SLIPWAY_SECRET,
      ENCRYPTION_KEYS: KEYS,
      ALLOW_PRIVATE_STORAGE: 'true',
      LOG_LEVEL: 'silent',
      ...(die === undefined ? {} : { FAILPOINTS: `${die}=1` }),
    },
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const [code, signal] = await once(child, 'exit');
  const step = /^failpoint (\S+)$/m.exec(said)?.[1];
  if (signal === 'SIGKILL' && step !== undefined) return step;
  if (code !== 0) throw new Error(`the worker ended with ${code}: ${said}`);
  return 'done';
}

const STEPS = ['move.announced', 'move.part', 'move.copied', 'move.before-commit', 'move.switched'];

test('killed at every step, a move loses no file and leaves nothing behind', async () => {
  const { id: projectId } = await world.slipway.project(tenant);
  const bucketId = await world.connect(tenant, projectId);
  const known = new Map<string, Buffer>();
  for (let index = 0; index < 40; index += 1) {
    const bytes = randomBytes(index === 39 ? 20 * 1024 ** 2 : index * 101);
    known.set((await upload(world, { ctx, projectId, bytes })).id, bytes);
  }
  const expectAll = async () => {
    for (const [id, bytes] of known) {
      const row = await rowOf(ctx, id);
      expect(row.status).toBe('ready');
      expect((await bytesOf(ctx, row))?.equals(bytes)).toBe(true);
    }
  };
  const { id: moveId } = await startMove(ctx, { projectId, storageId: bucketId });
  // Each worker comes when the turn of the one that was killed is over.
  let later = 0;
  for (const die of STEPS) {
    expect(await work({ moveId, later, die })).toBe(die);
    later += MINUTE_MS;
    await expectAll();
  }
  expect(await work({ moveId, later })).toBe('done');
  expect(await moveRow(ctx, moveId)).toMatchObject({ status: 'done', movedFiles: 40 });
  await expectAll();

  expect(await work({ later: 2 * DAY_MS, die: 'leftover.removed' })).toBe('leftover.removed');
  expect(await work({ later: 2 * DAY_MS })).toBe('done');
  await expectAll();
  expect(await keysIn(ctx, { projectId, storageId: null })).toEqual([]);
  expect(await keysIn(ctx, { projectId, storageId: bucketId })).toHaveLength(40);
  const open: string[] = [];
  for await (const { key } of (await ctx.storages.of(bucketId)).listMultiparts()) open.push(key);
  expect(open).toEqual([]);
  expect(
    await ctx.db.select().from(storageLeftover).where(eq(storageLeftover.projectId, projectId)),
  ).toEqual([]);
}, 180_000);
