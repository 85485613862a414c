import { randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { and, eq } from 'drizzle-orm';
import { startFauxqs } from 'fauxqs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sweepFiles } from '../file/sweep.ts';
import { file } from '../file/table.ts';
import type { S3Options } from '../storage/s3/client.ts';
import { PROFILES } from '../storage/s3/testing/rules.ts';
import { startStrictS3 } from '../storage/s3/testing/strict-s3.ts';
import { usageOf } from '../usage/usage-of.ts';
import { checksum, sha256, type TusClient } from './testing/client.ts';
import { startTusWorld, type TusWorld } from './testing/world.ts';

const MIB = 1024 ** 2;
/** In a bucket a part, and a piece of another. */
const BYTES = randomBytes(11 * MIB);
const DAYS = 86_400_000;

const idOf = (url: string) => new URL(url).pathname.slice('/tus/'.length);

/** Buckets by the rules of two that differ the most: one wants equal parts and compares digests, the other does neither. */
const STORAGES = [
  ['on disk', undefined],
  ['in a bucket by R2’s rules', PROFILES.R2],
  ['in a bucket by B2’s rules', PROFILES.B2],
] as const;

describe.each(STORAGES)('%s', (_, rules) => {
  let world: TusWorld;
  const closing: (() => Promise<unknown>)[] = [];

  async function startBucket(): Promise<S3Options> {
    const upstream = await startFauxqs({ port: 0, logger: false });
    const strict = await startStrictS3(`http://127.0.0.1:${upstream.port}`, rules);
    closing.push(strict.close, () => upstream.stop());
    return strict.options;
  }

  beforeAll(async () => {
    world = await startTusWorld(rules && (await startBucket()));
  });

  afterAll(async () => {
    await world.close();
    for (const close of closing) await close();
  });

  /** Returns when a request sends to this upload, and holds it. */
  async function isBeingSent(fileId: string): Promise<void> {
    await expect
      .poll(async () => {
        const lock = await world.jobContext().locks.acquire(`tus:${fileId}`);
        await lock?.release();
        return lock === null;
      })
      .toBe(true);
  }

  async function fileAt(url: string) {
    const [row] = await world.runtime.db
      .select()
      .from(file)
      .where(eq(file.id, idOf(url)));
    if (row === undefined) throw new Error(`there is no file at ${url}`);
    return row;
  }

  async function contentOf(row: typeof file.$inferSelect): Promise<Buffer> {
    const stream = await world.runtime.storages.default.read(row.key);
    if (stream === null) throw new Error(`there is no object ${row.key}`);
    return buffer(stream);
  }

  async function expectReady({ url, bytes }: { url: string; bytes: Buffer }) {
    const row = await fileAt(url);
    expect(row).toMatchObject({ status: 'ready', size: bytes.length });
    expect((await contentOf(row)).equals(bytes)).toBe(true);
    // Something that was computed from the bytes, not from what anybody said of them.
    expect(row.sha256 ?? row.checksum).toMatch(
      row.sha256 === null ? /^sha256-parts:\d+:[0-9a-f]{64}$/ : new RegExp(sha256(bytes)),
    );
  }

  /** All bytes, in requests of these sizes, and then the rest. */
  async function sendIn(tus: TusClient, url: string, sizes: number[]): Promise<void> {
    let offset = 0;
    for (const size of [...sizes, BYTES.length]) {
      const piece = BYTES.subarray(offset, offset + size);
      if (piece.length === 0) return;
      const answer = await tus.patch([url, offset], piece);
      expect(answer.status).toBe(204);
      offset += piece.length;
      expect(answer.offset).toBe(offset);
    }
  }

  test.each([
    ['one request', []],
    ['requests of any size', [1, 3 * MIB, 5 * MIB + 7, 100]],
    ['requests of one part each', [8 * MIB]],
    ['requests that end within one part', [1000, 1000, 1000, 7 * MIB]],
  ])('arrives whole in %s', async (_name, sizes) => {
    const { tus } = await world.project();
    const { url } = await tus.create({ length: BYTES.length });
    await sendIn(tus, url, sizes);
    await expectReady({ url, bytes: BYTES });
  });

  test.each([1, 8 * MIB])('arrives whole with %i bytes', async (size) => {
    const { tus } = await world.project();
    const bytes = BYTES.subarray(0, size);
    const metadata = { sha256: sha256(bytes) };
    const { url } = await tus.create({ length: size, metadata, body: bytes });
    await expectReady({ url, bytes });
  });

  test('wrong bytes that filled parts are not what a shorter upload ends with', async () => {
    const { tus } = await world.project();
    const { url } = await tus.create({ headers: { 'upload-defer-length': '1' } });
    const refused = await tus.patch([url, 0], BYTES, checksum('sha1', Buffer.from('x')));
    expect(refused.status).toBe(460);
    const bytes = BYTES.subarray(0, 100);
    const said = { 'upload-length': '100', ...checksum('md5', bytes) };
    expect((await tus.patch([url, 0], bytes, said)).status).toBe(204);
    await expectReady({ url, bytes });
  });

  // The rest is the same wherever parts are.
  if (rules === PROFILES.B2) return;

  test('wrong bytes leave nothing behind them, wherever they would have ended', async () => {
    const { tus } = await world.project();
    const { url } = await tus.create({ length: BYTES.length });
    let offset = 0;
    for (const size of [3 * MIB, 6 * MIB, 2 * MIB]) {
      const piece = BYTES.subarray(offset, offset + size);
      const wrong = Buffer.from(piece);
      wrong[size - 1] = (wrong[size - 1] ?? 0) ^ 1;
      const refused = await tus.patch([url, offset], wrong, checksum('sha1', piece));
      expect(refused).toMatchObject({ status: 460, code: 'checksum_mismatch' });
      expect((await tus.head(url)).offset).toBe(offset);
      expect((await tus.patch([url, offset], piece, checksum('sha1', piece))).status).toBe(204);
      offset += size;
    }
    await expectReady({ url, bytes: BYTES });
  });

  test('what came before a cut is kept, and the rest makes it whole', async () => {
    const { tus } = await world.project();
    const { url } = await tus.create({ length: BYTES.length });
    let offset = 0;
    for (const size of [10_000, 9 * MIB]) {
      const send = BYTES.subarray(offset, offset + size);
      const sender = tus.dribble([url, offset], { announce: BYTES.length - offset, send });
      await sender.sent;
      sender.cut();
      await sender.answered;
      const before = offset;
      offset = (await tus.head(url)).offset;
      expect(offset).toBeGreaterThanOrEqual(before);
      expect(offset).toBeLessThanOrEqual(before + size);
    }
    expect(offset).toBeGreaterThan(0);
    await tus.patch([url, offset], BYTES.subarray(offset));
    await expectReady({ url, bytes: BYTES });
  });

  test('a cut within checked bytes keeps none of them', async () => {
    const { tus } = await world.project();
    const { url } = await tus.create({ length: BYTES.length });
    await tus.patch([url, 0], BYTES.subarray(0, 1000));
    const sender = tus.dribble([url, 1000], {
      announce: BYTES.length - 1000,
      send: BYTES.subarray(1000, 9 * MIB),
      headers: checksum('sha1', BYTES.subarray(1000)),
    });
    await sender.sent;
    sender.cut();
    await sender.answered;
    expect((await tus.head(url)).offset).toBe(1000);
    await tus.patch([url, 1000], BYTES.subarray(1000));
    await expectReady({ url, bytes: BYTES });
  });

  test('asking for the offset ends a request that hangs, and keeps what it brought', async () => {
    const { tus } = await world.project();
    const { url } = await tus.create({ length: BYTES.length });
    const send = BYTES.subarray(0, 9 * MIB);
    const sender = tus.dribble([url, 0], { announce: BYTES.length, send });
    await isBeingSent(idOf(url));
    const { offset, status } = await tus.head(url);
    expect(status).toBe(200);
    expect(await sender.answered).toBe(423);
    expect(offset).toBeLessThanOrEqual(send.length);
    await tus.patch([url, offset], BYTES.subarray(offset));
    await expectReady({ url, bytes: BYTES });
  });

  test('a terminated upload is gone with its bytes, also while they arrive', async () => {
    const { tus } = await world.project();
    const before = await world.stored();
    const { url } = await tus.create({ length: BYTES.length });
    await tus.patch([url, 0], BYTES.subarray(0, 9 * MIB));
    expect(await world.stored()).toBeGreaterThan(before + 8 * MIB);
    const sender = tus.dribble([url, 9 * MIB], {
      announce: 2 * MIB,
      send: BYTES.subarray(9 * MIB, 10 * MIB),
    });
    await isBeingSent(idOf(url));
    expect((await tus.remove(url)).status).toBe(204);
    expect(await sender.answered).toBe(423);
    expect(await world.stored()).toBe(before);
    expect((await tus.head(url)).status).toBe(410);
    expect((await tus.patch([url, 9 * MIB], BYTES.subarray(0, 1))).status).toBe(410);
    expect((await tus.remove(url)).status).toBe(410);
  });

  test('an abandoned upload is gone after its time, and its space is free', async () => {
    const { tus } = await world.project();
    const before = await world.stored();
    const { url } = await tus.create({ length: BYTES.length });
    await tus.patch([url, 0], BYTES.subarray(0, 9 * MIB));
    const partial = await tus.create({ length: 10, headers: { 'upload-concat': 'partial' } });
    await tus.patch([partial.url, 0], BYTES.subarray(0, 10));
    // Time for the sweeper, and a second for the seconds that an address counts in.
    await sweepFiles(world.jobContext(6 * DAYS));
    expect(await world.stored()).toBeGreaterThan(before + 8 * MIB);
    await sweepFiles(world.jobContext(9 * DAYS));
    await sweepFiles(world.jobContext(9 * DAYS));
    expect(await world.stored()).toBe(before);
    expect((await tus.head(url)).status).toBe(410);
    expect((await tus.patch([url, 9 * MIB], BYTES.subarray(0, 1))).status).toBe(410);
    world.later(9 * DAYS);
    try {
      expect(await tus.head(url)).toMatchObject({ status: 410 });
      expect(await tus.patch([url, 0], BYTES.subarray(0, 1))).toMatchObject({
        status: 410,
        code: 'upload_expired',
      });
    } finally {
      world.later(-9 * DAYS);
    }
  });

  test('an upload whose last request never came to its end is settled by the sweeper', async () => {
    const { tus } = await world.project();
    const { url } = await tus.create({ length: BYTES.length });
    const row = await fileAt(url);
    await tus.patch([url, 0], BYTES);
    // As if the process had died after the last byte was written down.
    await world.runtime.db
      .update(file)
      .set({ createdAt: new Date(Date.now() - 60_000) })
      .where(and(eq(file.id, row.id)));
    await sweepFiles(world.jobContext());
    await expectReady({ url, bytes: BYTES });
  });

  describe('concatenation', () => {
    const PARTIAL = { 'upload-concat': 'partial' };
    const pieces = [
      BYTES.subarray(0, 7 * MIB),
      BYTES.subarray(7 * MIB, 10 * MIB),
      BYTES.subarray(10 * MIB),
    ];

    async function sendPieces(tus: TusClient): Promise<string[]> {
      return Promise.all(
        pieces.map(async (piece) => {
          const { url } = await tus.create({ length: piece.length, headers: PARTIAL });
          await tus.patch([url, 0], piece);
          return url;
        }),
      );
    }

    test('makes one file of the pieces, in the order that was asked for', async () => {
      const { tus, id } = await world.project();
      const before = await world.stored();
      const urls = await sendPieces(tus);
      const piece = await tus.head(urls[0] ?? '');
      expect(piece.headers.get('upload-concat')).toBe('partial');
      expect(piece.offset).toBe(7 * MIB);
      // Paths will do, and so will whole addresses.
      const [first = '', second = '', third = ''] = urls;
      const { pathname, search } = new URL(second);
      const concat = `final;${first} ${pathname}${search} ${third}`;
      const metadata = { filename: 'all.bin', sha256: sha256(BYTES) };
      const final = await tus.create({ metadata, headers: { 'upload-concat': concat } });
      expect(final.status).toBe(201);
      expect(final.headers.get('slipway-status')).toBe('ready');
      const head = await tus.head(final.url);
      expect(head.headers.get('upload-concat')).toBe(concat);
      expect(head.headers.get('upload-length')).toBe(String(BYTES.length));
      expect(head.offset).toBe(BYTES.length);
      await expectReady({ url: final.url, bytes: BYTES });
      expect((await tus.patch([final.url, BYTES.length], new Uint8Array())).status).toBe(403);
      // The pieces are no files, and nothing of them is left.
      for (const url of urls) expect((await tus.head(url)).status).toBe(410);
      const { db } = world.runtime;
      expect(await usageOf(db, id)).toMatchObject({ files: 1, reservedFiles: 0, reservedBytes: 0 });
      expect((await world.stored()) - before).toBeLessThan(BYTES.length + 1000);
    });

    test('needs whole pieces of the same project', async () => {
      const { tus } = await world.project();
      const stranger = await world.project();
      const [whole = ''] = await sendPieces(stranger.tus);
      const half = await tus.create({ length: 10, headers: PARTIAL });
      const ordinary = await tus.create({ length: 3 });
      const none = `${new URL(half.url).pathname}?expires=1&signature=x`;
      for (const url of [whole, half.url, ordinary.url, none, 'https://example.com/x']) {
        const answer = await tus.create({ headers: { 'upload-concat': `final;${url}` } });
        expect([400, 403]).toContain(answer.status);
      }
      const withLength = { 'upload-concat': `final;${half.url}` };
      expect((await tus.create({ length: 10, headers: withLength })).status).toBe(400);
    });

    test('obeys the rules for the whole, and counts no byte twice', async () => {
      const rules = { maxSize: 10 * MIB, maxTotalSize: 12 * MIB, allowedTypes: ['text/plain'] };
      const { tus, id } = await world.project(rules);
      const concat = { 'upload-concat': `final;${(await sendPieces(tus)).join(' ')}` };
      const metadata = { filetype: 'text/plain' };
      expect(await tus.create({ metadata, headers: concat })).toMatchObject({
        status: 413,
        code: 'file_too_large',
      });
      expect((await tus.create({ headers: concat })).code).toBe('file_type_not_allowed');
      const { db } = world.runtime;
      expect((await usageOf(db, id)).reservedBytes).toBe(BYTES.length);
      expect((await tus.create({ length: 2 * MIB, metadata })).code).toBe('storage_limit_reached');
      const wide = await world.project({ maxTotalSize: 12 * MIB });
      const urls = await sendPieces(wide.tus);
      const final = await wide.tus.create({
        headers: { 'upload-concat': `final;${urls.join(' ')}` },
      });
      expect(final.headers.get('slipway-status')).toBe('ready');
    });
  });
});
