import { auditEntry } from '@repo/foundation/audit';
import { renameOrganization } from '@repo/foundation/organization';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listApiKeys, rollApiKey } from '../api-key/manage.ts';
import { verifyApiKey } from '../api-key/verify.ts';
import type { SlipwayContext } from '../context.ts';
import { requestUpload } from '../file/request-upload.ts';
import { file } from '../file/table.ts';
import { appRouter } from '../router.ts';
import { everyProcedure, OPEN_PROCEDURES, refusalOf } from '../testing/every-call.ts';
import { startTestSlipway, type TestSlipway, type TestTenant } from '../testing/index.ts';
import { createProject } from './create.ts';
import { deleteProject } from './delete.ts';
import { eraseProject } from './erase.ts';
import { getProject } from './get.ts';
import { listProjects } from './list.ts';
import { DEFAULT_RULES } from './schema.ts';
import { project } from './table.ts';
import { updateProjectRules } from './update-rules.ts';

let slipway: TestSlipway;
let owner: TestTenant;
let stranger: TestTenant;
let projectId: string;
let key: string;

beforeAll(async () => {
  slipway = await startTestSlipway();
  owner = await slipway.tenant();
  stranger = await slipway.tenant();
  ({ id: projectId, key } = await slipway.project(owner));
});

afterAll(() => slipway.close());

const upload = { name: 'a.txt', size: 1, type: 'text/plain' };

test('a stranger gets not_found from every procedure and changes nothing', async () => {
  const { id: fileId } = await requestUpload(owner.ctx, { projectId, upload });
  const calls = everyProcedure({ organizationId: owner.organizationId, projectId, fileId });
  const covered = [...Object.keys(calls), ...OPEN_PROCEDURES];
  // A procedure that is added has to be added there, too.
  expect(Object.keys(appRouter._def.procedures).sort()).toEqual(covered.sort());
  for (const [name, { input }] of Object.entries(calls)) {
    expect(await refusalOf(stranger.ctx, name, input), name).toMatchObject({ code: 'not_found' });
  }
  const anonymous: SlipwayContext = { ...owner.ctx, actor: { type: 'anonymous' } };
  for (const [name, { input }] of Object.entries(calls)) {
    expect(await refusalOf(anonymous, name, input), name).toMatchObject({
      code: expect.stringMatching(/unauthenticated|not_found/),
    });
  }
  expect((await getProject(owner.ctx, projectId)).name).toBe('Test');
});

test('a missing project and a foreign one give the same answer', async () => {
  const foreign = await getProject(stranger.ctx, projectId).catch((error: Error) => error.message);
  const missing = await getProject(stranger.ctx, 'prj_none').catch((error: Error) => error.message);
  expect(foreign).toBe(String(missing).replace('prj_none', projectId));
});

test('a key opens its own project only, and no dashboard procedure', async () => {
  const verified = await verifyApiKey(owner.ctx, `Bearer ${key}`);
  expect(verified.project.id).toBe(projectId);
  const ctx: SlipwayContext = { ...owner.ctx, actor: verified.actor };
  const { id: other } = await slipway.project(owner);
  await expect(getProject(ctx, other)).rejects.toMatchObject({ code: 'not_found' });
  await expect(updateProjectRules(ctx, { projectId, rules: DEFAULT_RULES })).rejects.toMatchObject({
    code: 'unauthenticated',
  });
});

test.each([
  undefined,
  '',
  'Bearer',
  'Basic abc',
  'Bearer sk_live_short',
  `Bearer sk_live_${'x'.repeat(32)}`,
])('the header %j is refused', async (header) => {
  await expect(verifyApiKey(owner.ctx, header)).rejects.toMatchObject({ status: 401 });
});

test('a project that is deleted twice at once is deleted once', async () => {
  const { id } = await slipway.project(owner);
  const outcomes = await Promise.allSettled([1, 2, 3].map(() => deleteProject(owner.ctx, id)));
  const refused = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  expect(refused).toMatchObject([{ code: 'not_found' }, { code: 'not_found' }]);
  const entries = await owner.ctx.db.select().from(auditEntry).where(eq(auditEntry.entityId, id));
  expect(entries.filter((entry) => entry.action === 'project.deleted')).toHaveLength(1);
});

test.each(['a\0b', '\ud800'])('the name %j is the caller’s mistake', async (name) => {
  const mine = await slipway.tenant();
  const { organizationId } = mine;
  const caller = appRouter.createCaller(mine.ctx);
  const calls: Record<string, () => Promise<unknown>> = {
    create: () => caller.project.create({ organizationId, name }),
    rename: () => caller.project.rename({ projectId, name }),
    organization: () => caller.organization.rename({ organizationId, name }),
    get: () => caller.project.get({ projectId: name }),
    list: () => caller.project.list({ organizationId: name }),
    file: () => caller.file.get({ fileId: name }),
  };
  for (const [what, call] of Object.entries(calls))
    await expect(call(), what).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});

test('every change leaves its audit entry, with who and what', async () => {
  const mine = await slipway.tenant();
  const { id } = await slipway.project(mine);
  await updateProjectRules(mine.ctx, { projectId: id, rules: { ...DEFAULT_RULES, maxSize: 10 } });
  const [key] = await listApiKeys(mine.ctx, id);
  await rollApiKey(mine.ctx, { projectId: id, keyId: key?.id ?? '', overlapHours: 0 });
  await renameOrganization(mine.ctx, { organizationId: mine.organizationId, name: 'Renamed' });
  await deleteProject(mine.ctx, id);
  const entries = await mine.ctx.db
    .select()
    .from(auditEntry)
    .where(eq(auditEntry.organizationId, mine.organizationId))
    .orderBy(auditEntry.createdAt);
  expect(entries.map((entry) => entry.action).sort()).toEqual([
    'api_key.rolled',
    'organization.renamed',
    'project.created',
    'project.deleted',
    'project.rules_changed',
  ]);
  for (const entry of entries)
    expect(entry).toMatchObject({ actorType: 'user', actorId: mine.userId });
});

test('a deleted project is gone from everything, then erased with its files', async () => {
  const mine = await slipway.tenant();
  const { id, key: itsKey } = await slipway.project(mine);
  const ticket = await requestUpload(mine.ctx, { projectId: id, upload });
  await slipway.putBytes({ key: ticket.key, bytes: Buffer.from('x'), type: 'text/plain' });
  await deleteProject(mine.ctx, id);
  await expect(getProject(mine.ctx, id)).rejects.toMatchObject({ code: 'not_found' });
  await expect(verifyApiKey(mine.ctx, `Bearer ${itsKey}`)).rejects.toMatchObject({ status: 401 });
  expect(await listProjects(mine.ctx, mine.organizationId)).toEqual([]);
  await eraseProject(mine.ctx, { projectId: id });
  await eraseProject(mine.ctx, { projectId: id });
  expect(await mine.ctx.storages.default.head(ticket.key)).toBeNull();
});

test('a deleted project is remembered until its upload URLs are over', async () => {
  const mine = await slipway.tenant();
  const { id } = await slipway.project(mine);
  const { db } = mine.ctx;
  const ticket = await requestUpload(mine.ctx, { projectId: id, upload });
  await deleteProject(mine.ctx, id);
  await eraseProject(mine.ctx, { projectId: id });
  // The URL is still good, and somebody uses it.
  await slipway.putBytes({ key: ticket.key, bytes: Buffer.from('x'), type: 'text/plain' });
  const tomorrow = new Date(Date.now() + 86_400_000);
  await eraseProject({ ...mine.ctx, now: () => tomorrow }, { projectId: id });
  expect(await mine.ctx.storages.default.head(ticket.key)).toBeNull();
  expect(await db.select().from(file).where(eq(file.projectId, id))).toEqual([]);
  expect(await db.select().from(project).where(eq(project.id, id))).toEqual([]);
});

test('extra fields cannot place a project elsewhere or choose its id', async () => {
  const mine = await slipway.tenant();
  const input = {
    organizationId: mine.organizationId,
    name: 'A',
    id: 'prj_chosen',
    deletedAt: new Date(0),
  };
  const { project } = await createProject(mine.ctx, input);
  expect(project.id).not.toBe('prj_chosen');
  expect(await listProjects(mine.ctx, mine.organizationId)).toHaveLength(1);
});
