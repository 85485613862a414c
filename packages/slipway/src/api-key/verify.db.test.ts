import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestSlipway, type TestSlipway } from '../testing/index.ts';
import { listApiKeys, rollApiKey } from './manage.ts';
import { apiKey } from './table.ts';
import { verifyApiKey } from './verify.ts';

let slipway: TestSlipway;

beforeAll(async () => {
  slipway = await startTestSlipway();
});

afterAll(() => slipway.close());

async function newProject() {
  const tenant = await slipway.tenant();
  return { ...(await slipway.project(tenant)), tenant };
}

const verify = (key: string, now = new Date()) =>
  verifyApiKey({ db: slipway.runtime.db, now: () => now }, `Bearer ${key}`);

const projectBehind = (key: string) =>
  verify(key).then(
    ({ project, actor }) => [project.id, actor.ownerId],
    (error: { code: string }) => error.code,
  );

test('keys that come at the same moment each open their own project', async () => {
  const projects = await Promise.all(Array.from({ length: 5 }, newProject));
  const unknown = `sk_live_${'0'.repeat(32)}`;
  const asked = [...projects, ...projects].flatMap(({ key }) => [key, unknown, 'sk_live_short']);
  expect(await Promise.all(asked.map(projectBehind))).toEqual(
    [...projects, ...projects].flatMap(({ id }) => [
      [id, id],
      'api_key_invalid',
      'api_key_invalid',
    ]),
  );
});

test('more keys at once than one statement asks for', async () => {
  const { id, key } = await newProject();
  const answers = await Promise.all(Array.from({ length: 250 }, () => projectBehind(key)));
  expect(answers).toEqual(answers.map(() => [id, id]));
});

test('the very next request with a replaced key is refused, though others run', async () => {
  const { id, key: first, tenant } = await newProject();
  let key = first;
  for (let round = 0; round < 10; round += 1) {
    const running = Promise.all(Array.from({ length: 5 }, () => projectBehind(key)));
    const [live] = await listApiKeys(tenant.ctx, id);
    const ref = { projectId: id, keyId: live?.id ?? '' };
    const { key: fresh } = await rollApiKey(tenant.ctx, { ...ref, overlapHours: 0 });
    const next = await Promise.all([key, fresh, key].map(projectBehind));
    expect(next).toEqual(['api_key_invalid', [id, id], 'api_key_invalid']);
    await running;
    key = fresh;
  }
});

test('a key’s last use is written, once a minute at most', async () => {
  const { id, key } = await newProject();
  const lastUsed = async () => {
    const { db } = slipway.runtime;
    const [row] = await db.select().from(apiKey).where(eq(apiKey.ownerId, id));
    return row?.lastUsedAt?.getTime();
  };
  const start = Date.now();
  expect(await lastUsed()).toBeUndefined();
  await Promise.all(Array.from({ length: 20 }, () => verify(key, new Date(start))));
  expect(await lastUsed()).toBe(start);
  await verify(key, new Date(start + 59_000));
  expect(await lastUsed()).toBe(start);
  await verify(key, new Date(start + 61_000));
  expect(await lastUsed()).toBe(start + 61_000);
});
