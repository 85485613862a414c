import { join } from 'node:path';
import { EngineRunner } from '@repo/engine';
import { type AuthProvider, createBetterAuth, socialKeys } from '@repo/foundation/auth';
import { createDatabase, type Db, migrateDatabase } from '@repo/foundation/db';
import { createGuardedFetch } from '@repo/foundation/guarded-fetch';
import { originsOf } from '@repo/foundation/http';
import { type Queue, startQueue } from '@repo/foundation/jobs';
import { accountMails, type Mailer, openMailer } from '@repo/foundation/mail';
import { ensurePersonalOrganization } from '@repo/foundation/organization';
import { createPubSub } from '@repo/foundation/pubsub';
import { createRateLimiter } from '@repo/foundation/rate-limit';
import { createLogger, createMetrics, type Logger } from '@repo/foundation/telemetry';
import { createUrlSigner } from '@repo/foundation/url-signer';
import { keepWorkDirClean } from '@repo/foundation/work-dir';
import { sql } from 'drizzle-orm';
import { createSlipway, type Slipway } from 'slipway/server';
import { openCredentials } from './content-credentials/open.ts';
import type { Context, EngineSettings } from './context.ts';
import { enhanceSceneJob } from './enhancement/jobs.ts';
import type { PhotoestateEnv } from './env.ts';
import { jobBindings, jobs } from './jobs.ts';
import { MIGRATIONS } from './migrations.ts';
import { senderNameOf } from './organization/settings.ts';
import { PHOTOESTATE } from './permission.ts';
import type { PhotoestateRuntime } from './runtime.ts';
import { machineOfThisProcess, photosAtOnce, threadsEach } from './work/capacity.ts';

/** Connects, migrates and wires everything up. */
export async function createRuntime(env: PhotoestateEnv): Promise<PhotoestateRuntime> {
  const url = env.DATABASE_URL;
  const log = createLogger({ service: 'photoestate', level: env.LOG_LEVEL });
  const metrics = createMetrics('photoestate');
  await migrateDatabase({ url, folder: MIGRATIONS });
  const { db, close } = createDatabase({ url, name: 'photoestate', log });
  const limiter = createRateLimiter({ db, log, metrics });
  const machine = machineOfThisProcess();
  const atOnce = env.ENGINE_CONCURRENCY ?? photosAtOnce(machine);
  const bindings = bindingsFor(atOnce);
  const queue = await startQueue<Context>({ url, jobs, bindings, log, metrics });
  const people = peopleOf(env);
  const credentials = openCredentials(env);
  const { mailer } = people;
  const auth = openAuth({ env, db, log, mailer, queue });
  const pubsub = createPubSub({ url, log });
  const webhooks = webhooksOf(env);
  const slipway = createSlipway({ url: env.SLIPWAY_URL, apiKey: env.SLIPWAY_API_KEY });
  const stop = new AbortController();
  const { signal: stopping } = stop;
  const engine = openEngine(env, atOnce, { threads: threadsEach(machine, atOnce), log });
  const stopSweeping = keepWorkDirClean(engine.workDir, log);

  return {
    env,
    db,
    auth,
    limiter,
    queue,
    pubsub,
    slipway,
    log,
    metrics,
    stopping,
    checks: checksOf(db, slipway),
    context: (input) => ({
      ...input,
      db,
      queue,
      pubsub,
      slipway,
      ...webhooks,
      engine,
      credentials,
      stopping,
      ...people,
      log: log.child({ requestId: input.requestId }),
      now: () => new Date(),
    }),
    prepareWork: () => void engine.runner.prepare(),
    stopWork: () => stop.abort(new Error('the process is stopping')),
    async close() {
      stop.abort(new Error('the process is stopping'));
      stopSweeping();
      await engine.runner.stop();
      await queue.stop(3_000);
      mailer?.close();
      webhooks.outgoing.close();
      await pubsub.close();
      await close();
    },
  };
}

/** So many photos are enhanced at once; the other jobs say themselves. */
function bindingsFor(atOnce: number): typeof jobBindings {
  return jobBindings.map((binding) =>
    binding.job.name === enhanceSceneJob.name
      ? { ...binding, job: { ...binding.job, concurrency: atOnce } }
      : binding,
  );
}

function checksOf(db: Db, slipway: Slipway): PhotoestateRuntime['checks'] {
  return {
    database: async () => void (await db.execute(sql`select 1`)),
    queue: async () => {
      await db.execute(sql`select 1 from pgboss.queue limit 1`);
    },
    slipway: async () => {
      await slipway.project({ timeout: 2_500 });
    },
  };
}

/** What webhooks need. */
function webhooksOf(env: PhotoestateEnv) {
  const outgoing = createGuardedFetch({ isAllowed: env.ALLOW_PRIVATE_TARGETS });
  return { outgoing, sealingKeys: env.ENCRYPTION_KEYS ?? null };
}

/** What members, invitations and credits need. */
function peopleOf(env: PhotoestateEnv) {
  const signer = createUrlSigner(env.PHOTOESTATE_SECRET, 'photoestate url signing v1');
  const config = { publicUrl: env.PHOTOESTATE_URL, adminEmails: env.ADMIN_EMAILS };
  const startingCredits = env.STARTING_CREDITS;
  const mailer = openMailer({
    url: env.SMTP_URL,
    from: env.PHOTOESTATE_SMTP_FROM ?? env.SMTP_FROM,
    ...(env.PHOTOESTATE_SMTP_FROM === undefined && { name: PHOTOESTATE.name }),
  });
  return { product: PHOTOESTATE, senderNameOf, signer, config, mailer, startingCredits };
}

type Engine = EngineSettings & { runner: EngineRunner };

/** @param places photos at once; each has `threads` */
function openEngine(
  env: PhotoestateEnv,
  places: number,
  { threads, log }: { threads: number; log: Logger },
): Engine {
  const onTrouble = (err: Error) => log.warn({ err }, 'a spare engine process was lost');
  return {
    maxSeconds: env.ENGINE_MAX_SECONDS,
    maxMemoryMb: env.ENGINE_MAX_MEMORY_MB,
    threads,
    runner: new EngineRunner({ places, threads, onTrouble }),
    workDir: join(env.DATA_DIR, 'work'),
  };
}

interface AuthParts {
  env: PhotoestateEnv;
  db: Db;
  log: Logger;
  mailer: Mailer | null;
  queue: Queue<Context>;
}

function openAuth({ env, db, log, mailer, queue }: AuthParts): AuthProvider {
  return createBetterAuth({
    db,
    log,
    mails: accountMails({
      ...{ db, mailer, queue },
      brand: PHOTOESTATE.name,
      accent: PHOTOESTATE.accent,
      publicUrl: env.PHOTOESTATE_URL,
      confirmedPath: PHOTOESTATE.noticesPath,
    }),
    secret: env.PHOTOESTATE_SECRET,
    baseUrl: env.PHOTOESTATE_URL,
    trustedOrigins: originsOf(env.PHOTOESTATE_URL),
    cookiePrefix: 'photoestate',
    social: socialKeys(env),
    onUserCreated: async (user) => {
      await ensurePersonalOrganization(db, user);
    },
  });
}
