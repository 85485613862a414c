import { makeBracket } from '@repo/engine/test-pictures';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { signPhoto } from '../content-credentials/sign-photo.ts';
import { openContentSigner } from '../content-credentials/signer.ts';
import { makeCertificates } from '../content-credentials/testing/certificates.ts';
import type { Context } from '../context.ts';
import { enhancement } from '../enhancement/table.ts';
import { finishScenes, serveFiles } from '../testing/deliver.ts';
import { galleryBrowser } from '../testing/gallery-browser.ts';
import { newListing, shoot } from '../testing/shoot.ts';
import { createWorld, jobRun, type World } from '../testing/world.ts';
import { createDelivery } from './create.ts';
import { listDeliveries } from './list.ts';
import { prepareCopies } from './prepare.ts';
import { recordOfCopy, shapeOf } from './sign-copy.ts';
import { deliveryCopy } from './table.ts';
import { updateDelivery } from './update.ts';

let world: World;
let stopServing: () => void;
beforeAll(async () => {
  world = await createWorld();
  stopServing = await serveFiles(world.slipway);
});
afterAll(async () => {
  stopServing();
  await world.close();
});

const sourceType = 'http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicallyEnhanced';
const steps = [
  { name: 'privacy', ran: true, facts: { faces: 2 } },
  { name: 'encode', ran: true, facts: { exposures: 3, sourceType } },
];

/** What is claimed of a listing's delivery is what its files have: all of them, or nothing is said. */
async function whoSigned(pat: Context, listingId: string): Promise<void> {
  const delivered = async () => {
    const [found] = (await listDeliveries(pat, { listingId })).deliveries;
    if (found?.url == null) throw new Error('there is a link');
    const gallery = await galleryBrowser(pat).open(found.url);
    return { id: found.id, studio: found.photos[0], client: gallery.photos[0] };
  };
  const signed = await delivered();
  expect(signed.studio).toMatchObject({ signedBy: 'Test Studio', altered: ['2 faces blurred'] });
  expect(signed.client).toMatchObject({
    ...{ credentials: { by: 'Test Studio' }, altered: ['2 faces blurred'] },
    done: expect.arrayContaining(['2 faces blurred']),
  });
  // A page that shows nothing of the studio does not name whom the certificate names.
  await updateDelivery(pat, { deliveryId: signed.id, branded: false });
  expect((await delivered()).client?.credentials).toEqual({ by: null });
  // The result itself was never signed, and now it may be saved.
  await updateDelivery(pat, { deliveryId: signed.id, sizes: ['web', 'original'] });
  await makeCopies(world.system);
  expect(await delivered()).toMatchObject({
    studio: { signedBy: null },
    client: { credentials: null },
  });
  await pat.db
    .update(enhancement)
    .set({ resultSignedBy: 'Test Studio' })
    .where(eq(enhancement.listingId, listingId));
  expect((await delivered()).studio?.signedBy).toBe('Test Studio');
  // Made while nobody signed.
  await updateDelivery(pat, { deliveryId: signed.id, sizes: ['web', 'web-large'] });
  expect((await delivered()).studio?.signedBy).toBeNull();
  await makeCopies(world.system);
  expect((await delivered()).studio?.signedBy).toBeNull();
  // Of what cannot be saved at all nothing is said.
  await updateDelivery(pat, { deliveryId: signed.id, sizes: [] });
  expect((await delivered()).client?.credentials).toBeNull();
}

/** Does the work that was asked for. */
async function makeCopies(ctx: Context): Promise<void> {
  for (const { name, payload } of world.enqueued.splice(0))
    if (name === 'delivery.prepare')
      await prepareCopies(ctx, payload as { photoId: string }, jobRun());
}

test('every size says what was done, signed by whoever signs, and keeps to its bytes', async () => {
  const pat = await world.person();
  const listingId = await newListing(pat, '14 Main Street');
  const pictures = await makeBracket({ width: 1800, height: 1200, evs: [0] });
  await shoot(world, pat, { listingId, pictures });
  const bytes = pictures[0]?.bytes ?? new Uint8Array();
  await finishScenes(world, pat, { listingId, bytes });
  await pat.db
    .update(enhancement)
    .set({ report: { steps }, recipe: { engine: '1.2.3' } })
    .where(eq(enhancement.listingId, listingId));
  world.enqueued.splice(0);
  await createDelivery(pat, { listingId, sizes: ['mls-paragon', 'social-square', 'web'] });
  const ctx = { ...world.system, credentials: openContentSigner(makeCertificates('ES256')) };
  await makeCopies(ctx);

  const copies = await pat.db
    .select()
    .from(deliveryCopy)
    .where(eq(deliveryCopy.listingId, listingId))
    .orderBy(deliveryCopy.kind);
  expect(copies.map(({ kind }) => kind)).toEqual(['mls-paragon', 'social-square', 'web']);
  for (const { kind, fileId, bytes: length } of copies) {
    const file = Buffer.from(world.slipway.stored.get(fileId) ?? []);
    expect(file.length, kind).toBe(length);
    for (const words of [sourceType, '2 faces blurred', 'Reduced for delivery', 'c2pa.signature'])
      expect(file.includes(words), `${kind}: ${words}`).toBe(true);
    expect(file.includes('Cut to the shape'), kind).toBe(kind === 'social-square');
  }
  await whoSigned(pat, listingId);
  // What is signed is part of what a listing service weighs.
  const version = { report: { steps }, recipe: { engine: '1.2.3' } };
  const wanted = { kind: 'mls-paragon', mark: '' } as const;
  const { maxBytes = 0 } = shapeOf(ctx, version, wanted);
  const record = recordOfCopy(version, wanted);
  if (record === null) throw new Error('the copy has no record');
  const added = signPhoto(bytes, record, ctx.credentials).length - bytes.length;
  expect(maxBytes + added).toBeLessThanOrEqual(125_000);
  expect(maxBytes + added).toBeGreaterThan(124_000);
  expect(shapeOf(world.system, version, wanted)).toEqual({
    delivery: wanted.kind,
    maxBytes: 125_000,
  });
});
