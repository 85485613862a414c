// From a shoot to finished photos with PhotoEstate Pro's REST API, with nothing but fetch.
//
//   PHOTOESTATE_URL=http://127.0.0.1:3001 PHOTOESTATE_API_KEY=pk_live_… \
//     node enhance.mjs "12 Main Street" results dark.jpg,middle.jpg,bright.jpg https://example.com/garden.jpg
//
// Frames are sorted into scenes by themselves; those joined by a comma become one in any case.
// The key needs the scopes read, write and enhance.

import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';

// Whoever runs this wants to read what is wrong, not where in this file it was noticed.
process.once('uncaughtException', ({ message }) => {
  console.error(message);
  process.exit(1);
});

const { PHOTOESTATE_URL, PHOTOESTATE_API_KEY } = process.env;
const [address, folder, ...groups] = process.argv.slice(2);
if (!PHOTOESTATE_URL || !PHOTOESTATE_API_KEY || groups.length === 0) {
  console.error(
    'Usage: PHOTOESTATE_URL=… PHOTOESTATE_API_KEY=… node enhance.mjs <address> <folder for results> <photo or https://…>[,…] …',
  );
  process.exit(2);
}

const TYPES = {
  '.jpg': 'image/jpeg',
  '.png': 'image/png',
  '.tif': 'image/tiff',
  '.dng': 'image/x-adobe-dng',
};
const bearer = { authorization: `Bearer ${PHOTOESTATE_API_KEY}` };
/** For what is not there yet: patient, and never asking more often than once a second. */
const pause = () => new Promise((resolve) => setTimeout(resolve, 1000));

/**
 * One call of the API; answers that are not 2xx become errors with PhotoEstate Pro's words. A POST has a key of
 * its own, so that it may be sent again when the line broke: it happens once.
 */
async function api(method, path, body) {
  const response = await fetch(`${PHOTOESTATE_URL}/api/v1${path}`, {
    method,
    headers: {
      ...bearer,
      ...(body && { 'content-type': 'application/json' }),
      ...(method === 'POST' && { 'idempotency-key': randomUUID() }),
    },
    body: body && JSON.stringify(body),
  });
  const answer = response.status === 204 ? null : await response.json();
  if (response.ok) return answer;
  if (response.status === 429) {
    await new Promise((resolve) =>
      setTimeout(resolve, Number(response.headers.get('retry-after')) * 1000),
    );
    return api(method, path, body);
  }
  const { code, message, docs } = answer.error;
  throw new Error(`${code}: ${message} (${docs})`);
}

/** A frame's bytes go to the storage directly; what lies on the internet is fetched from there. */
async function send(listingId, source) {
  const photos = `/listings/${listingId}/photos`;
  if (/^https?:/.test(source)) {
    const { uploadId } = await api('POST', `${photos}/from-url`, { url: source });
    return uploadId;
  }
  const bytes = await readFile(source);
  const { uploadId, url, method, headers } = await api('POST', photos, {
    name: basename(source),
    size: bytes.length,
    type: TYPES[extname(source).toLowerCase()] ?? 'image/jpeg',
    sha256: createHash('sha256').update(bytes).digest('hex'),
  });
  const stored = await fetch(url, { method, headers, body: bytes });
  if (!stored.ok) throw new Error(`The storage answered ${stored.status}: ${await stored.text()}`);
  return uploadId;
}

/** The photo, once the storage has looked at it. */
async function take(listingId, uploadId) {
  for (;;) {
    const photo = await api('POST', `/listings/${listingId}/photos/${uploadId}/complete`);
    if (photo.id) return photo;
    await pause();
  }
}

/** The photo, once it was read and sorted into a scene. */
async function sorted(photoId) {
  for (;;) {
    const photo = await api('GET', `/photos/${photoId}`);
    if (photo.status === 'refused') throw new Error(`${photo.name}: ${photo.refusal.reason}`);
    if (photo.sceneId) return photo;
    await pause();
  }
}

// 1. A listing.
const listing = await api('POST', '/listings', { address });

// 2. Its frames, and what the sorting could not know: who knows what belongs together says so.
const shoot = [];
for (const group of groups) {
  const uploads = [];
  for (const source of group.split(',')) uploads.push(await send(listing.id, source));
  const photos = [];
  for (const upload of uploads) photos.push(await take(listing.id, upload));
  shoot.push(photos.map(({ id }) => id));
}
for (const id of shoot.flat()) await sorted(id);
for (const photoIds of shoot) {
  const found = new Set();
  for (const id of photoIds) found.add((await sorted(id)).sceneId);
  const [first, ...others] = found;
  if (others.length > 0) await api('POST', `/scenes/${first}/merge`, { fromSceneIds: others });
}

// 3. What it costs, and then all of it at once.
const quote = await api('POST', `/listings/${listing.id}/enhancements/quote`, {});
console.error(`${quote.scenes} scenes for ${quote.credits} of ${quote.available} credits`);
const { started } = await api('POST', `/listings/${listing.id}/enhancements`, {
  preset: 'natural',
});

// 4. Wait for each. A server would rather be told by a webhook: order.done.
await mkdir(folder, { recursive: true });
const results = [];
for (const { id } of started) {
  let one = await api('GET', `/enhancements/${id}`);
  while (one.status === 'queued' || one.status === 'running') {
    await pause();
    one = await api('GET', `/enhancements/${id}`);
  }
  if (one.status !== 'done') {
    results.push({ id, status: one.status, reason: one.failure?.reason ?? null });
    continue;
  }
  // 5. The finished photo: fetch follows the signed address, and keeps the key for itself.
  const file = await fetch(`${PHOTOESTATE_URL}/api/v1/enhancements/${id}/files/full`, {
    headers: bearer,
  });
  if (!file.ok) throw new Error(`The photo of ${id} was answered with ${file.status}.`);
  const [, name] = /filename="([^"]+)"/.exec(file.headers.get('content-disposition')) ?? [];
  const path = join(folder, basename(name ?? `${id}.jpg`));
  await writeFile(path, await file.bytes());
  // What the inspection found: a doubtful photo is for somebody to look at, and the reasons say at what.
  const { verdict = null, reasons = [] } = one.quality ?? {};
  const why = reasons.map(({ message }) => message);
  results.push({ id, status: 'done', path, width: one.width, height: one.height, verdict, why });
}
console.log(JSON.stringify({ listingId: listing.id, results }, null, 2));
