import { createPublicKey } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHttp } from '../http.ts';
import type { TestSlipway, TestTenant } from '../testing/index.ts';
import { createWebhook, deliver, revealSecret } from './manage.ts';
import { webhookEndpoint } from './table.ts';
import { deliveriesTo, happen, startWithWebhooks } from './testing/clocked.ts';
import { startReceiver } from './testing/receiver.ts';

let slipway: TestSlipway;
let tenant: TestTenant;
let receiver: Awaited<ReturnType<typeof startReceiver>>;

beforeAll(async () => {
  slipway = await startWithWebhooks();
  tenant = await slipway.tenant();
  receiver = await startReceiver();
});
afterAll(async () => {
  receiver.close();
  await slipway.close();
});

async function call(key: string, method: string, path: string, body?: object) {
  const app = createHttp(slipway.runtime, { stopping: false });
  const response = await app.request(
    `/api${path}`,
    {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    },
    {},
  );
  const text = await response.text();
  return { status: response.status, json: text === '' ? null : JSON.parse(text) };
}

const as = (key: string) => (method: string, path: string, body?: object) =>
  call(key, method, path, body);

test('a webhook’s life over REST', async () => {
  const { id: projectId, key } = await slipway.project(tenant);
  const api = as(key);
  const types = ['file.deleted', 'file.ready'];
  const made = await api('POST', '/webhooks', { url: receiver.url, eventTypes: types });
  expect(made).toMatchObject({
    status: 201,
    json: { enabled: true, eventTypes: ['file.ready', 'file.deleted'], signing: 'hmac' },
  });
  const { id, secret } = made.json;
  const { secret: _, ...shown } = made.json;
  expect((await api('GET', '/webhooks')).json).toEqual({ data: [shown] });
  expect((await api('GET', `/webhooks/${id}`)).json).toEqual(shown);

  const rolled = await api('POST', `/webhooks/${id}/roll`, { overlapSeconds: 60 });
  expect(rolled.json.secret).not.toBe(secret);
  expect(rolled.json.rollingUntil).not.toBeNull();
  await happen(tenant.ctx, { projectId, entityId: 'file_1', data: { name: 'a' } });
  await happen(tenant.ctx, { projectId, entityId: 'file_1', type: 'file.failed' });
  const [delivery, ...others] = await deliveriesTo(tenant.ctx, id);
  expect(others).toEqual([]);
  await deliver(tenant.ctx, { deliveryId: delivery?.id ?? '' });
  const [request] = receiver.received;
  const headers = request?.headers as Record<string, string>;
  for (const either of [secret, rolled.json.secret])
    expect(new Webhook(either).verify(request?.body ?? '', headers)).toMatchObject({
      type: 'file.ready',
      data: { name: 'a' },
    });

  const page = await api('GET', `/webhooks/${id}/deliveries?state=delivered`);
  expect(page.json.data).toMatchObject([{ eventType: 'file.ready', lastStatus: 200 }]);
  const path = `/webhooks/${id}/deliveries/${delivery?.id}`;
  expect((await api('GET', path)).json.tries).toMatchObject([
    { number: 1, succeeded: true, request: { url: receiver.url, body: request?.body } },
  ]);
  expect((await api('POST', `${path}/resend`)).status).toBe(202);
  expect((await api('POST', `/webhooks/${id}/test`)).status).toBe(202);
  const range = { from: '2020-01-01T00:00:00Z' };
  expect((await api('POST', `/webhooks/${id}/replay`, range)).json).toEqual({ deliveries: 0 });
  expect((await api('PATCH', `/webhooks/${id}`, { enabled: false })).json).toMatchObject({
    enabled: false,
    disabledReason: 'manual',
  });
  expect((await api('POST', `/webhooks/${id}/test`)).status).toBe(409);
  expect((await api('DELETE', `/webhooks/${id}`)).status).toBe(204);
  expect((await api('GET', `/webhooks/${id}`)).status).toBe(404);
});

test('pages of deliveries follow one another without gaps', async () => {
  const { id: projectId, key } = await slipway.project(tenant);
  const { id } = await createWebhook(tenant.ctx, { projectId, url: receiver.url });
  for (let index = 0; index < 7; index += 1)
    await happen(tenant.ctx, { projectId, entityId: `file_${index}` });
  const seen: string[] = [];
  let cursor = '';
  for (let pages = 0; pages < 3; pages += 1) {
    const { json } = await as(key)('GET', `/webhooks/${id}/deliveries?limit=3${cursor}`);
    seen.push(...json.data.map((one: { id: string }) => one.id));
    cursor = `&cursor=${json.nextCursor}`;
  }
  expect(new Set(seen).size).toBe(7);
  const wrong = await as(key)('GET', `/webhooks/${id}/deliveries?cursor=wrong`);
  expect(wrong.json.error.code).toBe('validation_failed');
});

test.each([
  ['http://169.254.169.254/latest', /public internet/],
  ['https://10.0.0.1/', /public internet/],
  ['http://8.8.8.8/', /https/],
  ['https://user:secret@8.8.8.8/', /without a user name/],
  ['ftp://8.8.8.8/', /https/],
  ['hooks', /expected an address/],
])('%s is refused when it is entered', async (url, why) => {
  const { key } = await slipway.project(tenant);
  const { status, json } = await as(key)('POST', '/webhooks', { url });
  expect(status).toBe(400);
  expect(json.error.message).toMatch(why);
});

test('another project’s key finds nothing', async () => {
  const { id: projectId, key } = await slipway.project(tenant);
  const other = await slipway.project(await slipway.tenant());
  const made = (await as(key)('POST', '/webhooks', { url: receiver.url, signing: 'ed25519' })).json;
  await happen(tenant.ctx, { projectId, entityId: 'file_1' });
  const [delivery] = await deliveriesTo(tenant.ctx, made.id);
  const below = `/webhooks/${made.id}`;
  const calls: [string, string, object?][] = [
    ['GET', below],
    ['PATCH', below, { enabled: false }],
    ['DELETE', below],
    ['POST', `${below}/roll`, {}],
    ['POST', `${below}/test`],
    ['POST', `${below}/replay`, { from: '2020-01-01T00:00:00Z' }],
    ['GET', `${below}/deliveries`],
    ['GET', `${below}/deliveries/${delivery?.id}`],
    ['POST', `${below}/deliveries/${delivery?.id}/resend`],
  ];
  for (const [method, path, body] of calls)
    expect([path, (await as(other.key)(method, path, body)).status]).toEqual([path, 404]);
  expect((await as(other.key)('GET', '/webhooks')).json).toEqual({ data: [] });
  // A delivery of another webhook is none of this one's.
  const second = await createWebhook(tenant.ctx, { projectId, url: receiver.url });
  const foreign = `/webhooks/${second.id}/deliveries/${delivery?.id}`;
  expect((await as(key)('GET', foreign)).status).toBe(404);
});

test('secrets are sealed in the database; of ed25519 only the public key is ever shown', async () => {
  const { id: projectId } = await slipway.project(tenant);
  const { ctx } = tenant;
  const made = await createWebhook(ctx, { projectId, url: receiver.url, signing: 'ed25519' });
  expect(made.secret).toMatch(/^whpk_/);
  expect(await revealSecret(ctx, { projectId, endpointId: made.id })).toEqual({
    secret: made.secret,
  });
  const x = Buffer.from(made.secret.slice(5), 'base64').toString('base64url');
  createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x } });
  const hmac = await createWebhook(ctx, { projectId, url: receiver.url });
  const rows = JSON.stringify(await ctx.db.select().from(webhookEndpoint));
  expect(rows).not.toContain(hmac.secret.slice('whsec_'.length, -4));
  expect(rows).not.toMatch(/whs(ec|k)_/);
});
