import { randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { eq } from 'drizzle-orm';
import { startFauxqs } from 'fauxqs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sweepFiles } from '../file/sweep.ts';
import { file } from '../file/table.ts';
import { reconcileStorage } from '../reconcile/reconcile.ts';
import { PROFILES, type Rules } from '../storage/s3/testing/rules.ts';
import { type StrictS3, startStrictS3 } from '../storage/s3/testing/strict-s3.ts';
import { saveProbe } from '../storage-connection/probed-capabilities.ts';
import { createTusClient, type TusClient } from './testing/client.ts';
import { startServerPool } from './testing/server-pool.ts';
import { startTusWorld, type TusWorld } from './testing/world.ts';

const MIB = 1024 ** 2;
const BYTES = randomBytes(11 * MIB);
const DAYS = 86_400_000;

/** Where to die, and how many bytes it takes to get there. */
type Step = [name: string, size: number];

const ON_DISK: Step[] = [
  ['tus.after-row', BYTES.length],
  ['tus.after-open', BYTES.length],
  ['tus.before-bytes', BYTES.length],
  ['tus.after-bytes', BYTES.length],
  ['tus.before-settling', BYTES.length],
  ['tus.after-object', BYTES.length],
];

const IN_A_BUCKET: Step[] = [
  ['tus.after-open', BYTES.length],
  ['tus-parts.after-part', BYTES.length],
  ['tus-parts.before-waiting', BYTES.length],
  ['tus-parts.after-waiting', BYTES.length],
  ['tus-parts.after-object', MIB],
  ['tus.before-settling', BYTES.length],
];

const STORAGES: [string, Partial<Rules> | undefined, Step[]][] = [
  ['on disk', undefined, ON_DISK],
  ['in a bucket', PROFILES.R2, IN_A_BUCKET],
];

describe.each(STORAGES)('%s', (_, rules, steps) => {
  let world: TusWorld;
  let strict: StrictS3 | undefined;
  let pool: ReturnType<typeof startServerPool>;
  const closing: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    if (rules !== undefined) {
      const upstream = await startFauxqs({ port: 0, logger: false });
      strict = await startStrictS3(`http://127.0.0.1:${upstream.port}`, rules);
      closing.push(strict.close, () => upstream.stop());
    }
    world = await startTusWorld(strict?.options);
    const { DATABASE_URL, DATA_DIR, SLIPWAY_SECRET } = world.runtime.env;
    const env = {
      DATABASE_URL,
      DATA_DIR,
      SLIPWAY_SECRET,
      SLIPWAY_ROLE: 'api',
      LOG_LEVEL: 'silent',
    };
    pool = startServerPool({ ...env, ...(await bucketEnv()) }, 0);
  });

  afterAll(async () => {
    await pool.close();
    await world.close();
    for (const close of closing) await close();
  });

  async function bucketEnv(): Promise<Record<string, string>> {
    if (strict === undefined) return {};
    const { options } = strict;
    const capabilities = await world.runtime.storages.default.capabilities();
    await saveProbe(world.runtime.db, { options, capabilities, at: new Date() });
    return {
      S3_BUCKET: options.bucket,
      S3_ENDPOINT: options.endpoint ?? '',
      S3_REGION: options.region,
      S3_ACCESS_KEY_ID: options.accessKeyId,
      S3_SECRET_ACCESS_KEY: options.secretAccessKey,
    };
  }

  /** In two requests, as far as somebody answers. */
  async function send(
    tus: TusClient,
    { url, bytes }: { url: string; bytes: Buffer },
  ): Promise<void> {
    const { offset } = await tus.head(url);
    for (const start of [offset, Math.max(offset, Math.min(9 * MIB, bytes.length))]) {
      const end = start < 9 * MIB ? Math.min(9 * MIB, bytes.length) : bytes.length;
      if (start < end) await tus.patch([url, start], bytes.subarray(start, end));
    }
  }

  test.each(steps)(
    'a process that dies at %s loses nothing and leaves nothing',
    async (step, size) => {
      const { tus, key } = await world.project();
      const before = await world.stored();
      const bytes = BYTES.subarray(0, size);
      const server = await pool.start(`${step}=1`);
      const dying = createTusClient(server.url, key);
      const created = await dying.create({ length: size }).catch(() => undefined);
      if (created !== undefined)
        await send(dying, { url: created.url, bytes }).catch(() => undefined);
      await server.exited;
      expect(server.said()).toContain(`failpoint ${step}`);

      const { url } = created ?? (await tus.create({ length: size }));
      await send(tus, { url, bytes });
      await tus.head(url);
      const id = new URL(url).pathname.slice('/tus/'.length);
      const [row] = await world.runtime.db.select().from(file).where(eq(file.id, id));
      expect(row).toMatchObject({ status: 'ready', size });
      const stream = await world.runtime.storages.default.read(row?.key ?? '');
      expect(stream && (await buffer(stream)).equals(bytes)).toBe(true);
      await sweepFiles(world.jobContext(90 * DAYS));
      await reconcileStorage(world.jobContext(90 * DAYS), null);
      expect((await world.stored()) - before - size).toBeLessThan(1000);
    },
  );
});
