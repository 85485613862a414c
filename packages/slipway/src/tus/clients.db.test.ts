import { randomBytes, randomInt } from 'node:crypto';
import { Readable } from 'node:stream';
import { eq } from 'drizzle-orm';
import { Upload, type UploadOptions } from 'tus-js-client';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { file } from '../file/table.ts';
import { usageOf } from '../usage/usage-of.ts';
import { sha256 } from './testing/client.ts';
import { type RoundRobin, startRoundRobin } from './testing/round-robin.ts';
import { startServerPool } from './testing/server-pool.ts';
import { startTusWorld, type TusWorld } from './testing/world.ts';

const MIB = 1024 ** 2;
const BYTES = randomBytes(10 * MIB + 77);

let world: TusWorld;
let proxy: RoundRobin;
let pool: ReturnType<typeof startServerPool>;

// Two processes, each of which gets every other request, whatever upload it is for.
beforeAll(async () => {
  world = await startTusWorld();
  proxy = await startRoundRobin();
  const { DATABASE_URL, DATA_DIR, SLIPWAY_SECRET } = world.runtime.env;
  pool = startServerPool(
    {
      ...{ DATABASE_URL, DATA_DIR, SLIPWAY_SECRET },
      ...{ LOG_LEVEL: 'silent', SLIPWAY_ROLE: 'api', SLIPWAY_URL: proxy.url },
    },
    0,
  );
  const servers = await Promise.all([pool.start(), pool.start()]);
  proxy.targets = servers.map(({ url }) => url);
}, 60_000);

afterEach(() => {
  proxy.cutAfter = undefined;
});

afterAll(async () => {
  await pool.close();
  await proxy.close();
  await world.close();
});

async function fileAt(url: string | null) {
  const id = new URL(url ?? '').pathname.slice('/tus/'.length);
  const [row] = await world.runtime.db.select().from(file).where(eq(file.id, id));
  return row;
}

describe('tus-js-client', () => {
  interface Sent {
    url: string;
    progress: number[];
  }

  async function send(source: Buffer | Readable, options: Partial<UploadOptions>): Promise<Sent> {
    const { key } = await world.project();
    const progress: number[] = [];
    return new Promise((resolve, reject) => {
      const upload = new Upload(source, {
        endpoint: `${proxy.url}/tus`,
        headers: { authorization: `Bearer ${key}` },
        metadata: { filename: 'tour.bin', filetype: 'application/octet-stream' },
        retryDelays: [0, 10, 50, 200, 500],
        onProgress: (sent) => progress.push(sent),
        onError: reject,
        onSuccess: () => resolve({ url: upload.url ?? '', progress }),
        ...options,
      });
      upload.start();
    });
  }

  async function expectReady({ url }: Sent, bytes = BYTES): Promise<void> {
    const row = await fileAt(url);
    expect(row).toMatchObject({ status: 'ready', size: bytes.length, sha256: sha256(bytes) });
  }

  test('in one request, and in many, by both processes', async () => {
    await expectReady(await send(BYTES, {}));
    proxy.served.clear();
    await expectReady(await send(BYTES, { chunkSize: MIB }));
    expect([...proxy.served.values()].every((requests) => requests >= 5)).toBe(true);
    expect(proxy.served.size).toBe(2);
  });

  test('with the first bytes in the creation', async () => {
    await expectReady(await send(BYTES, { uploadDataDuringCreation: true, chunkSize: 4 * MIB }));
  });

  test('from a stream whose length nobody knows', async () => {
    const pieces = Array.from({ length: 20 }, (_, index) =>
      BYTES.subarray(
        Math.floor((index * BYTES.length) / 20),
        Math.floor(((index + 1) * BYTES.length) / 20),
      ),
    );
    const options = { uploadLengthDeferred: true, chunkSize: 3 * MIB };
    await expectReady(await send(Readable.from(pieces, { objectMode: false }), options));
  });

  test('in parallel pieces that are put together afterwards', async () => {
    await expectReady(await send(BYTES, { parallelUploads: 4, chunkSize: MIB }));
  });

  test('over connections that break again and again', async () => {
    proxy.cutAfter = () => (randomInt(3) === 0 ? randomInt(2 * MIB) : undefined);
    await expectReady(await send(BYTES, { chunkSize: 2 * MIB }));
  });

  test('goes on after it was closed, and terminates what it does not want', async () => {
    const { id, key } = await world.project();
    const begin = (options: Partial<UploadOptions>) =>
      new Upload(BYTES, {
        endpoint: `${proxy.url}/tus`,
        headers: { authorization: `Bearer ${key}` },
        chunkSize: MIB,
        ...options,
      });
    const first = await new Promise<Upload>((resolve, reject) => {
      const upload = begin({
        onError: reject,
        onChunkComplete: (_, accepted) => {
          if (accepted >= 3 * MIB) void upload.abort().then(() => resolve(upload), reject);
        },
      });
      upload.start();
    });
    const from: number[] = [];
    await new Promise<void>((resolve, reject) => {
      begin({
        uploadUrl: first.url ?? '',
        onError: reject,
        onProgress: (sent) => from.push(sent),
        onSuccess: () => resolve(),
      }).start();
    });
    expect(from[0]).toBeGreaterThanOrEqual(3 * MIB);
    await expectReady({ url: first.url ?? '', progress: [] });
    const unwanted = await new Promise<Upload>((resolve, reject) => {
      const upload = begin({
        onError: reject,
        onChunkComplete: () => void upload.abort(true).then(() => resolve(upload), reject),
      });
      upload.start();
    });
    expect(await fileAt(unwanted.url)).toMatchObject({ status: 'deleted' });
    expect((await usageOf(world.runtime.db, id)).reservedBytes).toBe(0);
  });

  test('hears why a file is refused, and does not try again', async () => {
    const { key } = await world.project({ allowedTypes: ['image/*'] });
    proxy.served.clear();
    const refused = send(BYTES, { headers: { authorization: `Bearer ${key}` } });
    await expect(refused).rejects.toThrow(/file_type_not_allowed/);
    expect([...proxy.served.values()].reduce((sum, one) => sum + one, 0)).toBe(1);
  });
});
