import { oddCursors } from '@repo/foundation/testing';
import { TRPCError } from '@trpc/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context } from './context.ts';
import { requireListing } from './listing/internal.ts';
import { appRouter } from './router.ts';
import { createTestApi, newKey } from './testing/api.ts';
import { newListing } from './testing/shoot.ts';
import { createWorld, type World } from './testing/world.ts';

let world: World;
/** Signed up first, and so is the admin of the installation. */
let pat: Context;
let listingId: string;
let organizationId: string;

beforeAll(async () => {
  world = await createWorld();
  pat = await world.person();
  listingId = await newListing(pat);
  ({ organizationId } = await requireListing(pat, listingId, 'listing.read'));
});
afterAll(() => world.close());

const SORTS = ['created', 'changed', 'shoot', 'address'] as const;

test('whatever comes as the cursor of a list, the list or the cursor’s fault is the answer', async () => {
  const api = appRouter.createCaller(pat);
  const url = 'https://example.com/hook';
  const { id: endpointId } = await api.webhook.create({ organizationId, url });
  const lists: [string, string[], (cursor: string) => Promise<unknown>][] = [
    ...SORTS.map((sort): (typeof lists)[number] => [
      `listings by ${sort}`,
      oddCursors('lst', sort),
      (cursor) => api.listing.list({ sort, cursor }),
    ]),
    ['activity', oddCursors('aud'), (cursor) => api.listing.activity({ listingId, cursor })],
    ['notices', oddCursors('ntc'), (cursor) => api.notice.list({ cursor })],
    [
      'deliveries',
      oddCursors('whd'),
      (cursor) => api.webhook.deliveries({ organizationId, endpointId, cursor }),
    ],
    ['holders', oddCursors('org'), (cursor) => api.installation.creditHolders({ cursor })],
    ['outbox', oddCursors('mail'), (cursor) => api.outbox.list({ cursor })],
  ];
  for (const [name, cursors, list] of lists)
    for (const cursor of cursors) {
      const error = await list(cursor).then(
        () => null,
        (reason: unknown) => reason,
      );
      if (error === null) continue;
      const about = `${name}: ${JSON.stringify(cursor)}`;
      expect(error, about).toBeInstanceOf(TRPCError);
      // It is refused here, and not by Postgres.
      expect(error, about).toMatchObject({
        code: 'BAD_REQUEST',
        message: expect.stringContaining('cursor'),
      });
    }
}, 120_000);

test('the same of the API', async () => {
  const { key } = await newKey(pat);
  const ask = createTestApi(world).as(key);
  const lists: [string, string[]][] = [
    ['/listings?sort=shoot&', oddCursors('lst', 'shoot')],
    [`/listings/${listingId}/photos?`, oddCursors('pho')],
    [`/listings/${listingId}/enhancements?`, oddCursors('enh')],
    ['/credits/ledger?', oddCursors('x')],
  ];
  for (const [path, cursors] of lists)
    for (const cursor of cursors.filter((text) => text.isWellFormed())) {
      const { status, json } = await ask('GET', `${path}cursor=${encodeURIComponent(cursor)}`);
      const about = `${path} ${JSON.stringify(cursor)}`;
      expect([200, 400], about).toContain(status);
      if (status === 400) expect(json.error.message, about).toContain('cursor');
    }
}, 120_000);
