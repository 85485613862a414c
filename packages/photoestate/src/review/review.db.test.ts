import { newId } from '@repo/foundation/ids';
import { eq, count as howMany, type SQL, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Context } from '../context.ts';
import { getCredits } from '../credit/get.ts';
import { CREDIT_PLANS } from '../credit/plans.ts';
import { creditEntry } from '../credit/table.ts';
import { cancelEnhancement } from '../enhancement/cancel.ts';
import { claimWork } from '../enhancement/claim.ts';
import type { Produced } from '../enhancement/produce.ts';
import { restoreEnhancement } from '../enhancement/restore.ts';
import { recordFailure, recordResult } from '../enhancement/settle.ts';
import { enhanceScene } from '../enhancement/start.ts';
import { enhancement } from '../enhancement/table.ts';
import { listDeliveries } from '../gallery/list.ts';
import { requireListing } from '../listing/internal.ts';
import { photo } from '../photo/table.ts';
import { listScenes } from '../scene/list.ts';
import { addScenes } from '../testing/scenes.ts';
import { newListing } from '../testing/shoot.ts';
import { createWorld, type World } from '../testing/world.ts';
import { acceptReview } from './accept.ts';
import { adjustReview } from './adjust.ts';
import { deliverableScenes, deliverableVersion } from './deliverable.ts';
import { listReviews } from './list.ts';
import { rejectReview } from './reject.ts';

let world: World;
let pat: Context;
let listingId: string;
let organizationId: string;

beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  pat = await world.person();
  listingId = await newListing(pat);
  organizationId = (await requireListing(pat, listingId, 'listing.read')).organizationId;
});

const START = CREDIT_PLANS.trial.credits;
const codeOf = (code: string) => expect.objectContaining({ code });

/** As the engine reports it, with what its inspection complains about. */
function produced(...complaints: string[]): Produced {
  const warnings = complaints.map((code) => ({ code, message: `It is ${code}.` }));
  const other = [{ code: 'frame_left_out', message: 'A frame was left out.' }];
  const steps = [
    { name: 'align', ran: true, warnings: other },
    { name: 'inspect', ran: true, warnings },
  ];
  return {
    done: { recipe: { engine: 'test' }, report: { steps, warnings: [...other, ...warnings] } },
    ...{ width: 3, height: 2, resultFileId: newId('fil') },
    ...{ resultPreviewFileId: newId('fil'), resultThumbFileId: newId('fil') },
  } as unknown as Produced;
}

async function finish(enhancementId: string, ...complaints: string[]): Promise<void> {
  const claim = await claimWork(world.system, enhancementId);
  if (claim === null) throw new Error('nothing to claim');
  await recordResult(world.system, claim, produced(...complaints));
}

/** A finished version, and the scene's. */
async function made(sceneId: string, preset: 'natural' | 'bright', ...complaints: string[]) {
  const { id } = await enhanceScene(pat, { sceneId, preset });
  await finish(id, ...complaints);
  return id;
}

async function balance() {
  const { available, reserved } = await getCredits(pat, { organizationId });
  return [available, reserved];
}
const queue = async () =>
  (await listReviews(pat, { listingId })).items.map(({ version }) => version.id);
const deliverable = async (sceneId: string) =>
  (await deliverableVersion(pat.db, { listingId, sceneId }))?.id ?? null;
const resultOf = async (sceneId: string) =>
  (await listScenes(pat, { listingId })).find(({ id }) => id === sceneId)?.result?.id ?? null;

test('what falls below a threshold waits with its reason in words, and is not delivered until it is accepted', async () => {
  const [fine = '', soft = ''] = await addScenes(pat, listingId, 2);
  const good = await made(fine, 'natural');
  const doubtful = await made(soft, 'natural', 'soft', 'tilted');
  const [item, ...others] = (await listReviews(pat, { organizationId })).items;
  expect(others).toEqual([]);
  expect(item).toMatchObject({
    version: {
      id: doubtful,
      review: { state: 'flagged', reasons: [{ code: 'soft', message: 'It is soft.' }, {}] },
    },
    scene: { id: soft, exposures: 1 },
    listing: { id: listingId, address: '12 Main Street' },
    decidable: true,
  });
  const before = await deliverableScenes(pat.db, listingId);
  expect(before.map(({ version, unfinished }) => [version?.id ?? null, unfinished])).toEqual(
    expect.arrayContaining([
      [good, null],
      [null, 'review'],
    ]),
  );
  await expect(acceptReview(pat, { enhancementId: good })).rejects.toEqual(codeOf('not_in_review'));
  const accepted = await acceptReview(pat, { enhancementId: doubtful });
  expect(accepted).toMatchObject({ credits: 0, version: { review: { state: 'accepted' } } });
  expect(await queue()).toEqual([]);
  expect(await deliverable(soft)).toBe(doubtful);
  expect(await balance()).toEqual([START - 2, 0]);
});

test('a delivery is told how many scenes are not finished, and why', async () => {
  const [fine = '', soft = '', busy = '', broken = '', again = ''] = await addScenes(
    pat,
    listingId,
    6,
  );
  for (const sceneId of [fine, soft, again]) await made(sceneId, 'natural');
  await finish((await enhanceScene(pat, { sceneId: soft, preset: 'bright' })).id, 'soft');
  await enhanceScene(pat, { sceneId: busy });
  await enhanceScene(pat, { sceneId: again, preset: 'luxury' });
  const claim = await claimWork(world.system, (await enhanceScene(pat, { sceneId: broken })).id);
  if (claim === null) throw new Error('nothing to claim');
  await recordFailure(world.system, claim, { code: 'engine_failed', reason: 'It broke.' });
  const { deliverable: photos, unfinished } = await listDeliveries(pat, { listingId });
  expect(unfinished).toEqual({ review: 1, working: 2, failed: 1, untouched: 1 });
  // What was finished before is delivered until the newer one is.
  expect(photos.map(({ sceneId }) => sceneId).sort()).toEqual([fine, soft, again].sort());
});

test('rejected, it gives its credit back once, however many ask; another decision comes too late', async () => {
  const [sceneId = ''] = await addScenes(pat, listingId, 1);
  const enhancementId = await made(sceneId, 'natural', 'ghosts');
  expect(await balance()).toEqual([START - 1, 0]);
  const note = 'A chair stands twice.';
  // The same reference in somebody else's ledger is another.
  const [row] = await pat.db.select().from(enhancement).where(eq(enhancement.id, enhancementId));
  await pat.db.insert(creditEntry).values({
    ...{ organizationId: 'org_elsewhere', kind: 'release', reference: row?.creditReference ?? '' },
    ...{ credits: 7, reserved: 0, userId: 'usr_elsewhere' },
  });
  const both = await Promise.all([1, 2].map(() => rejectReview(pat, { enhancementId, note })));
  expect(both.map(({ credits }) => credits)).toEqual([1, 1]);
  await expect(acceptReview(pat, { enhancementId })).rejects.toMatchObject({
    ...{ code: 'already_decided', status: 409, details: { decision: 'rejected' } },
  });
  expect(await rejectReview(pat, { enhancementId })).toMatchObject({ credits: 1 });
  expect(await balance()).toEqual([START, 0]);
  expect(await queue()).toEqual([]);
  expect(await deliverable(sceneId)).toBeNull();
  expect(await resultOf(sceneId)).toBeNull();
  await expect(restoreEnhancement(pat, { enhancementId })).rejects.toEqual(
    codeOf('not_restorable'),
  );
  // The next one of these photos is paid again.
  await made(sceneId, 'bright');
  expect(await balance()).toEqual([START - 1, 0]);
});

test('of two who decide otherwise at once one is refused', async () => {
  const [sceneId = ''] = await addScenes(pat, listingId, 1);
  const enhancementId = await made(sceneId, 'natural', 'soft');
  const [accepted, rejected] = await Promise.allSettled([
    acceptReview(pat, { enhancementId }),
    rejectReview(pat, { enhancementId }),
  ]);
  const refused = [accepted, rejected].filter(({ status }) => status === 'rejected');
  expect(refused).toEqual([{ status: 'rejected', reason: codeOf('already_decided') }]);
  expect(await balance()).toEqual([rejected.status === 'rejected' ? START - 1 : START, 0]);
});

test('adjusted, the new version is judged for itself; rejecting it rejects the first one, too, and pays back once', async () => {
  const [sceneId = ''] = await addScenes(pat, listingId, 1);
  const first = await made(sceneId, 'natural', 'halo');
  const { id: second } = await adjustReview(pat, { enhancementId: first, preset: 'bright' });
  expect((await listReviews(pat, { listingId })).items[0]).toMatchObject({ adjusting: true });
  await expect(rejectReview(pat, { enhancementId: first })).rejects.toEqual(
    codeOf('already_enhancing'),
  );
  await finish(second, 'halo');
  expect(await queue()).toEqual([second]);
  expect(await balance()).toEqual([START - 1, 0]);
  expect(await rejectReview(pat, { enhancementId: second })).toMatchObject({ credits: 1 });
  expect(await queue()).toEqual([]);
  expect(await balance()).toEqual([START, 0]);
  await expect(adjustReview(pat, { enhancementId: first, preset: 'luxury' })).rejects.toEqual(
    codeOf('already_decided'),
  );
});

test('an adjustment that does not come brings the version back; one that is fine ends the wait', async () => {
  const [sceneId = ''] = await addScenes(pat, listingId, 1);
  const first = await made(sceneId, 'natural', 'noisy');
  const lost = await adjustReview(pat, { enhancementId: first, preset: 'bright' });
  await cancelEnhancement(pat, { enhancementId: lost.id });
  expect(await queue()).toEqual([first]);
  const { id: second } = await adjustReview(pat, { enhancementId: first, preset: 'bright' });
  await finish(second);
  expect(await queue()).toEqual([]);
  expect(await deliverable(sceneId)).toBe(second);
  // The one that was kept is what the credit paid for.
  expect(await rejectReview(pat, { enhancementId: first })).toMatchObject({ credits: 0 });
  expect(await balance()).toEqual([START - 1, 0]);
});

test('any version is the result again once it is restored, until a newer one is made', async () => {
  const [sceneId = ''] = await addScenes(pat, listingId, 1);
  const first = await made(sceneId, 'natural');
  const second = await made(sceneId, 'bright');
  expect(await resultOf(sceneId)).toBe(second);
  const restored = await restoreEnhancement(pat, { enhancementId: first });
  expect(restored).toMatchObject({ id: first, outdated: false });
  expect([await resultOf(sceneId), await deliverable(sceneId)]).toEqual([first, first]);
  // One that waits for a reviewer is shown first; what is delivered stays.
  const { id: third } = await enhanceScene(pat, { sceneId, preset: 'luxury' });
  await finish(third, 'soft');
  expect([await resultOf(sceneId), await deliverable(sceneId)]).toEqual([third, first]);
});

test('what waits is found behind whatever was replaced since, the oldest first', async () => {
  const [adjusted = '', regrown = '', second = ''] = await addScenes(pat, listingId, 3);
  // Flagged, and replaced by another look of the same frames.
  const first = await made(adjusted, 'natural', 'soft');
  await made(adjusted, 'bright');
  // Flagged, and replaced by one with another frame more.
  const before = await made(regrown, 'natural', 'soft');
  const [frame] = await pat.db.select().from(photo).where(eq(photo.sceneId, regrown));
  if (frame === undefined) throw new Error('the scene has no frame');
  await pat.db
    .insert(photo)
    .values({ ...frame, id: newId('pho'), fileId: newId('fil'), position: 9 });
  await made(regrown, 'bright');
  await copyListing([first, before], 120);
  const waits = await made(second, 'natural', 'tilted');
  const later = await made(await sceneOfAnotherListing(), 'natural', 'soft');
  for (const ask of [{}, { organizationId }]) {
    const { items, hasMore } = await listReviews(pat, ask);
    expect(items.map(({ version }) => version.id)).toEqual([waits, later]);
    expect(hasMore).toBe(false);
  }
  expect(await queue()).toEqual([waits]);
  // Put back to the top, it waits again.
  await restoreEnhancement(pat, { enhancementId: first });
  expect(await queue()).toEqual([first, waits]);
});

async function sceneOfAnotherListing(): Promise<string> {
  const [sceneId = ''] = await addScenes(pat, await newListing(pat), 1);
  return sceneId;
}

/** Many listings with scenes, frames and versions like those of this one; `replaced` stand for the flagged ones. */
async function copyListing(replaced: readonly string[], count: number): Promise<void> {
  const copied = (column: string) => sql.raw(`md5(${column}) || '-' || n`);
  const like = async (table: string, changed: Record<string, SQL>) => {
    const columns = Object.keys(changed);
    const assigned = sql.join(
      columns.map((name) => sql`${name}::text, ${changed[name]}`),
      sql`, `,
    );
    await pat.db.execute(sql`
      insert into ${sql.identifier(table)}
      select made.* from ${sql.identifier(table)} t, generate_series(1, ${count}) as n,
        jsonb_populate_record(t, jsonb_build_object(${assigned})) as made
      where t.${sql.identifier(table === 'listing' ? 'id' : 'listing_id')} = ${listingId}`);
  };
  const of = copied('t.listing_id');
  await like('listing', { id: copied('t.id') });
  await like('scene', { id: copied('t.id'), listing_id: of });
  await like('photo', {
    ...{ id: copied('t.id'), listing_id: of, scene_id: copied('t.scene_id') },
    file_id: copied('t.file_id'),
  });
  const inputs = sql`(select jsonb_agg(md5(input) || '-' || n) from jsonb_array_elements_text(t.input_photo_ids) input)`;
  await like('enhancement', {
    ...{ id: copied('t.id'), listing_id: of, scene_id: copied('t.scene_id') },
    input_photo_ids: inputs,
  });
  const [flagged] = await pat.db
    .select({ n: howMany() })
    .from(enhancement)
    .where(eq(enhancement.review, 'flagged'));
  expect(flagged?.n).toBeGreaterThan(replaced.length * count);
}
