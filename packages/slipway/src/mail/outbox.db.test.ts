import { mail } from '@repo/foundation/mail';
import { announceInvitation, inviteMember } from '@repo/foundation/member';
import { getOutboxMail, listOutbox, retryMail } from '@repo/foundation/outbox';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestSlipway, type TestSlipway, type TestTenant } from '../testing/index.ts';

let slipway: TestSlipway;
/** Signed up first, and so is the admin of an installation without ADMIN_EMAILS. */
let admin: TestTenant;
let stranger: TestTenant;

beforeAll(async () => {
  slipway = await startTestSlipway();
  admin = await slipway.tenant();
  stranger = await slipway.tenant();
});

afterAll(() => slipway.close());

async function invite(email: string): Promise<string> {
  const { ctx, organizationId } = stranger;
  const { id } = await inviteMember(ctx, { organizationId, email, role: 'viewer' });
  await announceInvitation(ctx, { invitationId: id });
  const [row] = await ctx.db.select().from(mail).where(eq(mail.recipient, email));
  return row?.id ?? '';
}

test('without a mail server mails are kept, and the admin of the installation reads them', async () => {
  const mailId = await invite('kept@example.com');
  const { isMailed, data } = await listOutbox(admin.ctx, {});
  expect(isMailed).toBe(false);
  expect(data.find(({ id }) => id === mailId)).toMatchObject({
    state: 'kept',
    recipient: 'kept@example.com',
    attempts: 0,
  });
  const { content } = await getOutboxMail(admin.ctx, { mailId });
  expect(content?.text).toContain('/invitations/inv_');
});

test('nobody else does: not whose mails they are, not a visitor', async () => {
  const mailId = await invite('secret@example.com');
  const anonymous = { ...stranger.ctx, actor: { type: 'anonymous' as const } };
  for (const call of [
    () => listOutbox(stranger.ctx, {}),
    () => getOutboxMail(stranger.ctx, { mailId }),
    () => retryMail(stranger.ctx, { mailId }),
  ])
    await expect(call()).rejects.toMatchObject({ code: 'not_found' });
  await expect(listOutbox(anonymous, {})).rejects.toMatchObject({ code: 'unauthenticated' });
});

test('an address of ADMIN_EMAILS counts where mails are sent only once it is confirmed', async () => {
  const { actor } = stranger.ctx;
  const email = actor.type === 'user' ? actor.email : '';
  const config = { ...stranger.ctx.config, adminEmails: [email] };
  const mailer = { send: async () => undefined, close: () => undefined };
  await expect(listOutbox({ ...stranger.ctx, config }, {})).resolves.toBeDefined();
  const mailed = { ...stranger.ctx, config, mailer };
  await expect(listOutbox(mailed, {})).rejects.toMatchObject({ code: 'not_found' });
  await stranger.ctx.db.execute(
    `update "user" set email_verified = true where id = '${stranger.userId}'`,
  );
  await expect(listOutbox(mailed, {})).resolves.toMatchObject({ isMailed: true });
});

test('what goes to a mailbox is not shown here, and a failed mail can be sent again', async () => {
  const mailId = await invite('failed@example.com');
  const { db } = admin.ctx;
  await db.update(mail).set({ state: 'failed', problem: '550' }).where(eq(mail.id, mailId));
  expect(await getOutboxMail(admin.ctx, { mailId })).toMatchObject({ content: null });
  await retryMail(admin.ctx, { mailId });
  expect(await getOutboxMail(admin.ctx, { mailId })).toMatchObject({
    state: 'pending',
    content: null,
  });
  await expect(retryMail(admin.ctx, { mailId })).rejects.toMatchObject({ code: 'conflict' });
});

test('pages follow each other without a gap', async () => {
  for (let n = 0; n < 52; n += 1) {
    await admin.ctx.db.insert(mail).values({
      id: `mail_page${n}`,
      kind: 'quota',
      dedupKey: `page:${n}`,
      recipient: 'page@example.com',
      subject: `Page ${n}`,
      html: '',
      text: '',
      state: 'sent',
    });
  }
  const first = await listOutbox(admin.ctx, {});
  const second = await listOutbox(admin.ctx, { cursor: first.nextCursor ?? '' });
  const ids = [...first.data, ...second.data].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const all = await admin.ctx.db.$count(mail);
  expect(ids).toHaveLength(all);
});
