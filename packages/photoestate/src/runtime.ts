import type { AuthProvider, Session } from '@repo/foundation/auth';
import type { Actor } from '@repo/foundation/context';
import type { Db } from '@repo/foundation/db';
import type { HealthCheck } from '@repo/foundation/http';
import type { Queue } from '@repo/foundation/jobs';
import type { PubSub } from '@repo/foundation/pubsub';
import type { RateLimiter } from '@repo/foundation/rate-limit';
import type { Logger, Metrics } from '@repo/foundation/telemetry';
import type { Slipway } from 'slipway/server';
import type { Home } from './account/home.ts';
import type { Context } from './context.ts';
import type { PhotoestateEnv } from './env.ts';
import type { GalleryPage } from './gallery/page.ts';
import type { OpenRequest } from './gallery/schema.ts';
import type { Listing, ListingPage, ListListings } from './listing/schema.ts';
import type { Photo } from './photo/schema.ts';
import type { Scene } from './scene/schema.ts';

export interface ContextInput {
  actor: Actor;
  requestId: string;
  ip: string | null;
}

/** One process's connections and services, made once at its start. */
export interface PhotoestateRuntime {
  env: PhotoestateEnv;
  db: Db;
  auth: AuthProvider;
  limiter: RateLimiter;
  queue: Queue<Context>;
  pubsub: PubSub;
  slipway: Slipway;
  log: Logger;
  metrics: Metrics;
  checks: Record<string, HealthCheck>;
  /** Aborted by `stopWork` and `close`. */
  stopping: AbortSignal;
  context(input: ContextInput): Context;
  /** Makes an engine process ready for the first photo; for processes that do jobs. */
  prepareWork(): void;
  /** Ends open event streams and running engines; what was not finished is left to other workers. */
  stopWork(): void;
  close(): Promise<void>;
}

/** All that the page of a listing opens with. */
export interface OpenedListing {
  listing: Listing;
  scenes: Scene[];
  photos: Photo[];
  requests: OpenRequest[];
}

/** What the pages may ask of the process they run in. */
export interface PagesBridge {
  getSession(headers: Headers): Promise<Session | null>;
  isInstallationAdmin(session: Session): Promise<boolean>;
  findHome(session: Session): Promise<Home>;
  /** What a kind of mail is called. */
  noticeName(kind: string): string;
  publicUrl: string;
  /** Where pictures come from. */
  picturesUrl: string;
  openListing(session: Session, listingId: string): Promise<OpenedListing>;
  openListings(session: Session, input: ListListings): Promise<ListingPage>;
  /** What the link of a delivery opens, by its token and the cookies that came along. */
  getGallery(token: string, headers: Headers): Promise<GalleryPage>;
}

export const BRIDGE = Symbol.for('photoestate.runtime');

/** For server components only. */
export function getPhotoestateRuntime(): PagesBridge {
  const bridge: PagesBridge | undefined = Reflect.get(globalThis, BRIDGE);
  if (bridge === undefined) throw new Error('the pages run outside apps/photoestate/main.ts');
  return bridge;
}
