import { randomUUID } from 'node:crypto';
import { randomToken } from '@repo/foundation/ids';
import { listOrganizations, member } from '@repo/foundation/organization';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyApiKey } from '../api-key/index.ts';
import { apiKey } from '../api-key/table.ts';
import { startTestSlipway, type TestSlipway } from '../testing/index.ts';
import { seedDemo, seedPhotoestate } from './index.ts';

let slipway: TestSlipway;

beforeAll(async () => {
  slipway = await startTestSlipway();
});

afterAll(() => slipway.close());

const newKey = () => `sk_live_${randomToken(32)}`;

async function projectOf(key: string): Promise<string> {
  const { db } = slipway.runtime;
  const found = await verifyApiKey({ db, now: () => new Date() }, `Bearer ${key}`);
  return found.project.id;
}

test('the project of the photos belongs to no account, and its key is never replaced', async () => {
  const { runtime } = slipway;
  const key = newKey();
  const { projectId } = await seedPhotoestate(runtime, { key });
  expect(await projectOf(key)).toBe(projectId);

  // A boot that is repeated has the same key; another machine has another one.
  expect(await seedPhotoestate(runtime, { key })).toEqual({ projectId });
  await expect(seedPhotoestate(runtime, { key: newKey() })).rejects.toThrow(
    /^This database .* Set SLIPWAY_SECRET, PHOTOESTATE_SECRET, ENCRYPTION_KEYS and SLIPWAY_API_KEY /,
  );
  expect(await projectOf(key)).toBe(projectId);

  const members = await runtime.db
    .select()
    .from(member)
    .where(eq(member.organizationId, 'org_photoestate'));
  expect(members).toEqual([]);

  // Whoever deletes the rows owns the database: this is how a lost key is replaced.
  await runtime.db.delete(apiKey).where(eq(apiKey.ownerId, projectId));
  const fresh = newKey();
  expect(await seedPhotoestate(runtime, { key: fresh })).toEqual({ projectId });
  expect(await projectOf(fresh)).toBe(projectId);
});

test('no e-mail opens the organization of the photos, whoever signs up first', async () => {
  const { runtime } = slipway;
  const email = 'photoestate@slipway.local';
  const userId = await runtime.auth.createUser({ email, name: 'X', password: 'correct horse' });
  if (userId === null) throw new Error('somebody has this address');
  await seedPhotoestate(runtime, { key: newKey() }).catch(() => undefined);
  const actor = { type: 'user' as const, userId, email };
  const ctx = runtime.context({ actor, requestId: 'test', ip: null });
  const ids = (await listOrganizations(ctx)).map(({ id }) => id);
  expect(ids).toHaveLength(1);
  expect(ids).not.toContain('org_photoestate');
});

test('the demo is made once, found by its password, and never taken from somebody', async () => {
  const { runtime } = slipway;
  const demo = { email: `${randomUUID()}@slipway.local`, password: 'correct horse', key: newKey() };
  const made = await seedDemo(runtime, demo);
  expect(await projectOf(demo.key)).toBe(made.projectId);
  expect(await seedDemo(runtime, demo)).toEqual(made);
  await expect(seedDemo(runtime, { ...demo, password: 'another one' })).rejects.toThrow(
    `There is an account ${demo.email} already, which this start did not make.`,
  );
  await expect(seedDemo(runtime, { ...demo, key: newKey() })).rejects.toThrow('has another key');
  expect(await projectOf(demo.key)).toBe(made.projectId);
});
