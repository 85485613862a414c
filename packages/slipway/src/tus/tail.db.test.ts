import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
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
import { checksum, sha256 } from './testing/client.ts';
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
