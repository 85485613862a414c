import { makeBracket } from '@repo/engine/test-pictures';
import { createKernel } from '@repo/foundation/http';
import { createMetrics } from '@repo/foundation/telemetry';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context } from '../context.ts';
import { newListing, shoot } from '../testing/shoot.ts';
import { createWorld, type World } from '../testing/world.ts';
import { mountMedia } from './http.ts';

let world: World;
let pat: Context;
beforeAll(async () => {
  world = await createWorld();
  pat = await world.person();
});
afterAll(() => world.close());

test('a picture has the sizes that it has; names that every object knows are none', async () => {
  const listingId = await newListing(pat);
  const pictures = await makeBracket({ width: 96, height: 64, evs: [0] });
  const [photo] = await shoot(world, pat, { listingId, pictures });
  const metrics = createMetrics('test');
  const app = createKernel({ log: pat.log, metrics, errorDocs: 'http://x/errors' });
  mountMedia(app, async () => pat);
  const status = async (size: string) =>
    (await app.request(`/media/photos/${photo?.id}/${size}`, {}, {})).status;
  expect(await status('thumb')).toBe(302);
  expect(await status('original')).toBe(302);
  const leadsTo = async (query: string) =>
    (await app.request(`/media/photos/${photo?.id}/thumb${query}`, {}, {})).headers.get('location');
  expect(await leadsTo('?w=192')).toMatch(/\?w=192,format=auto$/);
  // Neither any width that somebody thinks of, nor another picture than the one that is saved.
  for (const query of ['', '?w=193', '?w=192&download=1']) {
    expect(await leadsTo(query), query).not.toContain('?');
  }
  for (const size of ['constructor', '__proto__', 'toString', 'full', 'THUMB']) {
    expect(await status(size), size).toBe(404);
  }
});
