import { recordAudit } from '@repo/foundation/audit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApiKey, renameApiKey } from '../api-key/manage.ts';
import { verifyApiKey } from '../api-key/verify.ts';
import { renameProject } from '../project/rename.ts';
import { startTestSlipway, type TestSlipway, type TestTenant } from '../testing/index.ts';
import { exportAudit } from './export.ts';
import { auditFilters } from './filters.ts';
import { listAudit } from './list.ts';

let slipway: TestSlipway;
let tenant: TestTenant;
let projectId: string;
let keyId: string;

beforeAll(async () => {
  slipway = await startTestSlipway();
  tenant = await slipway.tenant();
  const made = await slipway.project(tenant);
  projectId = made.id;
  const ctx = { ...tenant.ctx, ip: '192.0.2.7' };
  await renameProject(ctx, { projectId, name: 'Renamed' });
  const { actor } = await verifyApiKey(tenant.ctx, `Bearer ${made.key}`);
  const byKey = { ...tenant.ctx, actor };
  const { apiKey } = await createApiKey(byKey, { projectId, name: '=1+1', scopes: ['read'] });
  keyId = apiKey.id;
  await renameApiKey(byKey, { projectId, keyId, name: 'A, "b"' });
});
afterAll(() => slipway.close());

const organization = () => ({ organizationId: tenant.organizationId });
const actions = async (filter: object) =>
  (await listAudit(tenant.ctx, { ...organization(), ...filter })).data.map(({ action }) => action);

test('an entry says who, from where, what, and what it was before', async () => {
  const { data } = await listAudit(tenant.ctx, organization());
  expect(data.map(({ action }) => action)).toEqual([
    'api_key.renamed',
    'api_key.created',
    'project.renamed',
    'project.created',
  ]);
  expect(data[2]).toMatchObject({
    actor: { type: 'user', id: tenant.userId, name: 'Test' },
    changes: [{ field: 'value', before: 'Test', after: 'Renamed' }],
    ip: '192.0.2.7',
    entityId: projectId,
  });
  expect(data[0]).toMatchObject({
    actor: { type: 'api_key', name: 'Secret key', email: null },
    changes: [{ field: 'name', before: '=1+1', after: 'A, "b"' }],
    facts: { projectId },
  });
});

test('the log is narrowed by actor, action, time and entry', async () => {
  const { actorId, id, at } = await listAudit(tenant.ctx, organization()).then(({ data }) => ({
    actorId: data[0]?.actor.id ?? '',
    id: data[3]?.id,
    at: data[1]?.at ?? new Date(),
  }));
  expect(await actions({ actorId })).toEqual(['api_key.renamed', 'api_key.created']);
  expect(await actions({ action: 'project' })).toEqual(['project.renamed', 'project.created']);
  expect(await actions({ action: 'project.created' })).toEqual(['project.created']);
  expect(await actions({ entryId: id })).toEqual(['project.created']);
  expect(await actions({ to: at })).not.toContain('api_key.renamed');
  expect(await actions({ from: at })).not.toContain('project.created');
  expect(await actions({ from: new Date(Date.now() + 1000) })).toEqual([]);
  const { actors, actions: known } = await auditFilters(tenant.ctx, tenant.organizationId);
  expect(actors.map(({ name }) => name)).toEqual(['Secret key', 'Test']);
  expect(known).toHaveLength(4);
});

test('pages follow one another, though entries of one moment have no order of their own', async () => {
  const mine = await slipway.tenant();
  const at = new Date();
  await mine.ctx.db.transaction(async (tx) => {
    for (let n = 0; n < 25; n += 1) {
      await recordAudit(
        tx,
        { ...mine.ctx, now: () => at },
        { organizationId: mine.organizationId, action: 'project.tested', entityId: `prj_${n}` },
      );
    }
  });
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof listAudit>> = await listAudit(mine.ctx, {
      organizationId: mine.organizationId,
      limit: 10,
      cursor,
    });
    seen.push(...page.data.map(({ entityId }) => entityId));
    cursor = page.nextCursor;
  } while (cursor !== null);
  expect(seen).toHaveLength(25);
  expect(new Set(seen).size).toBe(25);
  await expect(
    listAudit(mine.ctx, { organizationId: mine.organizationId, cursor: 'wrong' }),
  ).rejects.toMatchObject({ code: 'validation_failed' });
});

test('as CSV it is quoted, and nothing in it is a formula', async () => {
  const { csv, isWhole } = await exportAudit(tenant.ctx, organization());
  expect(isWhole).toBe(true);
  const lines = csv.split('\r\n');
  expect(lines).toHaveLength(6);
  expect(lines[0]).toMatch(/^time,actor_type,/);
  expect(lines[1]).toContain('""after"":""A, \\""b\\""""');
  const mine = await slipway.tenant();
  await mine.ctx.db.transaction((tx) =>
    recordAudit(tx, mine.ctx, {
      organizationId: mine.organizationId,
      action: 'project.tested',
      entityId: '=cmd|x',
    }),
  );
  const { csv: other } = await exportAudit(mine.ctx, { organizationId: mine.organizationId });
  expect(other).toContain(",'=cmd|x,");
});

test('entries of other organizations are not there', async () => {
  const stranger = await slipway.tenant();
  const [entry] = (await listAudit(tenant.ctx, organization())).data;
  const { organizationId } = stranger;
  const found = await listAudit(stranger.ctx, { organizationId, entryId: entry?.id });
  expect(found.data).toEqual([]);
});
