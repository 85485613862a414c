import { member } from '@repo/foundation/organization';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keyActor, startTestSlipway, type TestSlipway } from '../testing/index.ts';
import { deleteView } from './delete.ts';
import { listViews } from './list.ts';
import { saveView } from './save.ts';

let slipway: TestSlipway;

beforeAll(async () => {
  slipway = await startTestSlipway();
});
afterAll(() => slipway.close());

test('a view is kept, replaced by name and deleted', async () => {
  const { ctx, ...tenant } = await slipway.tenant();
  const { id: projectId } = await slipway.project({ ctx, ...tenant });
  const first = await saveView(ctx, { projectId, name: ' Videos ', query: '?type=video/*' });
  expect(first).toMatchObject({ name: 'Videos', query: 'type=video/*' });
  await saveView(ctx, { projectId, name: 'Big', query: 'minSize=1000000' });
  await saveView(ctx, { projectId, name: 'Videos', query: 'type=video/mp4' });
  expect(await listViews(ctx, projectId)).toEqual([
    { id: expect.stringMatching(/^view_/), name: 'Big', query: 'minSize=1000000' },
    { id: first.id, name: 'Videos', query: 'type=video/mp4' },
  ]);
  await deleteView(ctx, { projectId, viewId: first.id });
  expect((await listViews(ctx, projectId)).map((view) => view.name)).toEqual(['Big']);
  await expect(deleteView(ctx, { projectId, viewId: first.id })).rejects.toMatchObject({
    code: 'not_found',
  });
});

test('nobody gets past the number of views', async () => {
  const { ctx, ...tenant } = await slipway.tenant();
  const { id: projectId } = await slipway.project({ ctx, ...tenant });
  const names = Array.from({ length: 55 }, (_, index) => `View ${index}`);
  const saved = await Promise.allSettled(
    names.map((name) => saveView(ctx, { projectId, name, query: '' })),
  );
  expect(saved.filter((each) => each.status === 'fulfilled')).toHaveLength(50);
  expect(await listViews(ctx, projectId)).toHaveLength(50);
});

test('views are a person’s own: neither a stranger, a colleague nor a key has them', async () => {
  const { ctx, ...tenant } = await slipway.tenant();
  const { id: projectId } = await slipway.project({ ctx, ...tenant });
  const { id: viewId } = await saveView(ctx, { projectId, name: 'Mine', query: 'q=x' });

  const stranger = await slipway.tenant();
  const input = { projectId, name: 'Mine', query: 'q=y' };
  const missing = { code: 'not_found' };
  await expect(listViews(stranger.ctx, projectId)).rejects.toMatchObject(missing);
  await expect(saveView(stranger.ctx, input)).rejects.toMatchObject(missing);
  await expect(deleteView(stranger.ctx, { projectId, viewId })).rejects.toMatchObject(missing);

  const colleague = await slipway.tenant();
  const { organizationId } = tenant;
  await ctx.db.insert(member).values({ organizationId, userId: colleague.userId, role: 'viewer' });
  expect(await listViews(colleague.ctx, projectId)).toEqual([]);
  await expect(deleteView(colleague.ctx, { projectId, viewId })).rejects.toMatchObject(missing);
  // A viewer may keep views too.
  await saveView(colleague.ctx, input);
  expect(await listViews(ctx, projectId)).toEqual([{ id: viewId, name: 'Mine', query: 'q=x' }]);

  const key = { ...ctx, actor: keyActor(projectId) };
  await expect(listViews(key, projectId)).rejects.toMatchObject({ code: 'unauthenticated' });
});
