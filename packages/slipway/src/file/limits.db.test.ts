import { AppError } from '@repo/foundation/errors';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEFAULT_RULES } from '../project/index.ts';
import { updateProjectRules } from '../project/update-rules.ts';
import { startTestSlipway, type TestSlipway, type TestTenant } from '../testing/index.ts';
import { countUsage } from '../usage/count.ts';
import { projectUsage, usageCeiling, usageEntry } from '../usage/table.ts';
import { usageOf } from '../usage/usage-of.ts';
import { completeUpload } from './complete-upload.ts';
import { deleteFile } from './delete.ts';
import { requestUpload } from './request-upload.ts';
import { file } from './table.ts';

const BYTES = Buffer.alloc(1000, 'a');

let slipway: TestSlipway;
let tenant: TestTenant;

beforeAll(async () => {
  slipway = await startTestSlipway();
  tenant = await slipway.tenant();
});
afterAll(() => slipway.close());

const announce = (projectId: string, size = BYTES.length) =>
  requestUpload(tenant.ctx, {
    projectId,
    upload: { name: 'a.txt', size, type: 'text/plain' },
  });

async function finish(projectId: string, { id, key }: { id: string; key: string }): Promise<void> {
  await slipway.putBytes({ key, bytes: BYTES, type: 'text/plain' });
  await completeUpload(tenant.ctx, { projectId, upload: { id } });
}

/** What the rows say, whatever the ledger says. */
async function recount(projectId: string): Promise<{ files: number; bytes: number }> {
  const [row] = await tenant.ctx.db
    .select({ files: sql<string>`count(*)`, bytes: sql<string>`coalesce(sum(size), 0)` })
    .from(file)
    .where(
      and(eq(file.projectId, projectId), inArray(file.status, ['pending', 'verifying', 'ready'])),
    );
  return { files: Number(row?.files), bytes: Number(row?.bytes) };
}

async function outcomes(work: Promise<unknown>[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const result of await Promise.allSettled(work)) {
    const name =
      result.status === 'fulfilled'
        ? 'taken'
        : result.reason instanceof AppError
          ? result.reason.code
          : String(result.reason);
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

test('two uploads that fit only singly never both do', async () => {
  const { id } = await slipway.project(tenant, { maxTotalSize: 1500 });
  expect(await outcomes([announce(id), announce(id)])).toEqual({
    taken: 1,
    storage_limit_reached: 1,
  });
});

test('two hundred uploads at once at the edge of the limit never pass it by a byte', async () => {
  const { id } = await slipway.project(tenant, { maxTotalSize: 50_999 });
  const work = Array.from({ length: 200 }, () => announce(id));
  expect(await outcomes(work)).toEqual({ taken: 50, storage_limit_reached: 150 });
  expect(await recount(id)).toEqual({ files: 50, bytes: 50_000 });
});

test('the sum stays exact while uploads end, are deleted, and are counted, all at once', async () => {
  const { id } = await slipway.project(tenant, { maxTotalSize: 30_000, maxFiles: 25 });
  const tickets = [];
  for (let index = 0; index < 20; index += 1) tickets.push(await announce(id));
  const counting = Array.from({ length: 10 }, () => countUsage(tenant.ctx));
  const ending = tickets.map(async (ticket, index) => {
    await finish(id, ticket);
    if (index % 4 === 0) await deleteFile(tenant.ctx, { projectId: id, fileId: ticket.id });
  });
  await Promise.all([...counting, ...ending]);
  const adding = await outcomes(Array.from({ length: 40 }, () => announce(id)));
  // 15 are left, so ten more by the number of files; by bytes there would be room for fifteen.
  expect(adding).toEqual({ taken: 10, file_limit_reached: 30 });
  await countUsage(tenant.ctx);
  const usage = await usageOf(tenant.ctx.db, id);
  expect(usage).toEqual({ files: 15, bytes: 15_000, reservedFiles: 10, reservedBytes: 10_000 });
  expect(await recount(id)).toEqual({ files: 25, bytes: 25_000 });
  // And the ledger, summed up from its first entry, is the total.
  const [ledger] = await tenant.ctx.db
    .select({ bytes: sql<string>`sum(bytes)` })
    .from(usageEntry)
    .where(eq(usageEntry.projectId, id));
  const [total] = await tenant.ctx.db
    .select()
    .from(projectUsage)
    .where(eq(projectUsage.projectId, id));
  expect(Number(ledger?.bytes)).toBe(total?.bytes);
});

test('what goes makes room, and what came while there was no limit counts when there is one again', async () => {
  const { id } = await slipway.project(tenant, { maxFiles: 3 });
  const limited = async (maxFiles: number | null) => {
    const rules = { ...DEFAULT_RULES, maxFiles };
    await updateProjectRules(tenant.ctx, { projectId: id, rules });
  };
  const tickets = [await announce(id), await announce(id), await announce(id)];
  expect(await outcomes([announce(id)])).toEqual({ file_limit_reached: 1 });
  const [first] = tickets;
  await deleteFile(tenant.ctx, { projectId: id, fileId: first?.id ?? '' });
  expect(await outcomes([announce(id), announce(id)])).toEqual({ taken: 1, file_limit_reached: 1 });
  await limited(null);
  expect(await outcomes(Array.from({ length: 5 }, () => announce(id)))).toEqual({ taken: 5 });
  await limited(10);
  const adding = await outcomes(Array.from({ length: 5 }, () => announce(id)));
  expect(adding).toEqual({ taken: 2, file_limit_reached: 3 });
  expect(await recount(id)).toEqual({ files: 10, bytes: 10_000 });
});

test('while there is room for all the uploads on their way are not counted each time', async () => {
  const { id } = await slipway.project(tenant, { maxFiles: 1000 });
  await announce(id);
  await tenant.ctx.db.update(usageCeiling).set({ files: 990 }).where(eq(usageCeiling.ownerId, id));
  await announce(id);
  const ceiling = () =>
    tenant.ctx.db.select().from(usageCeiling).where(eq(usageCeiling.ownerId, id));
  expect(await ceiling()).toMatchObject([{ files: 991, bytes: 2000 }]);
  // What would be too much is counted, and so is everything a minute later.
  await Promise.all(Array.from({ length: 20 }, () => announce(id)));
  expect(await ceiling()).toMatchObject([{ files: 22, bytes: 22_000 }]);
  const later = new Date(Date.now() - 60_000);
  await tenant.ctx.db
    .update(usageCeiling)
    .set({ files: 30, countedAt: later })
    .where(eq(usageCeiling.ownerId, id));
  await announce(id);
  expect(await ceiling()).toMatchObject([{ files: 23, bytes: 23_000 }]);
});

test('a limit says what it is and what came', async () => {
  const { id } = await slipway.project(tenant, { maxTotalSize: 1500 });
  await announce(id);
  await expect(announce(id, 501)).rejects.toMatchObject({
    code: 'storage_limit_reached',
    message: 'This project holds up to 1500 bytes and has 1000; this file would add 501.',
    details: { rule: 'maxTotalSize', expected: 1500, received: 1501 },
  });
  await announce(id, 500);
});
