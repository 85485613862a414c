import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mail } from '@repo/foundation/mail';
import { notice, tellNotice } from '@repo/foundation/notification';
import { inArray } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context } from '../context.ts';
import { appRouter } from '../router.ts';
import { organizationOf } from '../testing/api.ts';
import { personWith } from '../testing/subject.ts';
import { createWorld, type World } from '../testing/world.ts';
import { deliver } from './deliver.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const api = (ctx: Context) => appRouter.createCaller(ctx);
const emailOf = ({ actor }: Context) => (actor.type === 'user' ? actor.email : '');

/** A receiver that answers with this status. */
async function receiver(status: number): Promise<{ url: string; close(): void }> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(status).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/a-secret-path`, close: () => void server.close() };
}

/** Does the work that was asked for. */
async function deliverAll(): Promise<void> {
  const jobs = world.enqueued.splice(0);
  for (const { name, payload } of jobs)
    if (name === 'webhook.deliver') await deliver(world.system, payload as { deliveryId: string });
}

test('a webhook whose server is gone is disabled; those who look after webhooks are told, and other webhooks', async () => {
  const owner = await world.person();
  const organizationId = await organizationOf(owner);
  const agent = await personWith(world, 'agent', organizationId);
  const [gone, fine] = [await receiver(410), await receiver(204)];
  const { webhook } = api(owner);
  const { id: endpointId } = await webhook.create({ organizationId, url: gone.url });
  const other = await webhook.create({ organizationId, url: fine.url });
  await webhook.test({ organizationId, endpointId });
  await deliverAll();
  await deliverAll();
  gone.close();
  fine.close();
  const disabled = await webhook.get({ organizationId, endpointId });
  expect([disabled.enabled, disabled.disabledReason]).toEqual([false, 'gone']);
  const heard = await webhook.deliveries({ organizationId, endpointId: other.id });
  expect(heard.data.map(({ eventType, state }) => [eventType, state])).toEqual([
    ['endpoint.disabled', 'delivered'],
  ]);

  const [told] = await owner.db.select({ id: notice.id }).from(notice);
  await tellNotice(world.system, { noticeId: told?.id ?? '' });
  const { items } = await api(owner).notice.list({});
  expect(items).toMatchObject([
    {
      kind: 'webhook_disabled',
      path: `/organizations/${organizationId}/webhooks/${endpointId}`,
      body: expect.stringContaining('410 Gone'),
    },
  ]);
  // The path of an address may be a secret of its own.
  expect(JSON.stringify(items)).not.toContain('a-secret-path');
  expect((await api(agent).notice.list({})).items).toEqual([]);
  const mailed = await owner.db
    .select({ to: mail.recipient })
    .from(mail)
    .where(inArray(mail.recipient, [emailOf(owner), emailOf(agent)]));
  expect(mailed).toEqual([{ to: emailOf(owner) }]);

  // Enabled again it gets what it missed.
  const back = await receiver(204);
  await webhook.update({ organizationId, endpointId, enabled: true, url: back.url });
  const from = new Date(Date.now() - 60_000);
  expect(await webhook.replay({ organizationId, endpointId, from })).toMatchObject({
    deliveries: expect.any(Number),
  });
  await deliverAll();
  back.close();
  const again = await webhook.deliveries({ organizationId, endpointId });
  expect(again.data.find(({ eventType }) => eventType === 'webhook.test')?.state).toBe('delivered');
});

test('a secret is shown to whom it is for, sealed where it lies, and rolled', async () => {
  const owner = await world.person();
  const organizationId = await organizationOf(owner);
  const { webhook } = api(owner);
  const made = await webhook.create({ organizationId, url: 'http://127.0.0.1:9/hooks' });
  const ref = { organizationId, endpointId: made.id };
  expect((await webhook.reveal(ref)).secret).toBe(made.secret);
  const rolled = await webhook.roll({ ...ref, overlapSeconds: 60 });
  expect(rolled.secret).not.toBe(made.secret);
  expect(rolled.rollingUntil).not.toBeNull();
  const { rows } = await owner.db.execute('select t::text as row from webhook_endpoint t');
  for (const secret of [made.secret, rolled.secret])
    expect(JSON.stringify(rows)).not.toContain(secret.replace(/^whsec_/, ''));
});
