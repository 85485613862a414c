import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { loadEnv } from '@repo/foundation/config';
import { ensurePersonalOrganization } from '@repo/foundation/organization';
import { createTestDatabase } from '@repo/foundation/testing';
import type { SlipwayContext } from '../context.ts';
import { createRuntime } from '../create-runtime.ts';
import { SlipwayEnv } from '../env.ts';
import type { KeyScope } from '../permission.ts';
import { createProject } from '../project/index.ts';
import type { ProjectRules } from '../project/schema.ts';
import type { SlipwayRuntime } from '../runtime.ts';
import { ingestToDisk } from '../storage/disk/ingest.ts';
import type { Storage } from '../storage/storage.ts';
import { createStorages } from '../storage/storages.ts';

export interface TestTenant {
  ctx: SlipwayContext;
  userId: string;
  organizationId: string;
}

export interface TestSlipway {
  runtime: SlipwayRuntime;
  /** A new user with an organization of its own: tests never share rows. */
  tenant(): Promise<TestTenant>;
  project(tenant: TestTenant, rules?: Partial<ProjectRules>): Promise<{ id: string; key: string }>;
  /** Puts bytes where an upload's URL would, through the real ingest. */
  putBytes(input: { key: string; bytes: Uint8Array; type: string }): Promise<void>;
  close(): Promise<void>;
}

/** Who acts when an API key does. */
export const keyActor = (projectId: string, scopes: readonly KeyScope[] = ['admin']) =>
  ({
    type: 'api_key',
    keyId: 'key_of_test',
    name: 'Key of a test',
    ownerId: projectId,
    scopes,
    isTest: false,
  }) as const;

/** A context whose files are in this storage. */
export function withStorage(ctx: SlipwayContext, storage: Storage): SlipwayContext {
  return { ...ctx, storages: createStorages(storage, async () => storage) };
}

/** The whole runtime on a database and a folder of its own. */
export async function startTestSlipway(env: Record<string, string> = {}): Promise<TestSlipway> {
  const database = await createTestDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'slipway-test-'));
  const runtime = await createRuntime(
    loadEnv(SlipwayEnv, {
      DATABASE_URL: database.url,
      DATA_DIR: dataDir,
      SLIPWAY_SECRET: randomUUID() + randomUUID(),
      LOG_LEVEL: 'silent',
      ...env,
    }),
  );

  return {
    runtime,
    async tenant() {
      const email = `${randomUUID()}@example.com`;
      const userId = await runtime.auth.createUser({
        email,
        name: 'Test',
        password: 'correct horse',
      });
      if (userId === null) throw new Error('the test user exists already');
      const organizationId = await ensurePersonalOrganization(runtime.db, {
        id: userId,
        name: 'Test',
      });
      const ctx = runtime.context({
        actor: { type: 'user', userId, email },
        requestId: 'test',
        ip: null,
      });
      return { ctx, userId, organizationId };
    },
    async project({ ctx, organizationId }, rules) {
      const { project, key } = await createProject(ctx, {
        organizationId,
        name: 'Test',
        ...(rules && { rules }),
      });
      return { id: project.id, key };
    },
    async putBytes({ key, bytes, type }) {
      if (runtime.diskRoot === null) throw new Error('tests store on disk');
      const body = Readable.from([Buffer.from(bytes)]);
      await ingestToDisk(runtime.diskRoot, {
        key,
        body,
        size: bytes.length,
        type,
        sha256: undefined,
      });
    },
    async close() {
      await runtime.close();
      await database.drop();
      await rm(dataDir, { recursive: true });
    },
  };
}
