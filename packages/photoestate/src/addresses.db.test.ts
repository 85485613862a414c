import { createKernel, type HttpApp } from '@repo/foundation/http';
import { createRateLimiter } from '@repo/foundation/rate-limit';
import { createMetrics } from '@repo/foundation/telemetry';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context } from './context.ts';
import { mountGallery } from './gallery/http.ts';
import { mountFavourites, mountGalleryMedia } from './gallery/media.ts';
import { enterAsMember, issueTicket } from './gallery/visit.ts';
import { mountLive } from './live/http.ts';
import { mountMedia } from './media/http.ts';
import { setLogo } from './organization/settings.ts';
import { ROLE_PERMISSIONS, ROLES, type Role } from './permission.ts';
import { setPicture } from './profile/set-picture.ts';
import { type Address, everyAddress } from './testing/every-address.ts';
import { makeSubject, personWith, type Subject } from './testing/subject.ts';
import { createWorld, userIdOf, type World } from './testing/world.ts';

let world: World;
let pat: Context;
let about: Subject;
/** Another studio. */
let elsewhere: Context;
let foreign: Subject;

beforeAll(async () => {
  world = await createWorld();
  [pat, elsewhere] = [await world.person(), await world.person()];
  about = await makeSubject(world, pat);
  foreign = await makeSubject(world, elsewhere);
  const picture = world.slipway.put('me.png', new Uint8Array([1]));
  const colleague = { ...pat.actor, userId: about.memberId } as Context['actor'];
  await setPicture({ ...pat, actor: colleague }, picture.id);
});
afterAll(() => world.close());

/** Everything that is no procedure and not of the REST API, as somebody asks for it. */
function appOf(ctx: Context): (name: string, address: Address) => Promise<number> {
  const metrics = createMetrics('test');
  const app: HttpApp = createKernel({ log: ctx.log, metrics, errorDocs: 'http://x/errors' });
  const makeContext = async () => ctx;
  const limiter = createRateLimiter({ db: ctx.db, log: ctx.log, metrics });
  mountGallery(app, { makeContext, limiter, publicUrl: 'http://photoestate.test' });
  mountLive(app, makeContext);
  mountMedia(app, makeContext);
  mountGalleryMedia(app, makeContext);
  mountFavourites(app, makeContext);
  return async (name, { path, body }) => {
    const [method = ''] = name.split(' ');
    const init: RequestInit = {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    };
    const answer = await app.request(path, init, {});
    await answer.body?.cancel();
    return answer.status;
  };
}

const visitorOf = (ctx: Context): Context => ({ ...ctx, actor: { type: 'anonymous' } });

/** What somebody without a standing in the studio is answered. */
const refusalFor = ({ door }: Address, signedIn: boolean): number => {
  if (door === 'open' || door === 'ticket') return 404;
  return signedIn || door === 'visit' ? 404 : 401;
};

test.each([...ROLES, 'none'] as const)(
  'for the role %s of another studio there is nothing at any address',
  async (role) => {
    const person =
      role === 'none'
        ? await world.person()
        : await personWith(world, role, foreign.organizationId);
    const ask = appOf(person);
    for (const [name, address] of Object.entries(everyAddress(about)))
      expect(await ask(name, address), name).toBe(refusalFor(address, true));
  },
);

test('visitors are asked to sign in, where signing in would help', async () => {
  const ask = appOf(visitorOf(pat));
  for (const [name, address] of Object.entries(everyAddress(about))) {
    const opens = name === 'POST /api/gallery/:delivery/open';
    expect(await ask(name, address), name).toBe(opens ? 401 : refusalFor(address, false));
  }
});

test.each(ROLES)('%s of the studio: each address lets in, or refuses', async (role: Role) => {
  const ask = appOf(await personWith(world, role, about.organizationId));
  const may = ROLE_PERMISSIONS[role];
  for (const [name, address] of Object.entries(everyAddress(about))) {
    const { door } = address;
    const status = await ask(name, address);
    // Pictures ask for their ticket, whoever is signed in; a client has what was delivered to their address alone.
    if (door === 'ticket') expect(status, name).toBe(404);
    else if (door === 'visit' && !may.includes('delivery.manage')) expect(status, name).toBe(404);
    else if (door === 'colleague') expect(status, name).toBe(302);
    // The studio looks at what its clients see; favourites, comments and decisions are theirs.
    else if (door === 'visit') expect(status, name).toBe(name.endsWith('/open') ? 200 : 403);
    else if (door === 'open') expect(status, name).toBe(404);
    else if (may.includes(door)) expect([401, 403, 500], name).not.toContain(status);
    else expect(status, name).toBe(403);
  }
});

test('a ticket of one gallery opens no other, and none that was changed', async () => {
  const own = issueTicket(elsewhere, await enterAsMember(elsewhere, foreign.deliveryId));
  const ask = appOf(visitorOf(pat));
  const addresses = Object.entries(everyAddress(about)).filter(([name]) =>
    name.startsWith('GET /media/galleries'),
  );
  expect(addresses).toHaveLength(5);
  const theirs = issueTicket(pat, await enterAsMember(pat, about.deliveryId));
  const forged = theirs.replace(userIdOf(pat), userIdOf(elsewhere));
  expect(forged).not.toBe(theirs);
  for (const [name, address] of addresses)
    for (const ticket of [own, forged])
      expect(await ask(name, { ...address, path: `${address.path}?${ticket}` }), name).toBe(404);
});

test('a logo is what a studio shows to the world: mailboxes fetch it without signing in', async () => {
  const logo = world.slipway.put('logo.png', new Uint8Array([1]));
  await setLogo(elsewhere, { organizationId: foreign.organizationId, fileId: logo.id });
  const path = `/media/organizations/${foreign.organizationId}/logo`;
  const address: Address = { door: 'open', path };
  expect(await appOf(visitorOf(pat))('GET logo', address)).toBe(302);
  // Of nobody's organization it says what it says of one without a logo.
  const none = { ...address, path: path.replace(foreign.organizationId, 'org_any') };
  expect(await appOf(visitorOf(pat))('GET logo', none)).toBe(404);
});
