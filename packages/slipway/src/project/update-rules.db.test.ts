import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestSlipway, type TestSlipway, type TestTenant } from '../testing/index.ts';
import { getProject } from './get.ts';
import { updateProjectRules } from './update-rules.ts';

let slipway: TestSlipway;
let tenant: TestTenant;

beforeAll(async () => {
  slipway = await startTestSlipway();
  tenant = await slipway.tenant();
});
afterAll(() => slipway.close());

/** Reads, adds one, writes if nobody else wrote; false when somebody did. */
async function increment(projectId: string): Promise<boolean> {
  const { rules, rulesVersion: ifVersion } = await getProject(tenant.ctx, projectId);
  const more = { ...rules, maxSize: rules.maxSize + 1 };
  return updateProjectRules(tenant.ctx, { projectId, rules: more, ifVersion }).then(
    () => true,
    (error: unknown) => {
      expect(error).toMatchObject({ code: 'conflict', status: 409 });
      return false;
    },
  );
}

test('of a hundred changes at once none is lost: the value is the number of those that held', async () => {
  const { id } = await slipway.project(tenant, { maxSize: 1000 });
  const held = (await Promise.all(Array.from({ length: 100 }, () => increment(id)))).filter(
    Boolean,
  );
  expect(held.length).toBeGreaterThan(0);
  expect((await getProject(tenant.ctx, id)).rules.maxSize).toBe(1000 + held.length);
});

test('the version changes with the rules and comes back with them', async () => {
  const { id } = await slipway.project(tenant);
  const { rules, rulesVersion } = await getProject(tenant.ctx, id);
  await updateProjectRules(tenant.ctx, { projectId: id, rules: { ...rules, maxFiles: 3 } });
  expect((await getProject(tenant.ctx, id)).rulesVersion).not.toBe(rulesVersion);
  await updateProjectRules(tenant.ctx, { projectId: id, rules });
  expect((await getProject(tenant.ctx, id)).rulesVersion).toBe(rulesVersion);
});
