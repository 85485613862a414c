import { auditEntry } from '@repo/foundation/audit';
import { and, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getProject, updateProjectRules } from '../project/index.ts';
import { startTestSlipway, type TestSlipway, type TestTenant } from '../testing/index.ts';
import { readyFile } from '../testing/ready-file.ts';
import { changeFiles } from './bulk.ts';
import { getFile } from './get.ts';
import type { RequestUpload } from './schema.ts';
import { updateFile } from './update.ts';

let slipway: TestSlipway;
let tenant: TestTenant;

beforeAll(async () => {
  slipway = await startTestSlipway();
  tenant = await slipway.tenant();
});
afterAll(() => slipway.close());

async function upload(projectId: string, wish: Partial<RequestUpload> = {}) {
  const { id: fileId } = await readyFile(slipway, {
    ...{ tenant, projectId, wish },
    bytes: Buffer.from('hello'),
  });
  return { projectId, fileId };
}

test('what somebody called private stays so when its project becomes public', async () => {
  const { id: projectId } = await slipway.project(tenant, { visibility: 'private' });
  const said = await upload(projectId, { visibility: 'private' });
  const changed = await upload(projectId);
  await updateFile(tenant.ctx, { ...changed, change: { visibility: 'private' } });
  const unsaid = await upload(projectId);
  const { rules } = await getProject(tenant.ctx, projectId);
  await updateProjectRules(tenant.ctx, { projectId, rules: { ...rules, visibility: 'public' } });
  for (const file of [said, changed])
    expect(await getFile(tenant.ctx, file)).toMatchObject({ visibility: 'private', url: null });
  expect(await getFile(tenant.ctx, unsaid)).toMatchObject({ visibility: 'public' });
});

test('of two that tag one file at once neither is lost, and the log tells what each found', async () => {
  const { id: projectId } = await slipway.project(tenant);
  const { fileId } = await upload(projectId);
  const { db } = tenant.ctx;
  const tag = (name: string) => {
    const bulk = { ids: [fileId], action: 'update' as const, addTags: [name] };
    return changeFiles(tenant.ctx, { projectId, bulk });
  };
  let both: Promise<unknown> = Promise.resolve();
  await db.transaction(async (tx) => {
    await tx.execute(sql`select from file where id = ${fileId} for update`);
    both = Promise.all([tag('one'), tag('two')]);
    const waiting = sql`select from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`;
    await expect.poll(async () => (await db.execute(waiting)).rowCount).toBe(2);
  });
  await both;
  const { tags } = await getFile(tenant.ctx, { projectId, fileId });
  expect(tags.toSorted()).toEqual(['one', 'two']);
  const entries = await db
    .select({ data: auditEntry.data })
    .from(auditEntry)
    .where(and(eq(auditEntry.entityId, fileId), eq(auditEntry.action, 'file.updated')));
  const before = entries.map(({ data }) => JSON.stringify(data['from'])).toSorted();
  expect(before[0]).toMatch(/"tags":\["(one|two)"\]/);
  expect(before[1]).toContain('"tags":[]');
});
