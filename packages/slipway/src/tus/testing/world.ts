import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { serve } from '@repo/foundation/http';
import type { SlipwayContext } from '../../context.ts';
import { createHttp } from '../../http.ts';
import type { ProjectRules } from '../../project/schema.ts';
import type { SlipwayRuntime } from '../../runtime.ts';
import { createS3Client, type S3Options } from '../../storage/s3/client.ts';
import { probeStorage } from '../../storage/s3/probe/probe.ts';
import { createS3Storage } from '../../storage/s3/s3-storage.ts';
import type { Storages } from '../../storage/storage.ts';
import { createStorages } from '../../storage/storages.ts';
import { startTestSlipway } from '../../testing/index.ts';
import { createTusClient, type TusClient } from './client.ts';

export interface TusWorld {
  runtime: SlipwayRuntime;
  url: string;
  project(rules?: Partial<ProjectRules>): Promise<{ id: string; key: string; tus: TusClient }>;
  /** Moves the clock that requests go by. */
  later(ms: number): void;
  /** Of a job that runs so much later. */
  jobContext(ahead?: number): SlipwayContext;
  /** Bytes that lie in the storage, whatever for. */
  stored(): Promise<number>;
  close(): Promise<void>;
}

/** Slipway behind a real port, with its files on disk or in a bucket of an S3 server. */
export async function startTusWorld(s3?: S3Options): Promise<TusWorld> {
  const slipway = await startTestSlipway();
  const storages = s3 === undefined ? slipway.runtime.storages : await openBucket(s3);
  const diskRoot = s3 === undefined ? slipway.runtime.diskRoot : null;
  let ahead = 0;
  const context: SlipwayRuntime['context'] = (input) => ({
    ...slipway.runtime.context(input),
    storages,
    now: () => new Date(Date.now() + ahead),
  });
  const runtime: SlipwayRuntime = { ...slipway.runtime, storages, diskRoot, context };
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
    runtime,
    url,
    async project(rules) {
      const project = await slipway.project(tenant, rules);
      return { ...project, tus: createTusClient(url, project.key) };
    },
    later(ms) {
      ahead += ms;
    },
    jobContext: (more = 0) => ({
      ...context({ actor: { type: 'system', job: 'test' }, requestId: 'test', ip: null }),
      now: () => new Date(Date.now() + more),
    }),
    stored: () => bytesIn(runtime),
    async close() {
      await server.close(0);
      await slipway.close();
    },
  };
}

async function openBucket(options: S3Options): Promise<Storages> {
  await createS3Client(options).send(new CreateBucketCommand({ Bucket: options.bucket }));
  const can = await probeStorage(options);
  const storage = createS3Storage(options, async () => can);
  return createStorages(storage, async () => storage);
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
