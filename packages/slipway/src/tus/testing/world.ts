import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { serve } from '@repo/foundation/http';
import { createHttp } from '../../http.ts';
import type { ProjectRules } from '../../project/schema.ts';
import type { SlipwayRuntime } from '../../runtime.ts';
import { createS3Client } from '../../storage/s3/client.ts';
import { startTestSlipway, type TestSlipway, type TestTenant } from '../../testing/index.ts';
import { createTusClient, type TusClient } from './client.ts';

export interface TusWorld {
  slipway: TestSlipway;
  tenant: TestTenant;
  url: string;
  project(rules?: Partial<ProjectRules>): Promise<{ id: string; key: string; tus: TusClient }>;
  /** Moves the clock that requests go by. */
  later(ms: number): void;
  /** Bytes that lie in the storage, whatever for. */
  stored(): Promise<number>;
  close(): Promise<void>;
}

/** An S3 server of a test's own. */
export interface TestS3 {
  port: number;
  stop(): Promise<unknown>;
}

/** Slipway behind a real port, with its files on disk or in a bucket of an S3 server. */
export async function startTusWorld(s3?: TestS3): Promise<TusWorld> {
  const slipway = await startTestSlipway(s3 === undefined ? {} : await bucketOf(s3));
  let ahead = 0;
  const runtime: SlipwayRuntime = {
    ...slipway.runtime,
    context: (input) => ({
      ...slipway.runtime.context(input),
      now: () => new Date(Date.now() + ahead),
    }),
  };
  const server = await serve({
    app: createHttp(runtime, { stopping: false }),
    appPaths: [],
    longPaths: ['/tus', '/tus/'],
    host: '127.0.0.1',
    port: 0,
  });
  const url = `http://127.0.0.1:${server.port}`;
  const tenant = await slipway.tenant();
  return {
    slipway,
    tenant,
    url,
    async project(rules) {
      const project = await slipway.project(tenant, rules);
      return { ...project, tus: createTusClient(url, project.key) };
    },
    later(ms) {
      ahead += ms;
    },
    stored: () => bytesIn(runtime),
    async close() {
      await server.close(0);
      await slipway.close();
      await s3?.stop();
    },
  };
}

async function bucketOf({ port }: TestS3): Promise<Record<string, string>> {
  const endpoint = `http://127.0.0.1:${port}`;
  const keys = { accessKeyId: 'test', secretAccessKey: 'test' };
  const where = { bucket: 'files', endpoint, region: 'us-east-1', forcePathStyle: true };
  const client = createS3Client({ ...where, ...keys });
  await client.send(new CreateBucketCommand({ Bucket: where.bucket }));
  return {
    S3_BUCKET: where.bucket,
    S3_ENDPOINT: endpoint,
    S3_ACCESS_KEY_ID: keys.accessKeyId,
    S3_SECRET_ACCESS_KEY: keys.secretAccessKey,
  };
}

async function bytesIn({ diskRoot, storages }: SlipwayRuntime): Promise<number> {
  if (diskRoot !== null) return folderBytes(diskRoot);
  let bytes = 0;
  for await (const { size } of storages.default.list()) bytes += size;
  for await (const upload of storages.default.listMultiparts()) {
    for (const part of (await storages.default.listParts(upload)) ?? []) bytes += part.size;
  }
  return bytes;
}

async function folderBytes(folder: string): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) bytes += (await stat(join(entry.parentPath, entry.name))).size;
  }
  return bytes;
}
