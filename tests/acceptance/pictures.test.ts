import { pngBomb, turnedJpegWithGps } from '@repo/engine/test-pictures';
import sharp from 'sharp';
import { createSlipway, type Slipway } from 'slipway/server';
import { beforeAll, expect, test } from 'vitest';
import { type Account, signUpWithProject, slipwayUrl } from './slipway-account.ts';

let account: Account;
let slipway: Slipway;

beforeAll(async () => {
  account = await signUpWithProject();
  slipway = createSlipway({ url: slipwayUrl(), apiKey: account.key });
});

async function upload({ name, bytes }: { name: string; bytes: Uint8Array }) {
  const type = name.endsWith('.png') ? 'image/png' : 'image/jpeg';
  return slipway.upload(new Uint8Array(bytes), { name, type });
}

test('a photo comes small, upright and without the place where it was taken, by signed URL alone', async () => {
  const photo = await turnedJpegWithGps();
  expect((await sharp(photo.bytes).metadata()).exif).toBeDefined();
  const { id, key } = await upload(photo);
  const { url } = await slipway.files.url(id, { transform: 'w=48,h=48,format=jpeg' });
  const answer = await fetch(url);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('image/jpeg');
  const { exif, width = 0, height = 0 } = await sharp(await answer.arrayBuffer()).metadata();
  expect(exif).toBeUndefined();
  expect([width, height]).toEqual([32, 48]);
  // The address says who may: no other size, and nobody without it.
  expect((await fetch(url.replace('w=48', 'w=49'))).status).toBe(403);
  expect((await fetch(`${slipwayUrl()}/f/${key}?w=48`)).status).toBe(404);
});

test('a thumbnail is there by itself; a bomb gets none, and hurts nobody', async () => {
  const photo = await upload(await turnedJpegWithGps());
  const bomb = await upload(pngBomb());
  const link = async (id: string) => (await slipway.files.url(id, { transform: 'thumbnail' })).url;
  const refused = await fetch(await link(bomb.id));
  expect(refused.status).toBe(422);
  expect(await refused.json()).toMatchObject({ error: { code: 'image_too_large' } });
  const thumbnail = await fetch(await link(photo.id));
  expect(thumbnail.headers.get('content-type')).toBe('image/webp');
  expect((await fetch(`${slipwayUrl()}/readyz`)).status).toBe(200);
});

test('a public picture is its address with a size', async () => {
  const everything = { allowedTypes: [], maxSize: 1e8, maxFiles: null, maxTotalSize: null };
  await account.setRules({ ...everything, scan: 'when_available', visibility: 'public' });
  const { url } = await upload(await turnedJpegWithGps());
  const headers = { accept: 'image/avif,image/webp,*/*' };
  const small = await fetch(`${url}?w=64`, { headers });
  expect(small.headers.get('content-type')).toBe('image/avif');
  expect(small.headers.get('vary')).toBe('accept');
  const etag = small.headers.get('etag') ?? '';
  const again = await fetch(`${url}?w=60`, { headers: { ...headers, 'if-none-match': etag } });
  expect(again.status).toBe(304);
  const wrong = await fetch(`${url}?w=none`);
  expect(wrong.status).toBe(400);
  expect((await wrong.json()).error.message).toContain('a whole number from 1 to 4096');
});
