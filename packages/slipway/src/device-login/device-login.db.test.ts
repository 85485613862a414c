import { auditEntry } from '@repo/foundation/audit';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { apiKey } from '../api-key/table.ts';
import { verifyApiKey } from '../api-key/verify.ts';
import type { SlipwayContext } from '../context.ts';
import { deleteProject } from '../project/delete.ts';
import { keyActor, type TestTenant } from '../testing/index.ts';
import { type ServedSlipway, serveTestSlipway } from '../testing/serve.ts';
import { approveDeviceLogin, denyDeviceLogin } from './answer.ts';
import { claimDeviceLogin } from './claim.ts';
import { getDeviceLogin } from './get.ts';
import { startDeviceLogin } from './start.ts';
import { deviceLogin } from './table.ts';

let slipway: ServedSlipway;
let tenant: TestTenant;
let anonymous: SlipwayContext;
let projectId: string;

beforeAll(async () => {
  slipway = await serveTestSlipway();
  tenant = await slipway.tenant();
  anonymous = { ...tenant.ctx, actor: { type: 'anonymous' }, ip: '203.0.113.9' };
  ({ id: projectId } = await slipway.project(tenant));
});
afterAll(() => slipway.close());

const start = () => startDeviceLogin(anonymous, { clientName: 'anna’s laptop' });
const approve = (userCode: string, more: object = {}, ctx = tenant.ctx) =>
  approveDeviceLogin(ctx, { userCode, projectId, scopes: ['read'], expiresInDays: 30, ...more });
/** Some seconds later, so that it is not too soon. */
const later = (seconds = 5): SlipwayContext => ({
  ...anonymous,
  now: () => new Date(Date.now() + seconds * 1000),
});
const claim = (deviceCode: string, ctx = later()) => claimDeviceLogin(ctx, { deviceCode });

test('somebody sees who asks, says yes, and the key is handed over once', async () => {
  const { deviceCode, userCode, verificationUriComplete } = await start();
  expect(userCode).toMatch(/^[B-Z]{4}-[B-Z]{4}$/);
  expect(verificationUriComplete).toBe(`${slipway.url}/device?code=${userCode}`);
  expect(await claim(deviceCode)).toMatchObject({ status: 'pending' });
  // As people type it.
  const seen = await getDeviceLogin(tenant.ctx, {
    userCode: ` ${userCode.toLowerCase().replace('-', ' ')}`,
  });
  expect(seen).toMatchObject({ clientName: 'anna’s laptop', ip: '203.0.113.9', userCode });
  expect(seen.projects.map(({ id }) => id)).toEqual([projectId]);
  await approve(userCode);
  const both = await Promise.allSettled([claim(deviceCode, later(9)), claim(deviceCode, later(9))]);
  const given = both.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  expect(given).toHaveLength(1);
  const [login] = given;
  if (login?.status !== 'approved') throw new Error('expected a key');
  const { actor, project } = await verifyApiKey(tenant.ctx, `Bearer ${login.apiKey}`);
  expect([actor.scopes, project.id, actor.name]).toEqual([
    ['read'],
    projectId,
    'CLI on anna’s laptop',
  ]);
  const [row] = await slipway.runtime.db.select().from(apiKey).where(eq(apiKey.id, actor.keyId));
  expect(row?.createdBy).toBe(tenant.userId);
  const days = ((row?.expiresAt?.getTime() ?? 0) - Date.now()) / 86_400_000;
  expect(Math.round(days)).toBe(30);
  await expect(claim(deviceCode, later(20))).rejects.toMatchObject({
    code: 'device_login_expired',
  });
  const actions = await slipway.runtime.db
    .select({ action: auditEntry.action, actor: auditEntry.actorId })
    .from(auditEntry)
    .where(and(eq(auditEntry.organizationId, tenant.organizationId)));
  for (const action of ['device_login.approved', 'api_key.created'])
    expect(actions).toContainEqual({ action, actor: tenant.userId });
  // Nothing that is stored opens anything.
  const stored = JSON.stringify(await slipway.runtime.db.select().from(deviceLogin));
  expect(stored).not.toContain(deviceCode);
  expect(stored).not.toContain(login.apiKey);
});

test('a no, and the end of its time, are told as that', async () => {
  const refused = await start();
  await denyDeviceLogin(tenant.ctx, { userCode: refused.userCode });
  await expect(claim(refused.deviceCode)).rejects.toMatchObject({ code: 'device_login_denied' });
  await expect(approve(refused.userCode)).rejects.toMatchObject({ code: 'not_found' });
  const late = await start();
  const over = { ...tenant.ctx, now: () => new Date(Date.now() + 601_000) };
  await expect(approve(late.userCode, {}, over)).rejects.toMatchObject({ code: 'not_found' });
  await expect(claim(late.deviceCode, later(601))).rejects.toMatchObject({
    code: 'device_login_expired',
  });
  const approved = await start();
  await approve(approved.userCode);
  await expect(claim(approved.deviceCode, later(601))).rejects.toMatchObject({
    code: 'device_login_expired',
  });
  await expect(claim('nonsense')).rejects.toMatchObject({ code: 'device_login_expired' });
});

test('a stranger, a visitor and a key let nobody in', async () => {
  const { userCode, deviceCode } = await start();
  const stranger = await slipway.tenant();
  await expect(approve(userCode, {}, stranger.ctx)).rejects.toMatchObject({ code: 'not_found' });
  await expect(approve(userCode, {}, anonymous)).rejects.toMatchObject({ code: 'unauthenticated' });
  const asKey = { ...tenant.ctx, actor: keyActor(projectId) };
  await expect(approve(userCode, {}, asKey)).rejects.toMatchObject({ code: 'unauthenticated' });
  await expect(getDeviceLogin(anonymous, { userCode })).rejects.toMatchObject({
    code: 'unauthenticated',
  });
  // Others’ projects are none of theirs.
  expect((await getDeviceLogin(stranger.ctx, { userCode })).projects).toEqual([]);
  expect(await claim(deviceCode)).toMatchObject({ status: 'pending' });
  // The right to make keys is asked for when the key is made.
  const mine = await slipway.project(tenant);
  await approve(userCode, { projectId: mine.id });
  await deleteProject(tenant.ctx, mine.id);
  await expect(claim(deviceCode, later(9))).rejects.toMatchObject({ code: 'not_found' });
});

test('codes are guessed, and answers asked for, only so often', async () => {
  const guesser = await slipway.tenant();
  const guess = () => getDeviceLogin(guesser.ctx, { userCode: 'BBBB-BBBB' });
  for (let guesses = 0; guesses < 20; guesses += 1)
    await expect(guess()).rejects.toMatchObject({ code: 'not_found' });
  await expect(guess()).rejects.toMatchObject({ code: 'rate_limited' });
  // Nor is a right one told from a wrong one then.
  const { userCode } = await start();
  await expect(getDeviceLogin(guesser.ctx, { userCode })).rejects.toMatchObject({
    code: 'rate_limited',
  });
  // Whoever types what the terminal shows may look as often as it takes.
  for (let looks = 0; looks < 25; looks += 1) await getDeviceLogin(tenant.ctx, { userCode });

  const post = (path: string, body: unknown) =>
    fetch(`${slipway.url}/api/device-login${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const begun = await post('', { clientName: 'ci' });
  expect([begun.status, begun.headers.get('cache-control')]).toEqual([201, 'no-store']);
  const { deviceCode } = await begun.json();
  expect((await post('/claim', { deviceCode })).status).toBe(202);
  const soon = await post('/claim', { deviceCode });
  expect([soon.status, soon.headers.get('retry-after')]).toEqual([429, '2']);
  expect((await post('', { clientName: 'x\u0000' })).status).toBe(400);
  expect((await post('', { clientName: 'x'.repeat(5_000) })).status).toBe(413);
  const many = await Promise.all(Array.from({ length: 20 }, () => post('', { clientName: 'ci' })));
  expect(many.map(({ status }) => status)).toContain(429);
});
