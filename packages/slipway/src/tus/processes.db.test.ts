import { randomBytes, randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { file } from '../file/table.ts';
import { checksum, createTusClient, sha256, type TusClient } from './testing/client.ts';
import { startServerPool } from './testing/server-pool.ts';
import { startTusWorld, type TusWorld } from './testing/world.ts';

const MIB = 1024 ** 2;
/** More of them find no more, and take a second each. */
const KILLS = Number(process.env['TUS_KILLS'] ?? 10);
const PAIRS = 50;

let world: TusWorld;
let pool: ReturnType<typeof startServerPool>;

beforeAll(async () => {
  world = await startTusWorld();
  const { DATABASE_URL, DATA_DIR, SLIPWAY_SECRET } = world.runtime.env;
  const env = { DATABASE_URL, DATA_DIR, SLIPWAY_SECRET, LOG_LEVEL: 'silent', SLIPWAY_ROLE: 'api' };
  pool = startServerPool(env, 2);
});

afterAll(async () => {
  await pool.close();
  await world.close();
});

async function fileAt(url: string) {
  const id = new URL(url).pathname.slice('/tus/'.length);
  const [row] = await world.runtime.db.select().from(file).where(eq(file.id, id));
  return row;
}

test('of two that send to one upload by two processes, one is taken whole, the other not at all', async () => {
  const { key } = await world.project();
  const [one, other] = await Promise.all([pool.take(), pool.take()]);
  const clients = [one, other].map(({ url }) => createTusClient(url, key));
  const pairs = Array.from({ length: PAIRS }, async (_, index) => {
    const bodies = clients.map(() => randomBytes(200_000 + index));
    const { url } = (await clients[0]?.create({ length: 200_000 + index })) ?? { url: '' };
    const answers = await Promise.all(
      clients.map((client, at) => client.patch([url, 0], bodies[at] ?? Buffer.alloc(0))),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses[0]).toBe(204);
    expect([409, 413, 423]).toContain(statuses[1]);
    const winner = answers.findIndex(({ status }) => status === 204);
    expect(await fileAt(url)).toMatchObject({
      status: 'ready',
      sha256: sha256(bodies[winner] ?? Buffer.alloc(0)),
    });
  });
  await Promise.all(pairs);
  await Promise.all([one.kill(), other.kill()]);
}, 120_000);

interface Upload {
  url: string;
  bytes: Buffer;
  checked: boolean;
  /** What was said to be there. */
  acknowledged: number;
}

/** Piece after piece, until it is whole or nobody answers any more. */
async function sendUntilKilled(tus: TusClient, upload: Upload): Promise<void> {
  const { url, bytes, checked } = upload;
  while (upload.acknowledged < bytes.length) {
    const start = upload.acknowledged;
    const piece = bytes.subarray(start, start + randomInt(1, 3 * MIB));
    const headers = checked ? checksum('sha1', piece) : {};
    const answer = await tus.patch([url, start], piece, headers).catch(() => undefined);
    if (answer === undefined) return;
    expect(answer.status).toBe(204);
    upload.acknowledged = answer.offset;
  }
}

test(`what was acknowledged outlives the process, ${KILLS} times`, async () => {
  const { tus: observer, key } = await world.project();
  const begin = async (checked: boolean): Promise<Upload> => {
    const bytes = randomBytes(24 * MIB);
    const { url } = await observer.create({ length: bytes.length });
    return { url, bytes, checked, acknowledged: 0 };
  };
  let upload = await begin(false);
  let whole = 0;
  for (let kills = 0; kills < KILLS; ) {
    const server = await pool.take();
    const sending = sendUntilKilled(createTusClient(server.url, key), upload);
    await sleep(randomInt(0, 150));
    await server.kill();
    await sending;
    kills += 1;
    const { offset, status } = await observer.head(upload.url);
    expect(status).toBe(200);
    expect(offset).toBeGreaterThanOrEqual(upload.acknowledged);
    expect(offset).toBeLessThanOrEqual(upload.bytes.length);
    upload.acknowledged = offset;
    if (offset < upload.bytes.length && kills < KILLS) continue;
    await sendUntilKilled(observer, upload);
    await observer.head(upload.url);
    expect(await fileAt(upload.url)).toMatchObject({
      status: 'ready',
      sha256: sha256(upload.bytes),
    });
    whole += 1;
    upload = await begin(!upload.checked);
  }
  expect(whole).toBeGreaterThan(0);
}, 600_000);
