import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { eq } from 'drizzle-orm';
import { startFauxqs } from 'fauxqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SlipwayContext } from '../context.ts';
import { file } from '../file/table.ts';
import { verifyFile } from '../file/verify.ts';
import { startStrictS3 } from '../storage/s3/testing/strict-s3.ts';
import type { PutObject, Storage } from '../storage/storage.ts';
import { withStorage } from '../testing/index.ts';
import { appendBytes } from './append.ts';
import { createFinalUpload } from './concatenate.ts';
import { checksum, sha256 } from './testing/client.ts';
import { createGate, loseLocks, otherLocks } from './testing/lose-locks.ts';
import { startTusWorld, type TusWorld } from './testing/world.ts';
import { parseUploadChecksum } from './upload-checksum.ts';

const MIB = 1024 ** 2;
const BYTES = randomBytes(9 * MIB);

let world: TusWorld;
const closing: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  const upstream = await startFauxqs({ port: 0, logger: false });
  const strict = await startStrictS3(`http://127.0.0.1:${upstream.port}`);
  world = await startTusWorld(strict.options);
  closing.push(world.close, strict.close, () => upstream.stop());
});

afterAll(async () => {
  for (const close of closing) await close();
});

const idOf = (url: string) => new URL(url).pathname.slice('/tus/'.length);

async function fileAt(url: string) {
  const [row] = await world.runtime.db
    .select()
    .from(file)
    .where(eq(file.id, idOf(url)));
  if (row === undefined) throw new Error(`there is no file at ${url}`);
  return row;
}

/** A context whose storage does some things otherwise. */
const withChanges = (changes: (storage: Storage) => Partial<Storage>): SlipwayContext => {
  const storage = world.runtime.storages.default;
  return withStorage(world.jobContext(), { ...storage, ...changes(storage) });
};

function append(
  ctx: SlipwayContext,
  call: { url: string; offset: number; bytes: Buffer; checksum?: string | undefined },
) {
  return appendBytes(ctx, {
    fileId: idOf(call.url),
    offset: call.offset,
    length: undefined,
    body: Readable.from([Buffer.from(call.bytes)]),
    contentLength: call.bytes.length,
    checksum: parseUploadChecksum(call.checksum),
  });
}

function flipped(bytes: Uint8Array): Buffer {
  const wrong = Buffer.from(bytes);
  wrong[0] = (wrong[0] ?? 0) ^ 1;
  return wrong;
}

test('bytes that arrived otherwise at the storage are no ready file', async () => {
  const { tus } = await world.project();
  const bytes = BYTES.subarray(0, 1000);
  const { url } = await tus.create({ length: bytes.length });
  const flipping = withChanges((storage) => ({
    put: (input: PutObject) => storage.put({ ...input, body: flipped(input.body) }),
  }));
  const { 'upload-checksum': said } = checksum('sha1', bytes);
  await append(flipping, { url, offset: 0, bytes, checksum: said }).catch(() => undefined);
  await verifyFile(world.jobContext(), { fileId: idOf(url) }).catch(() => undefined);
  expect(await fileAt(url)).toMatchObject({
    status: 'rejected',
    failure: { code: 'digest_mismatch' },
    sha256: sha256(bytes),
  });
});

/** As of a request that lost the upload's lock while it stored what it had: another goes on meanwhile. */
async function tailThatComesLate(rest: Buffer) {
  const { tus } = await world.project();
  const { url } = await tus.create({ length: BYTES.length });
  await tus.patch([url, 0], BYTES.subarray(0, 1000));
  const { incomingKey, type } = await fileAt(url);
  await tus.patch([url, 1000], BYTES.subarray(1000, 8 * MIB + 5));
  await world.runtime.storages.default.put({ key: incomingKey ?? '', type, body: rest });
  return { tus, url };
}

test.each([
  ['as long', randomBytes(5)],
  ['shorter', randomBytes(3)],
  ['longer', randomBytes(1000)],
])('waiting bytes that somebody stored over later are sent again: %s', async (_, late) => {
  const { tus, url } = await tailThatComesLate(late);
  const refused = await tus.patch([url, 8 * MIB + 5], BYTES.subarray(8 * MIB + 5));
  expect(refused).toMatchObject({ status: 409, code: 'offset_mismatch' });
  const { offset } = await tus.head(url);
  expect(offset).toBe(8 * MIB);
  const last = await tus.patch([url, offset], BYTES.subarray(offset));
  expect(last.headers.get('slipway-status')).toBe('ready');
});

test('waiting bytes that are gone are sent again', async () => {
  const { tus, url } = await tailThatComesLate(randomBytes(5));
  await world.runtime.storages.default.delete((await fileAt(url)).incomingKey ?? '');
  expect((await tus.patch([url, 8 * MIB + 5], BYTES.subarray(8 * MIB + 5))).status).toBe(409);
  expect((await tus.head(url)).offset).toBe(8 * MIB);
});

test('a put that comes late, of a request that lost the lock meanwhile, is no part of the upload', async () => {
  const { tus } = await world.project();
  const { url } = await tus.create({ length: BYTES.length });
  await tus.patch([url, 0], BYTES.subarray(0, 1000));
  const gate = createGate();
  const locks = otherLocks(world);
  const late = withChanges((storage) => ({
    async put(input) {
      await gate.pass();
      await storage.put(input);
    },
  }));
  const stale = append({ ...late, locks }, { url, offset: 1000, bytes: randomBytes(500) });
  stale.catch(() => undefined);
  await gate.reached;
  await loseLocks(world);
  const bytes = BYTES.subarray(1000, 8 * MIB + 5);
  await expect
    .poll(async () => (await tus.patch([url, 1000], bytes)).status, { timeout: 10_000 })
    .toBe(204);
  gate.open();
  await expect(stale).rejects.toMatchObject({ status: 503 });
  await locks.close();
  expect((await tus.patch([url, 8 * MIB + 5], BYTES.subarray(8 * MIB + 5))).status).toBe(409);
  const { offset } = await tus.head(url);
  expect(offset).toBe(8 * MIB);
  await tus.patch([url, offset], BYTES.subarray(offset));
  const row = await fileAt(url);
  expect(row.status).toBe('ready');
  const object = await world.runtime.storages.default.read(row.key);
  expect(object !== null && BYTES.equals(await buffer(object))).toBe(true);
});

test.each([1000, BYTES.length])(
  'a piece of %i bytes that is read otherwise is read again, one that lies there otherwise is none',
  async (size) => {
    const { tus } = await world.project();
    const bytes = BYTES.subarray(0, size);
    const piece = await tus.create({ length: size, headers: { 'upload-concat': 'partial' } });
    await tus.patch([piece.url, 0], bytes);
    const { key, projectId } = await fileAt(piece.url);
    let wrong = 1;
    const flipping = withChanges((storage) => ({
      async read(object, range) {
        const stream = await storage.read(object, range);
        if (stream === null || object !== key || wrong === 0) return stream;
        wrong -= 1;
        return Readable.from([flipped(await buffer(stream))]);
      },
    }));
    const call = {
      projectId,
      header: `final;${piece.url}`,
      addresses: [piece.url],
      metadata: undefined,
      token: undefined,
    };
    wrong = 1000;
    await expect(createFinalUpload(flipping, call)).rejects.toMatchObject({
      code: 'upload_failed',
    });
    wrong = 1;
    const final = await createFinalUpload(flipping, call);
    expect(final.row.status).toBe('ready');
    const object = await world.runtime.storages.default.read(final.row.key);
    expect(object !== null && bytes.equals(await buffer(object))).toBe(true);
  },
);

test('senders that bring next to nothing keep nobody else away', async () => {
  const { tus: slow } = await world.project();
  const senders = [];
  for (let count = 0; count < 70; count += 1) {
    const { url } = await slow.create({ length: BYTES.length });
    const sender = slow.dribble([url, 0], {
      announce: BYTES.length,
      send: BYTES.subarray(0, 1),
    });
    await sender.sent;
    senders.push(sender);
  }
  const { tus } = await world.project();
  const { url } = await tus.create({ length: BYTES.length });
  const answer = await tus.patch([url, 0], BYTES);
  expect(answer.headers.get('slipway-status')).toBe('ready');
  for (const sender of senders) sender.cut();
  await Promise.all(senders.map(({ answered }) => answered));
});
