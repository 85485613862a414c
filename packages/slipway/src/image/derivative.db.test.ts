import { loadEnv } from '@repo/foundation/config';
import { eq } from 'drizzle-orm';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createRuntime } from '../create-runtime.ts';
import { SlipwayEnv } from '../env.ts';
import { eraseFile } from '../file/erase.ts';
import { getFile } from '../file/get.ts';
import { completeUpload, deleteFile, getFileUrl, requestUpload } from '../file/index.ts';
import type { FileUrlQuery } from '../file/schema.ts';
import { createHttp } from '../http.ts';
import { startTestSlipway, type TestSlipway, type TestTenant } from '../testing/index.ts';
import { MAX_DERIVATIVES } from './evict-derivatives.ts';
import { derivative } from './table.ts';
import { counting } from './testing/counting.ts';

let slipway: TestSlipway;
let tenant: TestTenant;
let projectId: string;
let photo: Buffer;

beforeAll(async () => {
  slipway = await startTestSlipway();
  tenant = await slipway.tenant();
  photo = await sharp({
    create: { width: 600, height: 400, channels: 3, background: '#c86432' },
  })
    .withExif({ IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '50/1 56/1 0/1' } })
    .jpeg()
    .toBuffer();
});
beforeEach(async () => {
  ({ id: projectId } = await slipway.project(tenant, { visibility: 'public' }));
});
afterAll(() => slipway.close());

interface Upload {
  bytes?: Buffer;
  name?: string;
  type?: string;
  project?: string;
}

async function ready({
  bytes = photo,
  name = 'house.jpg',
  type = 'image/jpeg',
  project = projectId,
}: Upload = {}) {
  const upload = { name, size: bytes.length, type };
  const { id, key } = await requestUpload(tenant.ctx, { projectId: project, upload });
  await slipway.putBytes({ key, bytes, type });
  return completeUpload(tenant.ctx, { projectId: project, upload: { id } });
}

const get = (url: string, init: RequestInit = {}, runtime = slipway.runtime) =>
  createHttp(runtime, { stopping: false }).request(url, init, {});

const webp = { headers: { accept: 'image/webp,*/*' } };

async function sizeOf(answer: Response): Promise<number[]> {
  const { width, height } = await sharp(Buffer.from(await answer.arrayBuffer())).metadata();
  return [width, height];
}

const rowsOf = (fileId: string) =>
  tenant.ctx.db.select().from(derivative).where(eq(derivative.fileId, fileId));

async function objects(): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of tenant.ctx.storages.default.list()) {
    if (key.startsWith(`${projectId}/`)) keys.push(key);
  }
  return keys;
}

describe('a public picture', () => {
  test('comes in the size that was asked for, and is kept beside its file', async () => {
    const { id, url, key } = await ready();
    const answer = await get(`${url}?w=320&h=320`, webp);
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/webp',
      'content-disposition': expect.stringContaining('inline; filename="house.webp"'),
      'cache-control': 'public, max-age=300, must-revalidate',
      'content-security-policy': expect.stringContaining('sandbox'),
      vary: 'accept',
      'accept-ranges': 'bytes',
    });
    const [row, ...others] = await rowsOf(id);
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      spec: 'v1,w=320,h=320,fit=inside,format=auto-webp',
      type: 'image/webp',
      width: 320,
      height: 213,
      storageId: null,
    });
    expect(answer.headers.get('etag')).toBe(`"${row?.sha256}"`);
    expect(Number(answer.headers.get('content-length'))).toBe(row?.size);
    expect(await sizeOf(answer)).toEqual([320, 213]);
    expect((await objects()).sort()).toEqual([key, row?.key].sort());
  });

  test('is asked about with an ETag, in pieces and by HEAD like any file', async () => {
    const { url } = await ready();
    const address = `${url}?w=320&format=jpeg`;
    const whole = await get(address);
    expect(whole.headers.get('vary')).toBeNull();
    const bytes = Buffer.from(await whole.arrayBuffer());
    const etag = whole.headers.get('etag') ?? '';
    for (const known of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
      const again = await get(address, { headers: { 'if-none-match': known } });
      expect(again.status, known).toBe(304);
      expect(again.headers.get('cache-control')).toBe('public, max-age=300, must-revalidate');
    }
    expect((await get(address, { headers: { 'if-none-match': '"x"' } })).status).toBe(200);
    const piece = await get(address, { headers: { range: 'bytes=10-19' } });
    expect(piece.status).toBe(206);
    expect(Buffer.from(await piece.arrayBuffer())).toEqual(bytes.subarray(10, 20));
    const head = await get(address, { method: 'HEAD' });
    expect(head.headers.get('content-length')).toBe(String(bytes.length));
    expect(head.headers.get('content-type')).toBe('image/jpeg');
  });

  test('is saved under a name that fits it', async () => {
    const { url } = await ready();
    const answer = await get(`${url}?w=64&download`, webp);
    expect(answer.headers.get('content-disposition')).toContain(
      'attachment; filename="house.webp"',
    );
    const original = await get(`${url}?download`);
    expect(original.headers.get('content-disposition')).toContain(
      'attachment; filename="house.jpg"',
    );
  });

  test('is the one that each browser can show', async () => {
    const { url } = await ready();
    const typeFor = async (accept: string) =>
      (await get(`${url}?w=64`, { headers: { accept } })).headers.get('content-type');
    expect(await typeFor('image/avif,image/webp,*/*')).toBe('image/avif');
    expect(await typeFor('image/webp,*/*')).toBe('image/webp');
    expect(await typeFor('*/*')).toBe('image/jpeg');
  });

  test('comes in steps: counting up the width makes no picture for each', async () => {
    const { id, url } = await ready();
    for (let width = 257; width <= 320; width += 7) {
      expect(await sizeOf(await get(`${url}?w=${width}&q=${width % 7}`, webp))).toEqual([320, 213]);
    }
    expect(await rowsOf(id)).toHaveLength(1);
  });

  test('of every file only so many are kept, the thumbnail always', async () => {
    const { id, url } = await ready();
    await get(`${url}?preset=thumbnail`);
    for (let height = 1; height <= MAX_DERIVATIVES + 5; height += 1) {
      expect((await get(`${url}?w=96&h=${height}&fit=cover&format=webp`)).status).toBe(200);
    }
    const rows = await rowsOf(id);
    expect(rows).toHaveLength(MAX_DERIVATIVES + 1);
    expect(rows.map(({ spec }) => spec)).toContain('v1,w=320,h=320,fit=inside,format=webp');
    expect(await objects()).toHaveLength(MAX_DERIVATIVES + 2);
    // Those that made room are made again when somebody asks.
    expect((await get(`${url}?w=96&h=1&fit=cover&format=webp`)).status).toBe(200);
  });

  test('and no more bytes than so many, in whatever format', async () => {
    const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
    const create = { width: 2600, height: 2600, channels: 3, background: '#000', noise } as const;
    const bytes = await sharp({ create }).jpeg({ quality: 50 }).toBuffer();
    const { id, url } = await ready({ bytes });
    // Some 20 MB each.
    for (const height of [2560, 2550, 2540, 2530])
      await get(`${url}?w=2560&h=${height}&fit=cover&format=png`);
    const rows = await rowsOf(id);
    expect(rows.length).toBeLessThan(4);
    expect(rows.reduce((sum, { size }) => sum + size, 0)).toBeLessThanOrEqual(64 * 1024 ** 2);
    expect(rows.map(({ spec }) => spec)).toContain('v1,w=2560,h=2530,fit=cover,format=png');
  });

  test('may be kept for long by who knows which bytes it means', async () => {
    const { url, sha256 } = await ready();
    const version = sha256?.slice(0, 16);
    for (const query of ['', '&w=320']) {
      const cached = async (v: string | undefined) =>
        (await get(`${url}?v=${v}${query}`)).headers.get('cache-control');
      const immutable = 'public, max-age=31536000, s-maxage=300, immutable';
      expect(await cached(version)).toBe(immutable);
      for (const wrong of ['', '0', version?.slice(0, 8), 'f'.repeat(16)])
        expect(await cached(wrong)).toBe('public, max-age=300, must-revalidate');
    }
  });

  test.each([
    ['w=0', 400, 'validation_failed'],
    ['w=99999', 400, 'validation_failed'],
    ['w=1&fit=fill', 400, 'validation_failed'],
    ['format=svg', 400, 'validation_failed'],
    ['preset=none', 400, 'validation_failed'],
  ])('is refused in words for %s', async (query, status, code) => {
    const { url, id } = await ready();
    const answer = await get(`${url}?${query}`);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ error: { code } });
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await rowsOf(id)).toEqual([]);
  });
});

describe('a private picture', () => {
  const signed = async (fileId: string, query: FileUrlQuery) =>
    (await getFileUrl(tenant.ctx, { projectId, fileId, query })).url;

  beforeEach(async () => {
    ({ id: projectId } = await slipway.project(tenant));
  });

  test('is for who has its URL, in exactly its size', async () => {
    const { id, key } = await ready();
    expect((await get(`http://127.0.0.1:3000/f/${key}?w=320`)).status).toBe(404);
    const url = await signed(id, { transform: 'w=333,h=111,fit=cover,q=77' });
    const answer = await get(url, webp);
    expect(answer.headers.get('cache-control')).toBe('private, max-age=300');
    expect(await sizeOf(answer)).toEqual([333, 111]);
    expect((await rowsOf(id)).map(({ spec }) => spec)).toEqual([
      'v1,w=333,h=111,fit=cover,format=auto-webp,q=77',
    ]);
    for (const changed of [url.replace('w=333', 'w=334'), `${url}&dpr=2`, `${url}&w=9`])
      expect((await get(changed)).status, changed).toBe(403);
    // The URL of a picture is none for the original.
    expect((await get(url.replace(/[?&](w|h|fit|q|format)=[^&]*/g, ''))).status).toBe(403);
  });

  test('presets have names, also to be saved under', async () => {
    const { id } = await ready();
    const url = await signed(id, { transform: 'thumbnail', download: 'small.webp' });
    const answer = await get(url);
    expect(answer.headers.get('content-type')).toBe('image/webp');
    expect(answer.headers.get('content-disposition')).toContain(
      'attachment; filename="small.webp"',
    );
  });

  test('what cannot be made is refused when the URL is asked for', async () => {
    const { id } = await ready();
    await expect(signed(id, { transform: 'huge' })).rejects.toThrow('expected thumbnail, preview');
    await expect(signed(id, { transform: 'w=5000' })).rejects.toThrow('from 1 to 4096');
    const text = await ready({ bytes: Buffer.from('words'), name: 'a.txt', type: 'text/plain' });
    await expect(signed(text.id, { transform: 'thumbnail' })).rejects.toMatchObject({
      code: 'image_unsupported',
      message: 'Expected a JPEG, PNG, WebP, GIF, AVIF or TIFF; this file is text/plain.',
    });
  });
});

describe('made once', () => {
  test('however many ask at once, in two processes', async () => {
    const { id, url } = await ready();
    const { DATABASE_URL, DATA_DIR, SLIPWAY_SECRET } = slipway.runtime.env;
    const elsewhere = await createRuntime(
      loadEnv(SlipwayEnv, { DATABASE_URL, DATA_DIR, SLIPWAY_SECRET, LOG_LEVEL: 'silent' }),
    );
    const both = [counting(slipway.runtime), counting(elsewhere)] as const;
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        get(`${url}?w=320`, webp, both[index % 2 === 0 ? 0 : 1].runtime),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ headers }) => headers.get('etag'))).size).toBe(1);
    await Promise.all(answers.map((answer) => answer.arrayBuffer()));
    expect(both[0].made.pictures + both[1].made.pictures).toBe(1);
    expect(await rowsOf(id)).toHaveLength(1);
    expect(await objects()).toHaveLength(2);
    await elsewhere.close();
  });

  test('what cannot be made is not tried again at once', async () => {
    const { url } = await ready({ bytes: photo.subarray(0, photo.length / 2) });
    const { runtime, made } = counting(slipway.runtime);
    for (const width of [320, 320, 640]) {
      const answer = await get(`${url}?w=${width}`, webp, runtime);
      expect(answer.status).toBe(422);
      expect(await answer.json()).toMatchObject({ error: { code: 'image_damaged' } });
    }
    expect(made.pictures).toBe(1);
    // The file itself is served all the same.
    expect((await get(String(url))).status).toBe(200);
  });

  test('one that the storage lost is made again', async () => {
    const { id, url } = await ready();
    const first = await get(`${url}?w=320`, webp);
    const [lost] = await rowsOf(id);
    await tenant.ctx.storages.default.delete(lost?.key ?? '');
    const again = await get(`${url}?w=320`, webp);
    expect(again.status).toBe(200);
    expect(await again.arrayBuffer()).toEqual(await first.arrayBuffer());
    const rows = await rowsOf(id);
    expect(rows).toHaveLength(1);
    expect(rows[0]?.key).not.toBe(lost?.key);
  });
});

test('of damaged bytes nothing is made, and a damaged picture is made again', async () => {
  const { id, url } = await ready();
  const first = Buffer.from(await (await get(`${url}?w=320`, webp)).arrayBuffer());
  const [made] = await rowsOf(id);
  const { default: storage } = tenant.ctx.storages;
  const put = (key: string, body: Buffer) => storage.put({ key, type: 'image/webp', body });
  await put(made?.key ?? '', Buffer.from(first).reverse());
  const broken = await get(`${url}?w=320`, webp);
  await expect(broken.arrayBuffer()).rejects.toThrow();
  await expect.poll(() => rowsOf(id)).toEqual([]);
  const again = await get(`${url}?w=320`, webp);
  expect(Buffer.from(await again.arrayBuffer())).toEqual(first);
  const rotten = Buffer.from(photo);
  rotten[rotten.length - 100] = (rotten[rotten.length - 100] ?? 0) ^ 8;
  const [, original = ''] = new URL(String(url)).pathname.split('/f/');
  await put(original, rotten);
  expect((await get(`${url}?w=640`, webp)).status).toBe(503);
  expect(await rowsOf(id)).toHaveLength(1);
});

describe('the end', () => {
  test('pictures are erased with their file', async () => {
    const { id, url } = await ready();
    for (const width of [64, 320]) await get(`${url}?w=${width}`, webp);
    expect(await objects()).toHaveLength(3);
    await deleteFile(tenant.ctx, { projectId, fileId: id });
    expect((await get(`${url}?w=320`, webp)).status).toBe(404);
    await eraseFile(tenant.ctx, { fileId: id });
    expect(await objects()).toEqual([]);
    expect(await rowsOf(id)).toEqual([]);
  });

  test('a picture that was being made when its file was deleted is not kept', async () => {
    const { id, url } = await ready();
    const { runtime } = counting(slipway.runtime, async () => {
      await deleteFile(tenant.ctx, { projectId, fileId: id });
      await eraseFile(tenant.ctx, { fileId: id });
    });
    expect((await get(`${url}?w=320`, webp, runtime)).status).toBe(404);
    expect(await objects()).toEqual([]);
    expect(await rowsOf(id)).toEqual([]);
  });
});

test('every picture gets its thumbnail by itself, what is none gets none', async () => {
  const picture = await ready();
  const damaged = await ready({ bytes: photo.subarray(0, photo.length / 2) });
  const text = await ready({ bytes: Buffer.from('words'), name: 'a.txt', type: 'text/plain' });
  await slipway.runtime.queue.work((job) =>
    slipway.runtime.context({
      actor: { type: 'system', job: job.name },
      requestId: job.id,
      ip: null,
    }),
  );
  await expect
    .poll(() => rowsOf(picture.id), { timeout: 15_000 })
    .toMatchObject([{ spec: 'v1,w=320,h=320,fit=inside,format=webp', type: 'image/webp' }]);
  const seen = async (fileId: string) => {
    const { width, height, thumbhash } = await getFile(tenant.ctx, { projectId, fileId });
    return { width, height, thumbhash };
  };
  const size = { width: 600, height: 400 };
  expect(await seen(picture.id)).toEqual({
    ...size,
    thumbhash: expect.stringMatching(/^\S{20,}$/),
  });
  // Its beginning says how large it is; nobody could look at the rest.
  expect(await seen(damaged.id)).toEqual({ ...size, thumbhash: null });
  expect(await seen(text.id)).toEqual({ width: null, height: null, thumbhash: null });
  const { runtime, made } = counting(slipway.runtime);
  const served = await get(`${picture.url}?preset=thumbnail`, {}, runtime);
  expect(await sizeOf(served)).toEqual([320, 213]);
  expect(made.pictures).toBe(0);
  expect(await rowsOf(damaged.id)).toEqual([]);
  expect(await rowsOf(text.id)).toEqual([]);
});

test('what is no picture is said to be none', async () => {
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
  const { url } = await ready({ bytes: svg, name: 'a.svg', type: 'image/svg+xml' });
  const answer = await get(`${url}?w=320`);
  expect(answer.status).toBe(422);
  expect(await answer.json()).toMatchObject({
    error: { code: 'image_unsupported', message: expect.stringContaining('image/svg+xml') },
  });
});
