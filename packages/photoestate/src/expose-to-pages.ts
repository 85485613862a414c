import type { Session } from '@repo/foundation/auth';
import { randomToken } from '@repo/foundation/ids';
import { isInstallationAdmin } from '@repo/foundation/installation';
import { noticeName } from '@repo/foundation/organization';
import { parse } from 'hono/utils/cookie';
import { findHome } from './account/home.ts';
import { galleryPage } from './gallery/page.ts';
import { openRequests } from './gallery/requests.ts';
import { getListing } from './listing/get.ts';
import { listListings } from './listing/list.ts';
import { PHOTOESTATE } from './permission.ts';
import { listPhotos } from './photo/list.ts';
import type { Photo } from './photo/schema.ts';
import { BRIDGE, type PagesBridge, type PhotoestateRuntime } from './runtime.ts';
import { listScenes } from './scene/list.ts';
import type { Scene } from './scene/schema.ts';
import { requestContext } from './session.ts';

/** Lets the pages, which the bundler gives their own copy of every module, reach this process's runtime. */
export function exposeToPages(runtime: PhotoestateRuntime): void {
  const as = ({ userId, email, sessionId }: Session) =>
    runtime.context({
      actor: { type: 'user', userId, email, sessionId },
      requestId: 'page',
      ip: null,
    });
  const bridge: PagesBridge = {
    getSession: (headers) => runtime.auth.getSession(headers),
    isInstallationAdmin: (session) => isInstallationAdmin(as(session)),
    findHome: (session) => findHome(as(session)),
    noticeName: (kind) => noticeName(PHOTOESTATE, kind),
    publicUrl: runtime.env.PHOTOESTATE_URL,
    picturesUrl: runtime.env.SLIPWAY_URL,
    openListing: async (session, listingId) => {
      const ctx = as(session);
      const [listing, scenes, photos, requests] = await Promise.all([
        getListing(ctx, { listingId }),
        listScenes(ctx, { listingId }),
        listPhotos(ctx, { listingId }),
        openRequests(ctx, { listingId }),
      ]);
      return { listing, scenes: withSame(photos, scenes), photos, requests };
    },
    openListings: (session, input) => listListings(as(session), input),
    getGallery: async (token, headers) => {
      const requestId = `req_${randomToken(20)}`;
      const ctx = await requestContext(runtime, { headers, requestId, ip: null });
      return galleryPage(ctx, { token, cookie: (name) => cookieIn(headers, name) });
    },
  };
  Object.assign(globalThis, { [BRIDGE]: bridge });
}

/** The photos of the scenes are the very same objects: a page is sent each of them once. */
function withSame(photos: readonly Photo[], scenes: readonly Scene[]): Scene[] {
  const known = new Map(photos.map((photo) => [photo.id, photo]));
  const same = (photo: Photo) => known.get(photo.id) ?? photo;
  return scenes.map((scene) => ({ ...scene, photos: scene.photos.map(same) }));
}

const cookieIn = (headers: Headers, name: string) => parse(headers.get('cookie') ?? '')[name];
