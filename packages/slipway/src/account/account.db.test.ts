import { session, user } from '@repo/foundation/auth';
import { newId } from '@repo/foundation/ids';
import { member } from '@repo/foundation/organization';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SlipwayContext } from '../context.ts';
import { eraseOrganization } from '../organization/erase.ts';
import { eraseProject } from '../project/erase.ts';
import { project } from '../project/table.ts';
import { appRouter } from '../router.ts';
import { savedView } from '../saved-view/table.ts';
import { startTestSlipway, type TestSlipway, type TestTenant } from '../testing/index.ts';

let slipway: TestSlipway;
/** Signed up first, and so is the admin of the installation. */
let first: TestTenant;

beforeAll(async () => {
  slipway = await startTestSlipway();
  first = await slipway.tenant();
});
afterAll(() => slipway.close());

const api = (ctx: SlipwayContext) => appRouter.createCaller(ctx);
const remove = async ({ ctx }: TestTenant) =>
  api(ctx).account.delete({ confirmEmail: (await api(ctx).session.me())?.user.email ?? '' });

test('who goes takes projects, keys and views along that are theirs alone, and nothing of others', async () => {
  const person = await slipway.tenant();
  const { ctx, userId, organizationId } = person;
  const { id: projectId } = await slipway.project(person);
  const { id: shared } = await slipway.project(first);
  await ctx.db
    .insert(member)
    .values({ organizationId: first.organizationId, userId, role: 'developer' });
  await api(ctx).savedView.save({ projectId: shared, name: 'Mine', query: 'q=a' });
  await expect(api(ctx).account.delete({ confirmEmail: 'a@example.com' })).rejects.toThrow(
    'Expected the address of this account',
  );
  await remove(person);
  expect(await ctx.db.$count(user, eq(user.id, userId))).toBe(0);
  expect(await ctx.db.$count(savedView, eq(savedView.userId, userId))).toBe(0);
  const later = { ...ctx, now: () => new Date(Date.now() + 3 * 86_400_000) };
  await eraseProject(later, { projectId });
  await eraseOrganization(later, { organizationId });
  expect(await ctx.db.$count(project, eq(project.id, projectId))).toBe(0);
  expect(await api(first.ctx).project.get({ projectId: shared })).toMatchObject({ id: shared });
});

test('the only owner of what others belong to stays, and so does the admin of the installation', async () => {
  const [owner, other] = [await slipway.tenant(), await slipway.tenant()];
  const { organizationId } = owner;
  await owner.ctx.db
    .insert(member)
    .values({ organizationId, userId: other.userId, role: 'viewer' });
  await expect(remove(owner)).rejects.toMatchObject({
    cause: { code: 'conflict', details: { organizations: [{ id: organizationId }] } },
  });
  await expect(remove(first)).rejects.toThrow('ADMIN_EMAILS');
  expect(await owner.ctx.db.$count(user, eq(user.id, first.userId))).toBe(1);
});

test('sessions are one’s own to see and to end', async () => {
  const [person, stranger] = [await slipway.tenant(), await slipway.tenant()];
  const begin = async ({ ctx, userId }: TestTenant): Promise<string> => {
    const id = newId('ses');
    const expiresAt = new Date(Date.now() + 60_000);
    await ctx.db.insert(session).values({ id, userId, token: id, expiresAt });
    return id;
  };
  await person.ctx.db.delete(session).where(eq(session.userId, person.userId));
  const [here, phone] = [await begin(person), await begin(person)];
  const foreign = await begin(stranger);
  const { actor } = person.ctx;
  if (actor.type !== 'user') throw new Error('a tenant is a user');
  const own = api({ ...person.ctx, actor: { ...actor, sessionId: here } }).account;
  expect((await own.sessions()).map(({ id, isCurrent }) => [id, isCurrent])).toEqual([
    [here, true],
    [phone, false],
  ]);
  await expect(own.endSession({ sessionId: foreign })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(await own.endOtherSessions()).toEqual({ ended: 1 });
  expect(await person.ctx.db.$count(session, eq(session.id, foreign))).toBe(1);
});

test('who goes leaves the invitations that they sent open', async () => {
  const [owner, person] = [await slipway.tenant(), await slipway.tenant()];
  const { organizationId } = owner;
  await owner.ctx.db
    .insert(member)
    .values({ organizationId, userId: person.userId, role: 'admin' });
  const email = 'ann@example.com';
  await api(person.ctx).member.invite({ organizationId, email, role: 'viewer' });
  await remove(person);
  const { invitations } = await api(owner.ctx).member.list({ organizationId });
  expect(invitations).toMatchObject([{ email, invitedByName: 'Test’s team' }]);
});
