import type { AuthProvider, Session } from '@repo/foundation/auth';
import type { Actor } from '@repo/foundation/context';
import type { Db } from '@repo/foundation/db';
import type { HealthCheck } from '@repo/foundation/http';
import { isInstallationAdmin } from '@repo/foundation/installation';
import type { Queue } from '@repo/foundation/jobs';
import { noticeName } from '@repo/foundation/organization';
import type { RateLimiter } from '@repo/foundation/rate-limit';
import type { Logger, Metrics } from '@repo/foundation/telemetry';
import type { UrlSigner } from '@repo/foundation/url-signer';
import type { SlipwayContext } from './context.ts';
import type { SlipwayEnv } from './env.ts';
import { SLIPWAY } from './permission.ts';
import type { Storages } from './storage/index.ts';

export interface ContextInput {
  actor: Actor;
  requestId: string;
  ip: string | null;
}

/** One process's connections and services, made once at its start. */
export interface SlipwayRuntime {
  env: SlipwayEnv;
  db: Db;
  auth: AuthProvider;
  queue: Queue<SlipwayContext>;
  storages: Storages;
  /** Where the disk storage lives; null when files are in S3. */
  diskRoot: string | null;
  signer: UrlSigner;
  limiter: RateLimiter;
  log: Logger;
  metrics: Metrics;
  checks: Record<string, HealthCheck>;
  /** Told beside the checks; the process is ready without them. */
  reported: Record<string, HealthCheck>;
  context(input: ContextInput): SlipwayContext;
  close(): Promise<void>;
}

/** What the pages may ask of the process they run in. */
export interface PagesBridge {
  getSession(headers: Headers): Promise<Session | null>;
  isInstallationAdmin(session: Session): Promise<boolean>;
  /** What a kind of mail is called. */
  noticeName(kind: string): string;
  publicUrl: string;
  /** Whether files can be scanned here at all. */
  hasScanner: boolean;
  /** Whether visitors may try an upload. */
  hasDemo: boolean;
}

const BRIDGE = Symbol.for('slipway.runtime');

/** Lets the pages, which the bundler gives their own copy of every module, reach this process's runtime. */
export function exposeToPages(runtime: SlipwayRuntime): void {
  const bridge: PagesBridge = {
    getSession: (headers) => runtime.auth.getSession(headers),
    isInstallationAdmin: ({ userId, email }) =>
      isInstallationAdmin(
        runtime.context({ actor: { type: 'user', userId, email }, requestId: 'page', ip: null }),
      ),
    noticeName: (kind) => noticeName(SLIPWAY, kind),
    publicUrl: runtime.env.SLIPWAY_URL,
    hasScanner: runtime.env.CLAMD_URL !== undefined,
    hasDemo: runtime.env.DEMO_API_KEY !== undefined,
  };
  Object.assign(globalThis, { [BRIDGE]: bridge });
}

/** For server components only. */
export function getSlipwayRuntime(): PagesBridge {
  const bridge: PagesBridge | undefined = Reflect.get(globalThis, BRIDGE);
  if (bridge === undefined) throw new Error('the pages run outside apps/slipway/main.ts');
  return bridge;
}
