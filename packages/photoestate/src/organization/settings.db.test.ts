import { auditEntry } from '@repo/foundation/audit';
import { mail } from '@repo/foundation/mail';
import { announceInvitation } from '@repo/foundation/member';
import { and, asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context } from '../context.ts';
import { appRouter } from '../router.ts';
import { createWorld, type World } from '../testing/world.ts';
import { brandingOf } from './branding.ts';
import { findLogo } from './logo.ts';
import { setLogo } from './settings.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const api = (ctx: Context) => appRouter.createCaller(ctx);

async function studio() {
  const owner = await world.person();
  const organizationId = (await api(owner).session.me())?.organizations[0]?.id ?? '';
  return { owner, organizationId };
}

test('what was chosen is what galleries read; what was not stays; each change is noted', async () => {
  const { owner, organizationId } = await studio();
  expect(await brandingOf(owner.db, organizationId)).toMatchObject({
    senderName: 'Pat’s team',
    accentColor: null,
    watermarkUntilPaid: false,
    brandedGalleries: true,
  });
  const update = api(owner).organization.updateSettings;
  await Promise.all([
    update({ organizationId, senderName: 'Elm Studio' }),
    update({ organizationId, watermarkUntilPaid: true }),
    update({ organizationId, accentColor: '#1F6FEB', backgroundColor: '#ffffff' }),
  ]);
  await update({ organizationId, watermarkUntilPaid: true });
  expect(await brandingOf(owner.db, organizationId)).toMatchObject({
    senderName: 'Elm Studio',
    accentColor: '#1f6feb',
    backgroundColor: '#ffffff',
    watermarkUntilPaid: true,
  });
  const entries = await owner.db
    .select({ data: auditEntry.data })
    .from(auditEntry)
    .where(
      and(
        eq(auditEntry.organizationId, organizationId),
        eq(auditEntry.action, 'organization.settings_changed'),
      ),
    )
    .orderBy(asc(auditEntry.createdAt));
  expect(entries).toHaveLength(3);
  expect(entries.map(({ data }) => data)).toContainEqual({
    before: { senderName: null },
    after: { senderName: 'Elm Studio' },
  });
  await update({ organizationId, senderName: ' ' });
  expect((await api(owner).organization.settings({ organizationId })).senderName).toBeNull();
});

test('colours that nobody could tell apart are refused, also one at a time', async () => {
  const { owner, organizationId } = await studio();
  const update = api(owner).organization.updateSettings;
  await update({ organizationId, accentColor: '#ffee00', backgroundColor: '#000000' });
  await expect(update({ organizationId, backgroundColor: '#ffffff' })).rejects.toThrow(
    'these have 1.2:1',
  );
  for (const accentColor of ['red', '#fff', '#12345g'])
    await expect(update({ organizationId, accentColor })).rejects.toThrow('#1f6feb');
});

test('the logo that is replaced is removed, and a stranger replaces none', async () => {
  const { owner, organizationId } = await studio();
  const [one, two] = ['a.png', 'b.png'].map((name) => world.slipway.put(name, new Uint8Array([1])));
  await setLogo(owner, { organizationId, fileId: one?.id ?? '' });
  await setLogo(owner, { organizationId, fileId: two?.id ?? '' });
  expect(await findLogo(owner, organizationId)).toBe(two?.id);
  expect(world.enqueued).toContainEqual({
    name: 'files.discard',
    payload: { fileIds: [one?.id] },
  });
  const stranger = await world.person();
  await expect(setLogo(stranger, { organizationId, fileId: one?.id ?? '' })).rejects.toMatchObject({
    code: 'not_found',
  });
  await api(owner).organization.removeLogo({ organizationId });
  await expect(findLogo(owner, organizationId)).rejects.toMatchObject({ code: 'not_found' });
});

test('an invitation is mailed from the organization’s sender', async () => {
  const { owner, organizationId } = await studio();
  await api(owner).organization.updateSettings({ organizationId, senderName: 'Elm Studio' });
  const invited = { organizationId, email: 'ann@example.com', role: 'agent' } as const;
  const { id } = await api(owner).member.invite(invited);
  await announceInvitation(world.system, { invitationId: id });
  const [row] = await owner.db.select().from(mail).where(eq(mail.recipient, 'ann@example.com'));
  expect(row).toMatchObject({
    senderName: 'Elm Studio',
    subject: 'Pat invites you to Pat’s team on PhotoEstate Pro',
    text: expect.stringContaining('http://photoestate.test/invitations/inv_'),
  });
});
