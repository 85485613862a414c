import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runEngineChild } from '@repo/engine';
import { user } from '@repo/foundation/auth';
import type { Actor } from '@repo/foundation/context';
import { createDatabase, migrateDatabase } from '@repo/foundation/db';
import { createGuardedFetch, privateTargets } from '@repo/foundation/guarded-fetch';
import { newId } from '@repo/foundation/ids';
import type { JobDefinition, JobRun } from '@repo/foundation/jobs';
import { ensurePersonalOrganization } from '@repo/foundation/organization';
import { keyRing } from '@repo/foundation/sealing';
import { createLogger } from '@repo/foundation/telemetry';
import { createTestDatabase } from '@repo/foundation/testing';
import { createUrlSigner } from '@repo/foundation/url-signer';
import type { Context } from '../context.ts';
import { MIGRATIONS } from '../migrations.ts';
import { senderNameOf } from '../organization/settings.ts';
import { PHOTOESTATE } from '../permission.ts';
import { createMemorySlipway, type MemorySlipway } from './memory-slipway.ts';

export interface World {
  slipway: MemorySlipway;
  /** Jobs in the order in which they were asked for, committed or not. */
  enqueued: { name: string; payload: object }[];
  system: Context;
  /** A new person with an organization of their own. */
  person(): Promise<Context>;
  close(): Promise<void>;
}

/** A database of one's own with everything around the verbs; each test file makes one. */
export async function createWorld(): Promise<World> {
  const database = await createTestDatabase();
  const log = createLogger({ service: 'test', level: 'silent' });
  await migrateDatabase({ url: database.url, folder: MIGRATIONS });
  const { db, close } = createDatabase({ url: database.url, name: 'test', log });
  const workDir = await mkdtemp(join(tmpdir(), 'photoestate-test-'));
  const slipway = createMemorySlipway();
  const signer = createUrlSigner(randomUUID(), 'test');
  const outgoing = createGuardedFetch({ isAllowed: privateTargets.parse('127.0.0.0/8') });
  const sealingKeys = keyRing.parse(`k1:${randomBytes(32).toString('hex')}`);
  const enqueued: World['enqueued'] = [];
  const context = (actor: Actor): Context => ({
    actor,
    db,
    slipway,
    log,
    requestId: 'test',
    ip: null,
    now: () => new Date(),
    product: PHOTOESTATE,
    senderNameOf,
    signer,
    config: { publicUrl: 'http://photoestate.test', adminEmails: [] },
    mailer: null,
    outgoing,
    sealingKeys,
    stopping: new AbortController().signal,
    engine: {
      maxSeconds: 60,
      maxMemoryMb: 2048,
      threads: 1,
      runner: { run: runEngineChild },
      workDir,
    },
    pubsub: {
      publish: async () => undefined,
      subscribe: () => () => undefined,
      close: async () => undefined,
    },
    queue: {
      enqueue: async <P extends object>(
        _tx: unknown,
        job: JobDefinition<P>,
        call: { payload: P },
      ) => {
        enqueued.push({ name: job.name, payload: call.payload });
      },
    },
  });
  return {
    slipway,
    enqueued,
    system: context({ type: 'system', job: 'test' }),
    async person() {
      const id = newId('usr');
      const email = `${id}@example.com`.toLowerCase();
      await db.insert(user).values({ id, email, name: 'Pat' });
      await ensurePersonalOrganization(db, { id, name: 'Pat' });
      return context({ type: 'user', userId: id, email });
    },
    async close() {
      outgoing.close();
      await close();
      await database.drop();
      await rm(workDir, { recursive: true, force: true });
    },
  };
}

export function userIdOf({ actor }: Context): string {
  if (actor.type !== 'user') throw new Error('a person is a user');
  return actor.userId;
}

export function jobRun(change: Partial<JobRun> = {}): JobRun {
  const { signal } = new AbortController();
  return { jobId: 'job-of-a-test', attempt: 0, lastAttempt: false, signal, ...change };
}
