import { readFileSync } from 'node:fs';
import type { BrowserContext } from 'playwright-core';
import { uploadFiles } from 'slipway/client';
import { expect } from 'vitest';
import { addressOf } from './browser.ts';
import type { DroppedFile } from './drop-files.ts';
import type { Studio } from './pages.ts';
import { bracket, plainWall } from './studio.ts';

const url = () => addressOf('PHOTOESTATE_URL');

interface Scene {
  id: string;
  photos: unknown[];
  enhancement: { status: string; review: { state: string } | null } | null;
}

async function call<T>(context: BrowserContext, path: string, input?: object): Promise<T> {
  const at = `${url()}/api/trpc/${path}`;
  const response = await context.request.post(at, {
    headers: { origin: url() },
    data: { json: input },
  });
  expect(response.status(), path).toBe(200);
  return (await response.json()).result.data.json;
}

async function ask<T>(context: BrowserContext, path: string, input?: object): Promise<T> {
  const query = input && `?input=${encodeURIComponent(JSON.stringify({ json: input }))}`;
  const response = await context.request.get(`${url()}/api/trpc/${path}${query ?? ''}`);
  expect(response.status(), path).toBe(200);
  return (await response.json()).result.data.json;
}

/** The account of the demo, which is the first and so may see everything. @returns its address */
async function signIn(context: BrowserContext): Promise<string> {
  const { photoestate } = JSON.parse(readFileSync(process.env['DEMO_JSON'] ?? '', 'utf8'));
  const { email, password } = photoestate;
  const response = await context.request.post(`${url()}/api/auth/sign-in/email`, {
    headers: { origin: url() },
    data: { email, password },
  });
  expect(response.status()).toBe(200);
  return email;
}

/** A listing with a bracket that came out well, and a wall that needs review. */
async function furnishListing(context: BrowserContext, address: string) {
  const listing = { address, mlsId: 'ML-4711', tags: ['luxury', 'sea view'] };
  const { id: listingId } = await call<{ id: string }>(context, 'listing.create', listing);
  const frames: DroppedFile[] = [...(await bracket([0, -2, 2], 41)), await plainWall()];
  const cookie = (await context.cookies(url())).map(({ name, value }) => `${name}=${value}`);
  await uploadFiles(
    frames.map(({ name, type, bytes }) => new File([new Uint8Array(bytes)], name, { type })),
    {
      endpoint: `${url()}/api/uploads`,
      route: 'listingPhotos',
      input: { listingId },
      headers: { cookie: cookie.join('; ') },
    },
  );
  const scenes = () => ask<Scene[]>(context, 'scene.list', { listingId });
  const grouped = async () => (await scenes()).map(({ photos }) => photos.length).sort();
  await expect.poll(grouped, { timeout: 120_000 }).toEqual([1, 3]);
  await call(context, 'enhancement.startListing', { listingId });
  const ended = async () => (await scenes()).map(({ enhancement }) => enhancement?.status);
  await expect.poll(ended, { timeout: 240_000 }).toEqual(['done', 'done']);
  const all = await scenes();
  const waiting = all.find(({ enhancement }) => enhancement?.review?.state === 'flagged');
  const finished = all.find((scene) => scene !== waiting);
  return { listingId, sceneId: finished?.id ?? '', waitingSceneId: waiting?.id ?? '' };
}

/** The way of a new link, and its id. */
async function deliver(context: BrowserContext, listingId: string, terms: object) {
  const { id } = await call<{ id: string }>(context, 'delivery.create', { listingId, ...terms });
  const { deliveries } = await ask<{ deliveries: { id: string; url: string }[] }>(
    context,
    'delivery.list',
    { listingId },
  );
  const link = deliveries.find((each) => each.id === id)?.url ?? '';
  return { id, path: new URL(link).pathname };
}

/** What a client says, from a browser of their own. */
async function visit(context: BrowserContext, path: string): Promise<void> {
  const client = await context.browser()?.newContext();
  const post = (at: string, data: object) =>
    client?.request.post(`${url()}/api/gallery/${at}`, { headers: { origin: url() }, data });
  const opened = await (await post('open', { token: path.split('/').at(-1) }))?.json();
  const [photo] = opened.photos;
  const about = { name: 'Ann', photoId: photo.id };
  const said = { ...about, body: 'Lovely light', spot: { x: 0.3, y: 0.4 } };
  expect((await post(`${opened.id}/comments`, said))?.status()).toBe(200);
  const decided = { name: 'Ann', decision: 'changes', note: 'A little brighter, please' };
  expect((await post(`${opened.id}/decide`, decided))?.status()).toBe(200);
  await post(`${opened.id}/favourite`, { photoId: photo.id, on: true });
  await client?.close();
}

/** A studio with something of everything that pages show; the browser is signed in from then on. */
export async function furnishStudio(context: BrowserContext): Promise<Studio> {
  const email = await signIn(context);
  const me = await ask<{ organizations: { id: string }[] }>(context, 'session.me');
  const organizationId = me.organizations[0]?.id ?? '';
  await call(context, 'organization.updateSettings', {
    organizationId,
    senderName: 'Elm Studio',
    accentColor: '#4aa8ff',
    backgroundColor: '#10243a',
  });
  await call(context, 'apiKey.create', { organizationId, name: 'Website', scopes: ['read'] });
  const hooks = { organizationId, url: 'http://127.0.0.1:9/hooks' };
  const { id: webhookId } = await call<{ id: string }>(context, 'webhook.create', hooks);
  await call(context, 'webhook.test', { organizationId, endpointId: webhookId });
  const { url: link } = await call<{ url: string }>(context, 'member.invite', {
    organizationId,
    email: 'ann@example.com',
    role: 'client',
  });
  const listing = await furnishListing(context, '12 Elm Street, Apartment 4, Springfield');
  const { listingId } = listing;
  const message = 'Here they are. Tell us what you think.';
  const plain = await deliver(context, listingId, { branded: false });
  const locked = await deliver(context, listingId, { pin: '4711' });
  const branded = await deliver(context, listingId, { recipients: [email], message });
  await visit(context, branded.path);
  return {
    ...{ organizationId, webhookId, ...listing },
    deliveryId: branded.id,
    galleries: [branded.path, plain.path, locked.path],
    invitation: new URL(link, url()).href.slice(url().length),
  };
}
