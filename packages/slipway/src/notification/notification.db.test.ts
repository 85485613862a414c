import { randomUUID } from 'node:crypto';
import { type MailRow, mail, sendMail } from '@repo/foundation/mail';
import { startTestMailServer, type TestMailServer } from '@repo/foundation/mail/testing';
import {
  countUnreadNotices,
  getNotificationSettings,
  listNotices,
  noticeTimeZone,
  updateNotificationSettings,
} from '@repo/foundation/notification';
import type { Sealed } from '@repo/foundation/sealing';
import { disableEndpoint } from '@repo/foundation/webhook';
import { and, eq, like } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApiKey } from '../api-key/manage.ts';
import type { SlipwayContext } from '../context.ts';
import { createHttp } from '../http.ts';
import { startTestSlipway, type TestSlipway, type TestTenant } from '../testing/index.ts';
import { uploadLog } from '../upload-log/table.ts';
import { thresholdReached } from '../usage/threshold-reached.ts';
import { webhookEndpoint } from '../webhook/table.ts';
import { WEBHOOKS } from '../webhook/webhooks.ts';
import { sendDailySummaries } from './daily-summary.ts';
import { notifyEndpointDisabled } from './endpoint-disabled.ts';
import { notifyExpiringKeys } from './expiring-keys.ts';
import { digestFailedUploads } from './failed-uploads.ts';
import type { NOTICES } from './kinds.ts';
import { summarize } from './summarize.ts';

let server: TestMailServer;
let slipway: TestSlipway;

beforeAll(async () => {
  server = await startTestMailServer();
  slipway = await startTestSlipway({
    SMTP_URL: `smtp://127.0.0.1:${server.port}`,
    SMTP_FROM: 'files@example.com',
  });
});

afterAll(async () => {
  await slipway.close();
  await server.stop();
});

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

interface Told extends TestTenant {
  projectId: string;
  email: string;
}

/** A tenant with a confirmed address and a project. */
async function told(): Promise<Told> {
  const tenant = await slipway.tenant();
  const { id: projectId } = await slipway.project(tenant);
  const { actor, db } = tenant.ctx;
  await db.execute(`update "user" set email_verified = true where id = '${tenant.userId}'`);
  return { ...tenant, projectId, email: actor.type === 'user' ? actor.email : '' };
}

const at = (ctx: SlipwayContext, time: number | string): SlipwayContext => ({
  ...ctx,
  now: () => new Date(time),
});

const mailsOf = ({ ctx, email }: Told, kind: keyof typeof NOTICES): Promise<MailRow[]> =>
  ctx.db
    .select()
    .from(mail)
    .where(and(eq(mail.recipient, email), eq(mail.kind, kind)))
    .orderBy(mail.createdAt);

async function failUpload({ ctx, projectId }: Told, time: number, name = 'a.png'): Promise<void> {
  await ctx.db.insert(uploadLog).values({
    projectId,
    outcome: 'rejected',
    name,
    code: 'type_mismatch',
    message: 'Expected image/png but received text/plain.',
    actorType: 'api_key',
    createdAt: new Date(time),
  });
}

test('failed uploads come as one mail, and within an hour as no second one', async () => {
  const tenant = await told();
  const start = Date.parse('2026-05-04T10:00:00Z');
  for (let n = 0; n < 30; n += 1) await failUpload(tenant, start + n * 1000, `picture-${n}.png`);
  const run = (minutes: number) => digestFailedUploads(at(tenant.ctx, start + minutes * MINUTE_MS));
  const count = async () => (await mailsOf(tenant, 'failed_uploads')).length;
  await run(5);
  await run(6);
  expect(await count()).toBe(1);
  await failUpload(tenant, start + 10 * MINUTE_MS, 'later.png');
  for (let minutes = 15; minutes < 65; minutes += 5) await run(minutes);
  expect(await count()).toBe(1);
  await run(65);
  await run(70);
  await run(240);
  const [first, second, ...more] = await mailsOf(tenant, 'failed_uploads');
  expect(more).toEqual([]);
  expect(first?.subject).toBe('30 uploads failed in Test');
  expect(first?.text).toContain('picture-29.png');
  expect(first?.text).toContain('And 20 more.');
  expect(second?.subject).toBe('1 upload failed in Test');
  expect(second?.text).toContain('later.png');
});

test('of a flood all are counted, though it has few lines in the log', async () => {
  const tenant = await told();
  const start = Date.parse('2026-05-04T10:00:00Z');
  await failUpload(tenant, start);
  await tenant.ctx.db
    .update(uploadLog)
    .set({ repeats: 4_000 })
    .where(eq(uploadLog.projectId, tenant.projectId));
  await failUpload(tenant, start + 1000);
  await digestFailedUploads(at(tenant.ctx, start + 5 * MINUTE_MS));
  const [sent] = await mailsOf(tenant, 'failed_uploads');
  expect(sent?.subject).toBe('4,001 uploads failed in Test');
  const [day] = await tenant.ctx.db.transaction((tx) =>
    summarize(tx, {
      userId: tenant.userId,
      from: new Date(start - HOUR_MS),
      to: new Date(start + HOUR_MS),
    }),
  );
  expect(day?.failed).toBe(4_001);
});

test('nobody else is told: not a stranger, not who turned it off, not an unconfirmed address', async () => {
  const tenant = await told();
  const stranger = await told();
  const start = Date.parse('2026-06-04T10:00:00Z');
  await failUpload(tenant, start);
  await updateNotificationSettings(tenant.ctx, {
    choices: [{ kind: 'failed_uploads', channel: 'mail', isOn: false }],
  });
  await digestFailedUploads(at(tenant.ctx, start + 5 * MINUTE_MS));
  expect(await mailsOf(tenant, 'failed_uploads')).toEqual([]);
  expect(await mailsOf(stranger, 'failed_uploads')).toEqual([]);
  // In the app it was not turned off.
  expect(await countUnreadNotices(tenant.ctx)).toBe(1);
  expect(await countUnreadNotices(stranger.ctx)).toBe(0);

  await updateNotificationSettings(tenant.ctx, {
    choices: [{ kind: 'failed_uploads', channel: 'mail', isOn: true }],
  });
  await tenant.ctx.db.execute(
    `update "user" set email_verified = false where id = '${tenant.userId}'`,
  );
  await failUpload(tenant, start + 2 * HOUR_MS);
  await digestFailedUploads(at(tenant.ctx, start + 2 * HOUR_MS + 5 * MINUTE_MS));
  expect(await mailsOf(tenant, 'failed_uploads')).toEqual([]);
});

/** Looks every quarter of an hour, as the job does; when each summary was written. */
async function summariesBetween(tenant: Told, from: string, to: string): Promise<string[]> {
  for (let time = Date.parse(from); time < Date.parse(to); time += 15 * MINUTE_MS)
    await sendDailySummaries(at(tenant.ctx, time));
  const rows = await mailsOf(tenant, 'daily_summary');
  return rows.map(({ createdAt, subject }) => `${createdAt.toISOString()} ${subject}`);
}

test('summaries come at eight by the clocks of Auckland, of days with 23 hours, too', async () => {
  const tenant = await told();
  await updateNotificationSettings(tenant.ctx, { timeZone: 'Pacific/Auckland' });
  // The first and last minute of 27 September there, on which clocks are put forward; and one after.
  await failUpload(tenant, Date.parse('2026-09-26T12:00:30Z'));
  await failUpload(tenant, Date.parse('2026-09-27T10:59:30Z'));
  await failUpload(tenant, Date.parse('2026-09-27T11:00:30Z'));
  const summaries = await summariesBetween(tenant, '2026-09-26T18:00:00Z', '2026-09-30T00:00:00Z');
  expect(summaries).toEqual([
    '2026-09-27T19:00:00.000Z Sunday 27 September: 0 new files, 0 B; 2 uploads failed',
    '2026-09-28T19:00:00.000Z Monday 28 September: 0 new files, 0 B; 1 upload failed',
  ]);
});

test('and by those of Los Angeles before and after they change; a day without news has none', async () => {
  const tenant = await told();
  await noticeTimeZone(tenant.ctx, { timeZone: 'America/Los_Angeles' });
  await failUpload(tenant, Date.parse('2026-10-31T20:00:00Z'));
  // 1 November has 25 hours there: both of these are in it.
  await failUpload(tenant, Date.parse('2026-11-01T07:30:00Z'));
  await failUpload(tenant, Date.parse('2026-11-02T07:30:00Z'));
  const summaries = await summariesBetween(tenant, '2026-11-01T12:00:00Z', '2026-11-04T00:00:00Z');
  expect(summaries).toEqual([
    '2026-11-01T16:00:00.000Z Saturday 31 October: 0 new files, 0 B; 1 upload failed',
    '2026-11-02T16:00:00.000Z Sunday 1 November: 0 new files, 0 B; 2 uploads failed',
  ]);
});

test('after a pause of the server a summary comes late in the morning, not in the evening', async () => {
  const [late, tooLate] = [await told(), await told()];
  const day = '2026-02-03';
  for (const tenant of [late, tooLate]) await failUpload(tenant, Date.parse(`${day}T12:00:00Z`));
  await updateNotificationSettings(tooLate.ctx, { timeZone: 'Asia/Kathmandu' });
  await sendDailySummaries(at(late.ctx, '2026-02-04T10:20:00Z'));
  expect(await mailsOf(late, 'daily_summary')).toHaveLength(1);
  expect(await mailsOf(tooLate, 'daily_summary')).toEqual([]);
});

test('a key’s end is told seven days and one day before, once each', async () => {
  const tenant = await told();
  const { ctx, projectId } = tenant;
  const now = Date.now();
  const day = 24 * HOUR_MS;
  const add = (name: string, days: number) =>
    createApiKey(ctx, { projectId, name, scopes: ['read'], expiresAt: new Date(now + days * day) });
  await add('Long', 30);
  await add('Short', 3);
  for (let hours = 0; hours < 32 * 24; hours += 6)
    await notifyExpiringKeys(at(ctx, now + hours * HOUR_MS));
  const rows = await mailsOf(tenant, 'key_expiring');
  expect(rows.map(({ subject }) => subject)).toEqual([
    'Key “Short” of Test expires within a day',
    'Key “Long” of Test expires within a week',
    'Key “Long” of Test expires within a day',
  ]);
});

test('a disabled endpoint is told once, and one that somebody disabled themselves is not', async () => {
  const tenant = await told();
  const { ctx, projectId } = tenant;
  for (const reason of ['failing', 'manual'] as const) {
    const [endpoint] = await ctx.db
      .insert(webhookEndpoint)
      .values({
        id: `whk_${randomUUID()}`,
        ownerId: projectId,
        url: `https://hooks.example.com/${reason}`,
        description: '',
        signing: 'hmac',
        secret: 'v1.of.a.test' as unknown as Sealed,
        updatedAt: new Date(),
      })
      .returning();
    if (endpoint === undefined) throw new Error('no endpoint');
    await ctx.db.transaction((tx) =>
      disableEndpoint(tx, { home: WEBHOOKS, ctx }, { endpoint, reason }),
    );
    await notifyEndpointDisabled(ctx, { endpointId: endpoint.id });
    await notifyEndpointDisabled(ctx, { endpointId: endpoint.id });
  }
  const rows = await mailsOf(tenant, 'endpoint_disabled');
  expect(rows.map(({ text }) => /hooks\.example\.com\/\w+/.exec(text)?.[0])).toEqual([
    'hooks.example.com/failing',
  ]);
  const { items } = await listNotices(ctx, {});
  expect(items).toMatchObject([
    {
      title: 'A webhook endpoint of Test was disabled',
      path: expect.stringMatching(`^/projects/${projectId}/webhooks/whk_`),
      isRead: false,
    },
  ]);
  const stranger = await told();
  expect(await listNotices(stranger.ctx, {})).toMatchObject({ items: [] });
});

test('a quota is told once, by what the plan allows', async () => {
  const tenant = await told();
  const config = { ...tenant.ctx.config, defaultPlan: 'free' as const };
  const { organizationId } = tenant;
  const notice = { organizationId, month: '2026-05-01', metric: 'storageBytes', percent: 80 };
  await thresholdReached({ ...tenant.ctx, config }, notice);
  await thresholdReached({ ...tenant.ctx, config }, notice);
  const rows = await mailsOf(tenant, 'quota');
  expect(rows.map(({ subject }) => subject)).toEqual(['Test’s team has used 80 % of its storage']);
  expect(rows[0]?.text).toContain('2 GB');
});

test('one click unsubscribes without a session; looking at the link does not', async () => {
  const tenant = await told();
  const start = Date.parse('2026-07-04T10:00:00Z');
  await failUpload(tenant, start);
  await digestFailedUploads(at(tenant.ctx, start + 5 * MINUTE_MS));
  const [row] = await mailsOf(tenant, 'failed_uploads');
  await sendMail(tenant.ctx, { mailId: row?.id ?? '' }, { lastAttempt: false });
  const arrived = server.inbox.find(({ to }) => to?.[0]?.address === tenant.email);
  const headers = new Map(arrived?.headers.map(({ key, value }) => [key, value]));
  expect(headers.get('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
  const url = headers.get('list-unsubscribe')?.replace(/^<|>$/g, '') ?? '';
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:3000\/api\/unsubscribe\?\S+$/);
  // The same for people, who get a page.
  expect(arrived?.html?.replaceAll('&amp;', '&')).toContain(url.replace('/api/', '/'));

  const app = createHttp(slipway.runtime, { stopping: false });
  const client = { incoming: { socket: { remoteAddress: '10.0.0.9' } } };
  const post = (address: string, headers: Record<string, string> = {}) =>
    app.request(
      address,
      {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
        body: 'List-Unsubscribe=One-Click',
      },
      client,
    );
  const off = async () =>
    (await getNotificationSettings(tenant.ctx)).kinds
      .filter(({ channels }) => channels.mail === false)
      .map(({ kind }) => kind);

  const looked = await app.request(url, {}, client);
  expect([looked.status, looked.headers.get('location')]).toEqual([
    302,
    url.slice('http://127.0.0.1:3000/api'.length),
  ]);
  for (const changed of [url.replace('failed_uploads', 'quota'), url.slice(0, -1), `${url}x`])
    expect((await post(changed)).status).toBe(403);
  expect(await off()).toEqual([]);

  expect((await post(url)).status).toBe(200);
  expect((await post(url)).status).toBe(200);
  const person = await post(url, { accept: 'text/html' });
  expect(person.headers.get('location')).toBe('/unsubscribe?done=failed_uploads');
  expect(await off()).toEqual(['failed_uploads']);
  await failUpload(tenant, start + 2 * HOUR_MS);
  await digestFailedUploads(at(tenant.ctx, start + 2 * HOUR_MS + 5 * MINUTE_MS));
  expect(await mailsOf(tenant, 'failed_uploads')).toHaveLength(1);
});

test('a browser’s time zone counts until somebody chooses one', async () => {
  const { ctx } = await told();
  await noticeTimeZone(ctx, { timeZone: 'Europe/Berlin' });
  await noticeTimeZone(ctx, { timeZone: 'Asia/Tokyo' });
  expect((await getNotificationSettings(ctx)).timeZone).toBe('Europe/Berlin');
  await updateNotificationSettings(ctx, { timeZone: 'Asia/Tokyo' });
  expect((await getNotificationSettings(ctx)).timeZone).toBe('Asia/Tokyo');
  await expect(updateNotificationSettings(ctx, { timeZone: 'Mars/Base' })).rejects.toThrow();
  await expect(updateNotificationSettings(ctx, { timeZone: '+01:00' })).rejects.toThrow();
});

test('content of mails leaves the database once they are sent', async () => {
  const rows = await slipway.runtime.db.select().from(mail).where(like(mail.state, 'sent'));
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.every(({ html, text }) => html === '' && text === '')).toBe(true);
});
