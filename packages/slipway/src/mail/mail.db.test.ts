import { randomUUID } from 'node:crypto';
import { mail, sendMail } from '@repo/foundation/mail';
import { startTestMailServer, type TestMailServer } from '@repo/foundation/mail/testing';
import { announceInvitation, inviteMember } from '@repo/foundation/member';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SlipwayContext } from '../context.ts';
import { createHttp } from '../http.ts';
import { startTestSlipway, type TestSlipway } from '../testing/index.ts';

let server: TestMailServer;
let slipway: TestSlipway;
let ctx: SlipwayContext;
let organizationId: string;

beforeAll(async () => {
  server = await startTestMailServer();
  slipway = await startTestSlipway({
    SMTP_URL: `smtp://127.0.0.1:${server.port}`,
    SMTP_FROM: 'Slipway <files@example.com>',
  });
  ({ ctx, organizationId } = await slipway.tenant());
});

afterAll(async () => {
  await slipway.close();
  await server.stop();
});

/** Invites, and lets the invitation's job run twice, as a queue may. */
async function invite(email: string): Promise<string> {
  const { id } = await inviteMember(ctx, { organizationId, email, role: 'viewer' });
  await announceInvitation(ctx, { invitationId: id });
  await announceInvitation(ctx, { invitationId: id });
  const rows = await ctx.db.select().from(mail).where(eq(mail.recipient, email));
  expect(rows).toHaveLength(1);
  return rows[0]?.id ?? '';
}

const rowOf = async (id: string) => {
  const [row] = await ctx.db.select().from(mail).where(eq(mail.id, id));
  return row;
};
const arrivedAt = (email: string) =>
  server.inbox.filter(({ to }) => to?.some(({ address }) => address === email));

test('an invitation arrives once, as text and HTML, and its link is forgotten here', async () => {
  const email = `${randomUUID()}@example.com`;
  const mailId = await invite(email);
  expect((await rowOf(mailId))?.html).toContain('/invitations/inv_');
  await sendMail(ctx, { mailId }, { lastAttempt: false });
  await sendMail(ctx, { mailId }, { lastAttempt: false });

  const [arrived, ...more] = arrivedAt(email);
  expect(more).toEqual([]);
  expect(arrived).toMatchObject({
    from: { name: 'Slipway', address: 'files@example.com' },
    subject: 'Test invites you to Test’s team on Slipway',
    messageId: `<${mailId}@example.com>`,
  });
  const headers = new Map(arrived?.headers.map(({ key, value }) => [key, value]));
  expect(headers.get('auto-submitted')).toBe('auto-generated');
  expect(headers.get('content-type')).toMatch(/^multipart\/alternative/);
  // Somebody without an account has no notifications to end.
  expect(headers.has('list-unsubscribe')).toBe(false);
  const link = /http:\/\/127\.0\.0\.1:3000\/invitations\/inv_\w+\?expires=\d+&signature=[\w-]{43}/;
  expect(arrived?.text).toMatch(link);
  expect(arrived?.html?.replaceAll('&amp;', '&')).toMatch(link);
  expect(await rowOf(mailId)).toMatchObject({ state: 'sent', html: '', text: '', attempts: 1 });
});

test('while the mail server is down it is tried again, and arrives once', async () => {
  const email = `${randomUUID()}@example.com`;
  const mailId = await invite(email);
  await server.stop();
  await expect(sendMail(ctx, { mailId }, { lastAttempt: false })).rejects.toThrow('ECONNREFUSED');
  await expect(sendMail(ctx, { mailId }, { lastAttempt: false })).rejects.toThrow('ECONNREFUSED');
  expect(await rowOf(mailId)).toMatchObject({ state: 'pending', attempts: 2 });
  await server.start();
  await Promise.all([
    sendMail(ctx, { mailId }, { lastAttempt: false }),
    sendMail(ctx, { mailId }, { lastAttempt: false }),
  ]);
  expect(arrivedAt(email)).toHaveLength(1);
  expect(await rowOf(mailId)).toMatchObject({ state: 'sent', attempts: 3, problem: null });
});

test('after the last try, or a refusal for good, it has failed, with what the server said', async () => {
  const gone = `${randomUUID()}@example.com`;
  server.refused.add(gone);
  const refused = await invite(gone);
  await sendMail(ctx, { mailId: refused }, { lastAttempt: false });
  expect(await rowOf(refused)).toMatchObject({
    state: 'failed',
    problem: expect.stringContaining('No such mailbox'),
  });

  const late = await invite(`${randomUUID()}@example.com`);
  await server.stop();
  await sendMail(ctx, { mailId: late }, { lastAttempt: true });
  expect(await rowOf(late)).toMatchObject({ state: 'failed' });
  await server.start();
});

test('a name with line breaks makes no header', async () => {
  await ctx.db.execute(
    `update organization set name = E'A\r\nBcc: victim@example.com' where id = '${organizationId}'`,
  );
  const email = `${randomUUID()}@example.com`;
  await sendMail(ctx, { mailId: await invite(email) }, { lastAttempt: false });
  const [arrived] = arrivedAt(email);
  expect(arrived?.subject).toBe('Test invites you to A Bcc: victim@example.com on Slipway');
  expect(arrived?.bcc ?? []).toEqual([]);
});

test('the queue sends by itself: a forgotten password is replaced by the link of a mail', async () => {
  const app = createHttp(slipway.runtime, { stopping: false });
  const client = { incoming: { socket: { remoteAddress: '10.0.0.9' } } };
  const post = (path: string, body: object) =>
    app.request(
      `http://127.0.0.1:3000/api/auth/${path}`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: 'http://127.0.0.1:3000' },
        body: JSON.stringify(body),
      },
      client,
    );
  await slipway.runtime.queue.work(({ name }) =>
    slipway.runtime.context({ actor: { type: 'system', job: name }, requestId: 'job', ip: null }),
  );
  const email = `${randomUUID()}@example.com`;
  await post('sign-up/email', { name: 'Ada', email, password: 'the old password' });
  const subjects = () => arrivedAt(email).map(({ subject }) => subject);
  await expect
    .poll(subjects, { timeout: 15_000 })
    .toEqual(['Confirm your e-mail address for Slipway']);
  const link = /href="([^"]+\/api\/auth\/verify-email[^"]+)"/.exec(arrivedAt(email)[0]?.html ?? '');
  const confirmed = await app.request(link?.[1]?.replaceAll('&amp;', '&') ?? '', {}, client);
  expect(confirmed.headers.get('location')).toBe('/settings/notifications');

  // Whether there is such an account cannot be told.
  const known = await post('request-password-reset', { email });
  const unknown = await post('request-password-reset', { email: 'nobody@example.com' });
  expect([known.status, await known.text()]).toEqual([unknown.status, await unknown.text()]);
  await expect.poll(() => arrivedAt(email).length, { timeout: 15_000 }).toBe(2);
  expect(arrivedAt('nobody@example.com')).toEqual([]);
  const text = arrivedAt(email)[1]?.text ?? '';
  const token = /\/reset-password#token=(\w+)/.exec(text)?.[1];
  const reset = await post('reset-password', { token, newPassword: 'the new password' });
  expect(reset.status).toBe(200);
  expect((await post('reset-password', { token, newPassword: 'once more' })).status).toBe(400);
  expect((await post('sign-in/email', { email, password: 'the old password' })).status).toBe(401);
  expect((await post('sign-in/email', { email, password: 'the new password' })).status).toBe(200);
  const { rows } = await ctx.db.execute(
    `select email_verified from "user" where email = '${email}'`,
  );
  expect(rows).toEqual([{ email_verified: true }]);
});
