import { join } from 'node:path';
import { type AuthProvider, createBetterAuth, socialKeys } from '@repo/foundation/auth';
import { ConfigError } from '@repo/foundation/config';
import { createDatabase, type Db, migrateDatabase } from '@repo/foundation/db';
import { createGuardedFetch } from '@repo/foundation/guarded-fetch';
import { originsOf } from '@repo/foundation/http';
import { type Queue, startQueue } from '@repo/foundation/jobs';
import { createLocks } from '@repo/foundation/locks';
import { accountMails, type Mailer, openMailer } from '@repo/foundation/mail';
import { ensurePersonalOrganization } from '@repo/foundation/organization';
import { createRateLimiter } from '@repo/foundation/rate-limit';
import { createLogger, createMetrics, type Logger } from '@repo/foundation/telemetry';
import { createUrlSigner, type UrlSigner } from '@repo/foundation/url-signer';
import { sql } from 'drizzle-orm';
import type { SlipwayConfig, SlipwayContext } from './context.ts';
import type { SlipwayEnv } from './env.ts';
import { type ImagesOptions, openImages } from './image/images.ts';
import { jobBindings, jobs } from './jobs.ts';
import { SLIPWAY } from './permission.ts';
import type { SlipwayRuntime } from './runtime.ts';
import { openScanner } from './scan/open-scanner.ts';
import {
  createDiskStorage,
  createS3Storage,
  createStorages,
  type S3Options,
  type Storage,
} from './storage/index.ts';
import { openConnections } from './storage-connection/open-connections.ts';
import { probedCapabilities } from './storage-connection/probed-capabilities.ts';

const MIGRATIONS = join(import.meta.dirname, '..', 'drizzle');

/** Connects, migrates and wires everything up. Throws `ConfigError` for what only shows together. */
export async function createRuntime(env: SlipwayEnv): Promise<SlipwayRuntime> {
  const log = createLogger({ service: 'slipway', level: env.LOG_LEVEL });
  const metrics = createMetrics('slipway');
  const signer = createUrlSigner(env.SLIPWAY_SECRET, 'slipway url signing v1');
  const bucket = bucketOf(env);
  const scanner = openScanner(env, metrics);
  await migrateDatabase({ url: env.DATABASE_URL, folder: MIGRATIONS });
  const database = createDatabase({ url: env.DATABASE_URL, name: 'slipway', log });
  const { db } = database;
  const { storage, diskRoot } = openStorage(env, { bucket, signer, db, log });
  const buckets = { keys: env.ENCRYPTION_KEYS ?? null, allowPrivate: env.ALLOW_PRIVATE_STORAGE };
  const storages = createStorages(storage, openConnections({ db, log, access: buckets }));
  await storage.tidy().catch((error: unknown) => {
    log.warn({ err: error }, 'the storage could not be tidied up; the sweeper tries again');
  });
  const mailer = openMailer({ url: env.SMTP_URL, from: env.SMTP_FROM });
  const { DATABASE_URL: url } = env;
  const bindings = jobBindings;
  const queue = await startQueue<SlipwayContext>({ url, jobs, bindings, log, metrics });
  const auth = openAuth({ env, db, log, mailer, queue });
  const locks = createLocks({ url, log });
  const images = openImages({ ...imageOptions(env), log });
  const outgoing = createGuardedFetch({ isAllowed: env.ALLOW_PRIVATE_TARGETS });
  const limiter = createRateLimiter({ db, log, metrics });
  const config = configOf(env);
  const both = { db, queue, storages, signer, limiter, log };
  const services = {
    ...both,
    buckets,
    scanner,
    locks,
    images,
    outgoing,
    config,
    mailer,
    product: SLIPWAY,
  };

  return {
    ...both,
    env,
    auth,
    diskRoot,
    metrics,
    checks: {
      database: async () => {
        await db.execute(sql`select 1`);
      },
      storage: () => storage.check(),
    },
    reported: scanner === null ? {} : { scanner: async () => void (await scanner.engine()) },
    context: (input) => ({ ...services, ...input, now: () => new Date() }),
    async close() {
      await queue.stop();
      images.close();
      outgoing.close();
      mailer?.close();
      await locks.close();
      await database.close();
    },
  };
}

function configOf(env: SlipwayEnv): SlipwayConfig {
  return {
    publicUrl: env.SLIPWAY_URL,
    filesUrl: env.FILES_URL ?? env.SLIPWAY_URL,
    uploadUrlTtlSeconds: env.UPLOAD_URL_TTL_SECONDS,
    uploadSessionTtlSeconds: env.UPLOAD_SESSION_TTL_SECONDS,
    orphanGraceSeconds: env.ORPHAN_GRACE_SECONDS,
    scrubDays: env.SCRUB_DAYS,
    rates: {
      project: env.RATE_LIMIT_PER_PROJECT,
      key: env.RATE_LIMIT_PER_KEY,
    },
    defaultPlan: env.DEFAULT_PLAN,
    adminEmails: env.ADMIN_EMAILS,
  };
}

function imageOptions(env: SlipwayEnv): Omit<ImagesOptions, 'log'> {
  return {
    workDir: join(env.DATA_DIR, 'images'),
    maxPixels: env.IMAGE_MAX_PIXELS,
    maxSeconds: env.IMAGE_MAX_SECONDS,
    maxMemoryMb: env.IMAGE_MAX_MEMORY_MB,
    eagerThumbnails: env.IMAGE_THUMBNAILS,
  };
}

/** The bucket of the configuration; null for files on disk. */
function bucketOf(env: SlipwayEnv): S3Options | null {
  if (env.S3_BUCKET === undefined) return null;
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = env;
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    throw new ConfigError(
      'S3_BUCKET is set: expected S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY as well',
    );
  }
  return {
    bucket: env.S3_BUCKET,
    endpoint: env.S3_ENDPOINT,
    region: env.S3_REGION,
    accessKeyId,
    secretAccessKey,
    forcePathStyle: env.S3_FORCE_PATH_STYLE,
  };
}

function openStorage(
  env: SlipwayEnv,
  parts: { bucket: S3Options | null; signer: UrlSigner; db: Db; log: Logger },
): { storage: Storage; diskRoot: string | null } {
  const { bucket: options, signer, db, log } = parts;
  if (options === null) {
    const root = join(env.DATA_DIR, 'files');
    return {
      storage: createDiskStorage({ root, publicUrl: env.SLIPWAY_URL, signer }),
      diskRoot: root,
    };
  }
  const storage = createS3Storage(options, probedCapabilities({ db, log, options }));
  // So that the first upload need not wait for it; what goes wrong now is told when it is asked again.
  storage.capabilities().catch(() => undefined);
  return { storage, diskRoot: null };
}

interface AuthParts {
  env: SlipwayEnv;
  db: Db;
  log: Logger;
  mailer: Mailer | null;
  queue: Queue<SlipwayContext>;
}

function openAuth({ env, db, log, mailer, queue }: AuthParts): AuthProvider {
  return createBetterAuth({
    db,
    log,
    mails: accountMails({
      ...{ db, mailer, queue },
      brand: SLIPWAY.name,
      publicUrl: env.SLIPWAY_URL,
      confirmedPath: SLIPWAY.noticesPath,
    }),
    secret: env.SLIPWAY_SECRET,
    baseUrl: env.SLIPWAY_URL,
    trustedOrigins: originsOf(env.SLIPWAY_URL),
    cookiePrefix: 'slipway',
    social: socialKeys(env),
    onUserCreated: async (user) => {
      await ensurePersonalOrganization(db, user);
    },
  });
}
