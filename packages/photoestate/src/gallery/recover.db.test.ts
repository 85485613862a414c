import { newId } from '@repo/foundation/ids';
import type { JobDefinition } from '@repo/foundation/jobs';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context } from '../context.ts';
import { enhancement } from '../enhancement/table.ts';
import { getListing } from '../listing/get.ts';
import { appRouter } from '../router.ts';
import { galleryBrowser } from '../testing/gallery-browser.ts';
import { type GalleryStudio, openGalleryStudio } from '../testing/gallery-studio.ts';
import { jobRun } from '../testing/world.ts';
import { recoverCopies } from './recover.ts';
import { delivery, deliveryCopy, deliveryPhoto } from './table.ts';

let studio: GalleryStudio;
let pat: Context;
beforeAll(async () => {
  studio = await openGalleryStudio();
  pat = studio.pat;
});
afterAll(() => studio.close());

/** A database that is listened to. */
function watched() {
  const queries: string[] = [];
  const logger = { logQuery: (query: string) => queries.push(query) };
  return { db: drizzle({ client: pat.db.$client, logger }), queries };
}

test('copies that nobody makes any more are asked for again, behind however many deliveries', async () => {
  const { world } = studio;
  const open = await studio.deliver({ sizes: ['web', 'original'] });
  const locked = await studio.deliver({ watermark: true });
  await studio.prepare();
  await studio.deliver({ sizes: ['mls'] });
  const old = new Date(Date.now() - 3_600_000);
  const ids = [open.id, locked.id];
  await pat.db.update(delivery).set({ updatedAt: old }).where(inArray(delivery.id, ids));
  const [row] = await pat.db.select().from(delivery).where(eq(delivery.id, open.id));
  if (row === undefined) throw new Error('the delivery has no row');
  const newer = { ...row, updatedAt: new Date(Date.now() - 1_200_000) };
  await pat.db.insert(delivery).values(
    Array.from({ length: 450 }, () => {
      const id = newId('dlv');
      return { ...newer, id, tokenHash: id };
    }),
  );
  const { db, queries } = watched();
  const asked = async () => {
    world.enqueued.splice(0);
    await recoverCopies({ ...world.system, db }, {}, jobRun());
    return world.enqueued.map(({ payload }) => payload);
  };
  expect(await asked()).toEqual([]);
  const [first] = await pat.db
    .select({ fileId: enhancement.resultFileId })
    .from(deliveryPhoto)
    .innerJoin(enhancement, eq(enhancement.id, deliveryPhoto.enhancementId))
    .where(eq(deliveryPhoto.id, open.photos[0]?.id ?? ''));
  const ofFirst = eq(deliveryCopy.sourceFileId, first?.fileId ?? '');
  await pat.db.delete(deliveryCopy).where(and(ofFirst, eq(deliveryCopy.kind, 'web')));
  await pat.db.delete(deliveryCopy).where(eq(deliveryCopy.kind, 'proof-before'));
  const missing = [open.photos[0], ...locked.photos].map((photo) => ({ photoId: photo?.id }));
  expect(new Set(await asked())).toEqual(new Set(missing));
  expect(queries.filter((query) => query.includes('"report"'))).toEqual([]);
  const stopped = jobRun({ signal: AbortSignal.abort(new Error('expired')) });
  await expect(recoverCopies(world.system, {}, stopped)).rejects.toThrow('expired');
  await studio.prepare();
  await pat.db.delete(delivery).where(sql`${delivery.updatedAt} = ${newer.updatedAt}`);
});

test('saving one photo, and the picture of a link, read that photo alone', async () => {
  const { id, url, photos } = await studio.deliver({ sizes: ['web'] });
  await studio.prepare();
  const { db, queries } = watched();
  const visitor = galleryBrowser(pat, { ...pat, db, actor: { type: 'anonymous' } });
  const { ticket } = await visitor.open(url);
  queries.splice(0);
  const saved = await visitor.ask(`/media/galleries/${id}/${photos[1]?.id}/download/web?${ticket}`);
  expect(saved.headers.get('content-disposition')).toContain('12-main-street-02');
  expect(queries.filter((query) => query.includes('"report"'))).toEqual([]);
  expect((await visitor.ask(`/media/galleries/${id}/cover?${ticket}`)).status).toBe(200);
  const whole = queries.filter((query) => query.includes('"report"'));
  expect(whole.map((query) => query.includes('"delivery_photo"."id" = $1'))).toEqual([true]);
});

test('however often a sender is renamed, one job waits to mark what is not paid', async () => {
  const calls: object[] = [];
  const queue: Context['queue'] = {
    enqueue: async (
      _tx,
      { name, oneWaiting }: Pick<JobDefinition, 'name' | 'oneWaiting'>,
      call,
    ) => {
      calls.push({ name, oneWaiting, key: call.key });
    },
  };
  const { organizationId } = await getListing(pat, { listingId: studio.listingId });
  await appRouter
    .createCaller({ ...pat, queue })
    .organization.rename({ organizationId, name: 'Ash Studio' });
  expect(calls).toContainEqual({
    ...{ name: 'delivery.mark_again', oneWaiting: true, key: organizationId },
  });
});
