import { createDatabase } from '@repo/foundation/db';
import { giveAllBack, takeAll } from '@repo/foundation/rate-limit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context } from '../context.ts';
import { requireListing } from '../listing/internal.ts';
import { appRouter } from '../router.ts';
import { type GalleryStudio, openGalleryStudio } from '../testing/gallery-studio.ts';
import { newListing } from '../testing/shoot.ts';
import { dayBudget } from './announce.ts';
import { createDelivery } from './create.ts';
import { sendDelivery } from './send.ts';
import { updateDelivery } from './update.ts';

let studio: GalleryStudio;
let pat: Context;
let narrow: Context;
let close: () => Promise<void>;
let organizationId: string;

beforeAll(async () => {
  studio = await openGalleryStudio();
  pat = studio.pat;
  ({ organizationId } = await requireListing(pat, studio.listingId, 'listing.read'));
  const url = pat.db.$client.options.connectionString ?? '';
  const one = createDatabase({ url, name: 'test', log: pat.log, max: 1 });
  ({ close } = one);
  narrow = { ...pat, db: one.db };
});
afterAll(async () => {
  await close();
  await studio.close();
});

const listingId = () => studio.listingId;
const spent = async (budget: ReturnType<typeof dayBudget>) => {
  let left = 0;
  while (left < 5 && (await takeAll(pat, { budget, wanted: budget.quota - left })) !== null)
    left += 1;
  await giveAllBack(pat, { budget, wanted: budget.quota - left });
  return left;
};

// With one connection, whoever asks for another while a transaction holds it waits until that times out.
test('mails are counted before anything is locked, and not where they come to nothing', async () => {
  const budget = dayBudget({ organizationId });
  const recipients = ['ann@example.com'];
  const { id: deliveryId } = await createDelivery(narrow, { listingId: listingId(), recipients });
  await updateDelivery(narrow, { deliveryId, recipients: [...recipients, 'bob@example.com'] });
  expect(await spent(budget)).toBe(2);
  const empty = await newListing(pat, '2 Empty Street');
  await expect(createDelivery(narrow, { listingId: empty, recipients })).rejects.toMatchObject({
    code: 'nothing_to_deliver',
  });
  await expect(sendDelivery(narrow, { deliveryId })).rejects.toThrow('told within the last hour');
  expect(await spent(budget)).toBe(2);
  await takeAll(pat, { budget, wanted: budget.quota - 2 });
  for (const more of [
    createDelivery(narrow, { listingId: listingId(), recipients }),
    updateDelivery(narrow, { deliveryId, recipients: ['cid@example.com'] }),
    sendDelivery(narrow, { deliveryId }),
  ]) {
    await expect(more).rejects.toThrow('at most 300 mails');
  }
});

test('invitations are counted before anything is locked, and not where they come to nothing', async () => {
  const budget = {
    ...dayBudget({ organizationId }),
    key: `invitations:${organizationId}`,
    quota: 200,
  };
  const invite = (email: string) =>
    appRouter.createCaller(narrow).member.invite({ organizationId, email, role: 'client' });
  if (pat.actor.type !== 'user') throw new Error('a person is a user');
  await expect(invite(pat.actor.email ?? '')).rejects.toThrow('is a member');
  expect(await spent(budget)).toBe(0);
  await invite('ann@example.com');
  expect(await spent(budget)).toBe(1);
  await takeAll(pat, { budget, wanted: budget.quota - 1 });
  await expect(invite('bob@example.com')).rejects.toThrow('at most 200 invitations');
});
