import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deleteFile } from '../file/delete.ts';
import { file } from '../file/table.ts';
import { verifyFile } from '../file/verify.ts';
import { withStorage } from '../testing/index.ts';
import { usageOf } from '../usage/usage-of.ts';
import { concatenateUpload } from './concatenate.ts';
import { sha256, type TusClient } from './testing/client.ts';
import { startTusWorld, type TusWorld } from './testing/world.ts';

let world: TusWorld;

beforeAll(async () => {
  world = await startTusWorld();
});

afterAll(() => world.close());

const PIECE = randomBytes(17 * 1024 ** 2);
/** Too much for one request: a job puts it together. */
const TIMES = 4;
const BYTES = Buffer.concat(Array.from({ length: TIMES }, () => PIECE));

async function createLarge(tus: TusClient) {
  const piece = await tus.create({ length: PIECE.length, headers: { 'upload-concat': 'partial' } });
  await tus.patch([piece.url, 0], PIECE);
  const concat = `final;${Array.from({ length: TIMES }, () => piece.url).join(' ')}`;
  const final = await tus.create({ headers: { 'upload-concat': concat } });
  expect(final.status).toBe(201);
  return { piece, final, fileId: final.headers.get('slipway-file-id') ?? '' };
}

const fileOf = async (id: string) => {
  const [row] = await world.runtime.db.select().from(file).where(eq(file.id, id));
  return row;
};

test('what was interrupted goes on where it was, and has its end only then', async () => {
  const { tus } = await world.project();
  const { final, fileId } = await createLarge(tus);
  expect((await tus.head(final.url)).headers.get('upload-offset')).toBeNull();
  const storage = world.runtime.storages.default;
  let reads = 0;
  const breaking = withStorage(world.jobContext(), {
    ...storage,
    read: (key, range) => {
      reads += 1;
      return reads === 3 ? Promise.reject(new Error('the disk is gone')) : storage.read(key, range);
    },
  });
  await expect(concatenateUpload(breaking, { fileId })).rejects.toThrow();
  expect((await fileOf(fileId))?.status).toBe('pending');
  expect((await tus.head(final.url)).headers.get('upload-offset')).toBeNull();
  await concatenateUpload(world.jobContext(), { fileId });
  await concatenateUpload(world.jobContext(), { fileId });
  const head = await tus.head(final.url);
  expect(head.offset).toBe(BYTES.length);
  expect(head.headers.get('upload-length')).toBe(String(BYTES.length));
  // Likewise a job's, because there is so much of it.
  await verifyFile(world.jobContext(), { fileId });
  expect(await fileOf(fileId)).toMatchObject({ status: 'ready', sha256: sha256(BYTES) });
});

test('without one of its pieces an upload fails for good', async () => {
  const { tus } = await world.project();
  const { piece, final, fileId } = await createLarge(tus);
  expect((await tus.remove(piece.url)).status).toBe(204);
  await expect(concatenateUpload(world.jobContext(), { fileId })).rejects.toThrow(/deleted/);
  expect(await fileOf(fileId)).toMatchObject({
    status: 'failed',
    failure: { code: 'upload_failed' },
  });
  expect((await tus.head(final.url)).status).toBe(422);
});

test('a final upload that ends without its pieces leaves them counted', async () => {
  const { tus, id } = await world.project({ maxTotalSize: BYTES.length + 1000 });
  const reserved = async () => (await usageOf(world.runtime.db, id)).reservedBytes;
  const { piece, final, fileId } = await createLarge(tus);
  expect(await reserved()).toBe(BYTES.length);
  expect((await tus.remove(final.url)).status).toBe(204);
  expect(await reserved()).toBe(PIECE.length);

  const other = await tus.create({ length: 100, headers: { 'upload-concat': 'partial' } });
  await tus.patch([other.url, 0], PIECE.subarray(0, 100));
  const concat = (...urls: string[]) => ({ 'upload-concat': `final;${urls.join(' ')}` });
  const { url } = piece;
  const failing = await tus.create({ headers: concat(url, url, url, url, other.url) });
  expect((await tus.remove(other.url)).status).toBe(204);
  const failingId = failing.headers.get('slipway-file-id') ?? '';
  await expect(concatenateUpload(world.jobContext(), { fileId: failingId })).rejects.toThrow();
  expect(await reserved()).toBe(PIECE.length);

  // By the API, which knows of no pieces: the job that would have made it sees that.
  const deleted = await tus.create({ headers: concat(url, url, url, url) });
  const deletedId = deleted.headers.get('slipway-file-id') ?? '';
  await deleteFile(world.jobContext(), { projectId: id, fileId: deletedId });
  await concatenateUpload(world.jobContext(), { fileId: deletedId }).catch(() => undefined);
  expect(await reserved()).toBe(PIECE.length);
  expect(await fileOf(fileId)).toMatchObject({ status: 'deleted' });
});
