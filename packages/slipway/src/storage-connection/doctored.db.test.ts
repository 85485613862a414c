import { randomBytes } from 'node:crypto';
import { auditEntry } from '@repo/foundation/audit';
import { and, eq } from 'drizzle-orm';
import { startFauxqs } from 'fauxqs';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { SlipwayContext } from '../context.ts';
import { AWS } from '../storage/s3/testing/rules.ts';
import { type StrictS3, startStrictS3 } from '../storage/s3/testing/strict-s3.ts';
import type { TestTenant } from '../testing/index.ts';
import { checkStorage } from './check.ts';
import { connectStorage } from './connect.ts';
import { listStorages } from './list.ts';
import { moveFiles } from './move/move-files.ts';
import { startMove } from './move/start-move.ts';
import { moveRow, run } from './testing/hooks.ts';
import { bytesOf, rowOf, sha256, startWorld, upload, type World } from './testing/world.ts';
import { updateCredentials } from './update-credentials.ts';
import { setProjectStorage } from './use.ts';

const ORIGIN = 'https://app.example.com';
/** A visit of the doctor is a hundred requests. */
const PATIENCE_MS = 90_000;

let world: World;
let strict: StrictS3;
let tenant: TestTenant;
let ctx: SlipwayContext;
let projectId: string;

beforeAll(async () => {
  world = await startWorld(await startFauxqs({ port: 0, logger: false }));
  strict = await startStrictS3(world.endpoint);
  tenant = await world.slipway.tenant();
  ({ ctx } = tenant);
});
beforeEach(async () => {
  ({ id: projectId } = await world.slipway.project(tenant));
});
afterAll(async () => {
  await strict.close();
  await world.close();
});

async function wish() {
  strict.rules = { ...AWS, cors: [] };
  const { endpoint = null, network, ...options } = strict.options;
  expect(network).toBeUndefined();
  const bucket = await world.createBucket();
  return { projectId, name: 'Strict', ...options, endpoint, bucket, origin: ORIGIN };
}

async function connected(): Promise<string> {
  const result = await connectStorage(ctx, { ...(await wish()), mend: true });
  if (result.outcome !== 'connected') throw new Error('the bucket was refused');
  return result.connection.id;
}

test(
  'a bucket that lets no page in is refused, told how to mend it, and connected once it is mended',
  async () => {
    const input = await wish();
    const refused = await connectStorage(ctx, input);
    const wrong = refused.report.checks.filter(({ outcome }) => outcome === 'problem');
    expect(refused.outcome).toBe('refused');
    expect(wrong.map(({ id }) => id)).toContain('cors_preflight');
    expect(wrong.every(({ remedy }) => remedy !== null)).toBe(true);
    expect((await listStorages(ctx, projectId)).connections).toEqual([]);
    const mended = await connectStorage(ctx, { ...input, mend: true });
    expect(mended).toMatchObject({
      outcome: 'connected',
      report: { capabilities: { createOnlyPut: true, verifiesParts: true } },
    });
    expect(mended.report.mended).toContain('cors_preflight');
    expect(mended.report.checks.filter(({ outcome }) => outcome === 'problem')).toEqual([]);
    expect((await listStorages(ctx, projectId)).connections).toMatchObject([
      { capabilities: { createOnlyPut: true, multipart: true } },
    ]);
  },
  PATIENCE_MS,
);

test(
  'a bucket that lost its rules is mended by the dashboard, which is on the record',
  async () => {
    const storageId = await connected();
    strict.rules = { ...strict.rules, cors: [] };
    const call = { projectId, storageId, origin: ORIGIN };
    expect((await checkStorage(ctx, call)).mended).toEqual([]);
    expect((await checkStorage(ctx, { ...call, mend: true })).mended).toContain('cors_preflight');
    const entries = await ctx.db
      .select()
      .from(auditEntry)
      .where(
        and(eq(auditEntry.entityId, storageId), eq(auditEntry.action, 'storage_connection.mended')),
      );
    expect(entries).toMatchObject([{ actorId: tenant.userId, data: { projectId } }]);
  },
  PATIENCE_MS,
);

test(
  'credentials that do not open the bucket replace none that do',
  async () => {
    const storageId = await connected();
    const { accessKeyId, secretAccessKey } = strict.rules;
    const ref = { projectId, storageId, origin: ORIGIN };
    const wrong = { accessKeyId, secretAccessKey: 'not-the-secret' };
    expect(await updateCredentials(ctx, { ...ref, ...wrong })).toMatchObject({
      outcome: 'refused',
    });
    await setProjectStorage(ctx, { projectId, storageId });
    const bytes = randomBytes(1000);
    const row = await upload(world, { ctx, projectId, bytes });
    expect((await bytesOf(ctx, row))?.equals(bytes)).toBe(true);
    const right = { accessKeyId, secretAccessKey };
    expect(await updateCredentials(ctx, { ...ref, ...right })).toMatchObject({
      outcome: 'connected',
    });
  },
  PATIENCE_MS,
);

test(
  'files go to a bucket that keeps all of S3’s rules and come back, the same',
  async () => {
    const storageId = await connected();
    const bytes = [randomBytes(0), randomBytes(5000), randomBytes(20 * 1024 ** 2)];
    const rows = [];
    for (const each of bytes) rows.push(await upload(world, { ctx, projectId, bytes: each }));
    for (const target of [storageId, null]) {
      strict.asked.length = 0;
      const { id: moveId } = await startMove(ctx, { projectId, storageId: target });
      await moveFiles(ctx, { moveId }, run());
      expect(await moveRow(ctx, moveId)).toMatchObject({ status: 'done', problem: null });
      // Nothing is read back: this storage compared each PUT and each part with its digest as it came.
      if (target === storageId)
        expect(strict.asked.filter((operation) => operation === 'GetObject')).toEqual([]);
      for (const [index, { id }] of rows.entries()) {
        const row = await rowOf(ctx, id);
        expect(row.storageId).toBe(target);
        expect(sha256((await bytesOf(ctx, row)) ?? Buffer.alloc(0))).toBe(
          sha256(bytes[index] ?? Buffer.alloc(0)),
        );
      }
    }
  },
  PATIENCE_MS,
);
