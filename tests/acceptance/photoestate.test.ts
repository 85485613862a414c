import { createHash } from 'node:crypto';
import {
  animatedWebp,
  cmykJpeg,
  makeBracket,
  pngBomb,
  textNamedJpg,
  tiff16,
  truncatedJpeg,
  zeroBytes,
} from '@repo/engine/test-pictures';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  type Photographer,
  photoestateUrl,
  photographerWith,
  signUpPhotographer,
  waitFor,
} from './photoestate-account.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** Width and height from a JPEG's frame header. */
function jpegSize(bytes: Uint8Array): { width: number; height: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 2; at < bytes.length; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
  }
  throw new Error('not a JPEG');
}

interface SceneView {
  id: string;
  photos: { id: string; name: string }[];
  enhancement: { id: string; status: string } | null;
}

const scenesOf = async (who: Photographer, listingId: string): Promise<SceneView[]> =>
  (await who.query('scene.list', { listingId })).body;
const photosOf = async (who: Photographer, listingId: string) =>
  (await who.query('photo.list', { listingId })).body as {
    id: string;
    name: string;
    status: string;
    refusal: { code: string; reason: string } | null;
  }[];

/** Reads the event stream of a listing until `enough` holds. */
async function listen(
  who: Photographer,
  listingId: string,
  enough: (events: string[]) => boolean,
): Promise<string[]> {
  const abort = new AbortController();
  const response = await who.get(`/api/listings/${listingId}/events`, {
    signal: AbortSignal.any([abort.signal, AbortSignal.timeout(90_000)]),
  });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const events: string[] = [];
  let rest = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const parts = (rest + chunk).split('\n\n');
    rest = parts.pop() ?? '';
    events.push(...parts);
    if (enough(events)) break;
  }
  abort.abort();
  return events;
}

describe('from a bracket to a finished photo', () => {
  const EVS = [0, -2, 2, -4, 4];
  let pat: Photographer;
  let stranger: Photographer;
  let listingId: string;
  let frames: Awaited<ReturnType<typeof makeBracket>>;
  let scene: SceneView;

  beforeAll(async () => {
    [pat, stranger] = await Promise.all([signUpPhotographer(), signUpPhotographer()]);
    listingId = await pat.createListing('12 Main Street');
    frames = await makeBracket({ evs: EVS, width: 900, height: 600, seed: 11 });
    const uploads = await pat.upload(listingId, frames);
    expect(uploads.map(({ state, error }) => ({ state, error }))).toEqual(
      EVS.map(() => ({ state: 'done', error: null })),
    );
  });

  test('five bracketed frames become one scene', async () => {
    const scenes = await waitFor(
      'one scene of five frames',
      () => scenesOf(pat, listingId),
      (found) => found[0]?.photos.length === EVS.length,
    );
    expect(scenes).toHaveLength(1);
    scene = scenes[0] as SceneView;
    const [listing] = (await pat.query('listing.list', {})).body.items;
    expect(listing).toMatchObject({ id: listingId, photoCount: 5, sceneCount: 1 });
    expect(listing.coverUrl).toMatch(/^\/media\/photos\//);
  });

  test('the original comes back bit for bit', async () => {
    const photo = scene.photos[0];
    const original = await pat.get(`/media/photos/${photo?.id}/original`);
    const sent = frames.find((frame) => frame.name === photo?.name);
    expect(sha256(await original.bytes())).toBe(sha256(sent?.bytes ?? new Uint8Array()));
  });

  test('the scene is enhanced, with progress on the way, into another photo of the same size', async () => {
    const heard = listen(pat, listingId, (events) =>
      events.some((event) => event.includes('"status":"done"')),
    );
    const started = await pat.mutate('enhancement.start', { sceneId: scene.id });
    expect(started).toMatchObject({ status: 200, body: { status: 'queued', preset: 'natural' } });
    const again = await pat.mutate('enhancement.start', { sceneId: scene.id });
    expect(again).toMatchObject({ status: 409, body: { data: { appCode: 'already_enhancing' } } });
    const { body } = await waitFor(
      'the enhancement',
      () => pat.query('enhancement.get', { enhancementId: started.body.id }),
      (answer) => ['done', 'failed'].includes(answer.body.status),
    );
    expect(body).toMatchObject({ status: 'done', failure: null, width: 900, outdated: false });
    const events = await heard;
    expect(events[0]).toContain('event: hello');
    expect(events.some((event) => event.includes('"status":"running"'))).toBe(true);

    const full = await pat.get(`${body.urls.full}?download=1`);
    expect(full.headers.get('content-disposition')).toContain('12-main-street-01.jpg');
    const bytes = await full.bytes();
    expect(jpegSize(bytes)).toEqual({ width: 900, height: 600 });
    expect(frames.map((frame) => sha256(frame.bytes))).not.toContain(sha256(bytes));
    for (const url of [body.urls.thumb, body.urls.preview]) {
      const small = await pat.get(url);
      expect(small.status).toBe(200);
      expect(small.headers.get('content-type')).toMatch(/^image\//);
    }
    expect((await pat.query('listing.get', { listingId })).body.status).toBe('review');
  });

  test('a frame moved out by hand stays out', async () => {
    const moved = scene.photos[4]?.id ?? '';
    const { body } = await pat.mutate('photo.move', { photoId: moved, sceneId: null });
    const [extra] = await makeBracket({
      evs: [0],
      seed: 12,
      startAt: new Date('2026-05-01T11:00:00Z'),
    });
    if (extra !== undefined) await pat.upload(listingId, [extra]);
    const scenes = await waitFor(
      'three scenes',
      () => scenesOf(pat, listingId),
      (found) => found.length === 3,
    );
    const own = scenes.find((entry) => entry.id === body.sceneId);
    expect(own?.photos.map((photo) => photo.id)).toEqual([moved]);
    expect((await pat.query('scene.list', { listingId })).body[0].result).toMatchObject({
      outdated: true,
    });
  });

  test('strangers and visitors find nothing', async () => {
    const [photo] = await photosOf(pat, listingId);
    const enhancementId =
      scene.enhancement?.id ?? (await scenesOf(pat, listingId))[0]?.enhancement?.id;
    const paths = [
      `/api/listings/${listingId}/events`,
      `/media/photos/${photo?.id}/thumb`,
      `/media/photos/${photo?.id}/original`,
      `/media/enhancements/${enhancementId}/full`,
    ];
    for (const path of paths) {
      expect((await stranger.get(path, { redirect: 'manual' })).status, path).toBe(404);
      expect((await photographerWith('').get(path, { redirect: 'manual' })).status, path).toBe(401);
    }
    const queries = { 'listing.get': { listingId }, 'scene.list': { listingId } };
    for (const [path, input] of Object.entries(queries)) {
      expect((await stranger.query(path, input)).status, path).toBe(404);
    }
    const refused = await stranger.upload(listingId, frames.slice(0, 1));
    expect(refused[0]?.state).toBe('error');
  });
});

test('whatever the file, it is processed or refused with a reason, and the service lives on', async () => {
  const pat = await signUpPhotographer();
  const listingId = await pat.createListing('Hostile House 13');
  const pictures = [
    await truncatedJpeg(),
    pngBomb(),
    textNamedJpg(),
    zeroBytes(),
    await cmykJpeg(),
    await tiff16(),
    await animatedWebp(),
  ];
  const outcomes = await pat.upload(listingId, pictures);
  const uploaded = outcomes.map(({ name, state, code }) => [name, state, code]);
  expect(uploaded).toEqual([
    ['truncated.jpg', 'done', null],
    ['bomb.png', 'done', null],
    ['notes.jpg', 'error', 'type_mismatch'],
    ['empty.jpg', 'error', 'type_mismatch'],
    ['cmyk.jpg', 'done', null],
    ['deep.tif', 'done', null],
    ['animated.webp', 'done', null],
  ]);
  const taken = outcomes.filter((outcome) => outcome.state === 'done');
  const photos = await waitFor(
    'every inspection',
    () => photosOf(pat, listingId),
    (found) => found.length === taken.length && found.every((photo) => photo.status !== 'uploaded'),
  );
  const inspected = photos.map(({ name, status, refusal }) => [name, status, refusal?.code]);
  expect(inspected.sort()).toEqual([
    ['animated.webp', 'ready', undefined],
    ['bomb.png', 'refused', 'too_many_pixels'],
    ['cmyk.jpg', 'ready', undefined],
    ['deep.tif', 'ready', undefined],
    ['truncated.jpg', 'refused', 'truncated'],
  ]);
  for (const photo of photos) {
    if (photo.status === 'refused') expect(photo.refusal?.reason, photo.name).toContain(photo.name);
  }
  const usable = photos.filter((photo) => photo.status === 'ready');
  // Files of one picture may be put together: what counts is that none of them is forgotten.
  const scenes = await waitFor(
    'every photo in a scene',
    () => scenesOf(pat, listingId),
    (found) => found.flatMap((scene) => scene.photos).length === usable.length,
  );

  const { body } = await pat.mutate('enhancement.startListing', { listingId });
  expect(body.started.length + body.skipped.length).toBe(scenes.length);
  const ended = await waitFor(
    'every enhancement',
    () => scenesOf(pat, listingId),
    (found) => found.every((entry) => ['done', 'failed'].includes(entry.enhancement?.status ?? '')),
  );
  const results = ended.flatMap(({ photos: members, enhancement }) =>
    members.map(({ name }) => [name, enhancement?.status]),
  );
  expect(results.sort()).toEqual([
    ['animated.webp', 'done'],
    ['cmyk.jpg', 'done'],
    ['deep.tif', 'done'],
  ]);
  expect((await fetch(`${photoestateUrl()}/readyz`)).status).toBe(200);
});
