import { auditEntry } from '@repo/foundation/audit';
import { invitation, inviteMember } from '@repo/foundation/member';
import { member, organization } from '@repo/foundation/organization';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { file } from '../file/table.ts';
import { createHttp } from '../http.ts';
import type { MemberRole } from '../permission.ts';
import { createProject } from '../project/create.ts';
import { eraseProject } from '../project/erase.ts';
import { project } from '../project/table.ts';
import { appRouter } from '../router.ts';
import { startTestSlipway, type TestSlipway, type TestTenant } from '../testing/index.ts';
import { readyFile } from '../testing/ready-file.ts';
import { deleteOrganization } from './delete.ts';
import { eraseOrganization } from './erase.ts';

let slipway: TestSlipway;

beforeAll(async () => {
  slipway = await startTestSlipway();
});
afterAll(() => slipway.close());

const NAME = 'Test’s team';

async function joined(owner: TestTenant, role: MemberRole): Promise<TestTenant> {
  const person = await slipway.tenant();
  const { organizationId } = owner;
  await owner.ctx.db.insert(member).values({ organizationId, userId: person.userId, role });
  return person;
}

const get = (path: string, key?: string) =>
  createHttp(slipway.runtime, { stopping: false }).request(
    `http://127.0.0.1:3000${path}`,
    key === undefined ? {} : { headers: { authorization: `Bearer ${key}` } },
    {},
  );

test('it is gone at once, with keys, members, invitations and files; the rest follows', async () => {
  const owner = await slipway.tenant();
  const { ctx, organizationId } = owner;
  const admin = await joined(owner, 'admin');
  const { id: projectId, key } = await slipway.project(owner, { visibility: 'public' });
  const made = await readyFile(slipway, {
    tenant: owner,
    projectId,
    bytes: new Uint8Array([1, 2, 3]),
  });
  await inviteMember(ctx, { organizationId, email: 'late@example.com', role: 'viewer' });
  expect((await get('/api/files', key)).status).toBe(200);
  expect((await get(`/f/${made.key}`)).status).toBe(200);

  expect(await deleteOrganization(ctx, { organizationId, confirmName: NAME })).toEqual({
    projects: 1,
  });
  expect((await get('/api/files', key)).status).toBe(401);
  expect((await get(`/f/${made.key}`)).status).toBe(404);
  for (const { ctx: theirs } of [owner, admin])
    await expect(
      appRouter.createCaller(theirs).project.list({ organizationId }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const [open] = await ctx.db
    .select()
    .from(invitation)
    .where(eq(invitation.organizationId, organizationId));
  expect(open?.revokedAt).not.toBeNull();

  // Not before the files are.
  await eraseOrganization(ctx, { organizationId });
  const left = () => ctx.db.$count(organization, eq(organization.id, organizationId));
  expect(await left()).toBe(1);
  const { now } = ctx;
  const muchLater = { ...ctx, now: () => new Date(now().getTime() + 3 * 86_400_000) };
  await eraseProject(muchLater, { projectId });
  expect(await ctx.db.$count(file, eq(file.projectId, projectId))).toBe(0);
  await eraseOrganization(ctx, { organizationId });
  expect(await left()).toBe(0);
  const entries = await ctx.db
    .select({ action: auditEntry.action, data: auditEntry.data })
    .from(auditEntry)
    .where(eq(auditEntry.organizationId, organizationId));
  expect(entries).toContainEqual({
    action: 'organization.deleted',
    data: { before: { name: NAME, projects: 1, members: 2 } },
  });
});

test('only an owner deletes it, by its name; to a stranger it is not there', async () => {
  const owner = await slipway.tenant();
  const { organizationId } = owner;
  const stranger = await slipway.tenant();
  const call = { organizationId, confirmName: NAME };
  for (const role of ['admin', 'developer', 'viewer'] as const)
    await expect(deleteOrganization((await joined(owner, role)).ctx, call)).rejects.toMatchObject({
      code: 'forbidden',
      details: { permission: 'organization.transfer' },
    });
  await expect(deleteOrganization(stranger.ctx, call)).rejects.toMatchObject({ code: 'not_found' });
  for (const confirmName of ['', 'Test', organizationId])
    await expect(
      deleteOrganization(owner.ctx, { organizationId, confirmName }),
    ).rejects.toMatchObject({ code: 'validation_failed' });
  expect(await owner.ctx.db.$count(member, eq(member.organizationId, organizationId))).toBe(4);
});

test('a project that is made meanwhile outlives it by nothing', async () => {
  for (let round = 0; round < 3; round += 1) {
    const owner = await slipway.tenant();
    const { ctx, organizationId } = owner;
    await Promise.allSettled([
      createProject(ctx, { organizationId, name: 'Late' }),
      deleteOrganization(ctx, { organizationId, confirmName: NAME }),
      createProject(ctx, { organizationId, name: 'Later' }),
    ]);
    await eraseOrganization(ctx, { organizationId });
    const rows = await ctx.db
      .select({ deletedAt: project.deletedAt })
      .from(project)
      .where(eq(project.organizationId, organizationId));
    for (const { deletedAt } of rows) expect(deletedAt).not.toBeNull();
  }
});

test('one that has members is erased by no job', async () => {
  const { ctx, organizationId } = await slipway.tenant();
  await eraseOrganization(ctx, { organizationId });
  expect(await ctx.db.$count(organization, eq(organization.id, organizationId))).toBe(1);
});
