import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { file } from '../file/table.ts';
import { checksum, sha256 } from './testing/client.ts';
import { startTusWorld, type TusWorld } from './testing/world.ts';

let world: TusWorld;

beforeAll(async () => {
  world = await startTusWorld();
});

afterAll(() => world.close());

const TEXT = Buffer.from('some bytes that are a note\n');
const NOTE = { filename: 'note.txt', filetype: 'text/plain' };

const fileOf = async (id: string | null) => {
  const [row] = await world.runtime.db
    .select()
    .from(file)
    .where(eq(file.id, id ?? ''));
  if (row === undefined) throw new Error(`there is no file ${id}`);
  return row;
};

describe('what every request has to be', () => {
  test('OPTIONS says what this server can do, to anybody, from anywhere', async () => {
    const response = await fetch(`${world.url}/tus`, { method: 'OPTIONS' });
    expect(response.status).toBe(204);
    const { headers } = response;
    expect(headers.get('tus-version')).toBe('1.0.0');
    expect(headers.get('tus-extension')?.split(',').sort()).toEqual([
      'checksum',
      'concatenation',
      'creation',
      'creation-defer-length',
      'creation-with-upload',
      'expiration',
      'termination',
    ]);
    expect(headers.get('tus-checksum-algorithm')?.split(',')).toContain('sha1');
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('access-control-allow-methods')).toContain('PATCH');
    expect(headers.get('access-control-allow-headers')).toContain('Upload-Checksum');
    expect(headers.get('access-control-expose-headers')).toContain('Upload-Offset');
  });

  test.each([undefined, '0.2.2', '1.0.1'])('version %s of tus is refused', async (version) => {
    const headers: Record<string, string> =
      version === undefined ? {} : { 'tus-resumable': version };
    const response = await fetch(`${world.url}/tus`, { method: 'POST', headers });
    expect(response.status).toBe(412);
    expect(response.headers.get('tus-version')).toBe('1.0.0');
    expect(response.headers.get('tus-resumable')).toBe('1.0.0');
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
  });

  test('without a key, with a wrong one and with a stranger’s word nothing is created', async () => {
    const { tus } = await world.project();
    const create = (authorization: string) => tus.create({ length: 1, headers: { authorization } });
    expect((await create('')).code).toBe('api_key_missing');
    expect((await create(`Bearer sk_live_${'a'.repeat(32)}`)).code).toBe('api_key_invalid');
    expect((await create('Bearer ut_abc')).code).toBe('upload_token_invalid');
  });

  test('an address is its own permission, and no other one is good', async () => {
    const { tus } = await world.project();
    const { url } = await tus.create({ length: 5 });
    const other = await tus.create({ length: 5 });
    const search = (address: string) => new URL(address).search;
    const stranger = url.replace(search(url), search(other.url));
    for (const address of [
      url.replace(/.$/, (end) => (end === 'A' ? 'B' : 'A')),
      stranger,
      '/tus/file_x',
    ]) {
      expect((await tus.head(address)).status).toBe(403);
      expect((await tus.patch([address, 0], TEXT)).status).toBe(403);
      expect((await tus.remove(address)).status).toBe(403);
    }
    expect((await tus.head(url)).offset).toBe(0);
  });

  test('other methods are named', async () => {
    const { tus } = await world.project();
    const { url } = await tus.create({ length: 5 });
    const answer = await tus.call('GET', url);
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('HEAD, PATCH, DELETE');
    expect((await tus.call('GET', '/tus')).status).toBe(405);
  });

  test('a method may hide behind POST, and the address may end in a slash', async () => {
    const { tus, key } = await world.project();
    const headers = { authorization: `Bearer ${key}`, 'upload-length': '5' };
    const created = await tus.call('POST', '/tus/', { headers });
    expect(created.status).toBe(201);
    const url = created.headers.get('location') ?? '';
    const patched = await tus.call('POST', url, {
      headers: {
        'x-http-method-override': 'PATCH',
        'content-type': 'application/offset+octet-stream',
        'upload-offset': '0',
      },
      body: TEXT.subarray(0, 5),
    });
    expect(patched.status).toBe(204);
    expect(patched.offset).toBe(5);
  });
});

describe('creation', () => {
  test('an upload has its place, its length, its end, and its metadata', async () => {
    const { tus } = await world.project();
    const metadata = { ...NOTE, album: 'ünïcode' };
    const created = await tus.create({ length: TEXT.length, metadata });
    expect(created.status).toBe(201);
    const answer = await tus.head(created.url);
    expect(answer.status).toBe(200);
    expect(answer.offset).toBe(0);
    const { headers } = answer;
    expect(headers.get('upload-length')).toBe(String(TEXT.length));
    expect(headers.get('upload-metadata')).toContain('filetype dGV4dC9wbGFpbg==');
    expect(headers.get('cache-control')).toBe('no-store');
    const until = Date.parse(headers.get('upload-expires') ?? '');
    expect(until).toBeGreaterThan(Date.now() + 3_600_000);
    const row = await fileOf(headers.get('slipway-file-id'));
    expect(row).toMatchObject({
      name: 'note.txt',
      type: 'text/plain',
      size: TEXT.length,
      status: 'pending',
      metadata: { album: 'ünïcode' },
    });
  });

  test('the project’s rules are asked first', async () => {
    const { tus } = await world.project({ allowedTypes: ['image/*'], maxSize: 100, maxFiles: 1 });
    const image = { filename: 'a.png', filetype: 'image/png' };
    const tooLarge = await tus.create({ length: 101, metadata: image });
    expect(tooLarge).toMatchObject({ status: 413, code: 'file_too_large' });
    expect((await tus.create({ length: 5, metadata: NOTE })).code).toBe('file_type_not_allowed');
    expect((await tus.create({ length: 5, metadata: image })).status).toBe(201);
    expect((await tus.create({ length: 5, metadata: image })).code).toBe('file_limit_reached');
  });

  test('a customId is one file’s', async () => {
    const { tus } = await world.project();
    const metadata = { ...NOTE, customId: 'mine' };
    const created = await tus.create({ length: 5, metadata });
    expect((await fileOf(created.headers.get('slipway-file-id'))).customId).toBe('mine');
    expect((await tus.create({ length: 5, metadata })).code).toBe('custom_id_taken');
  });

  test.each([
    ['no length', {}],
    ['two lengths', { 'upload-length': '5', 'upload-defer-length': '1' }],
    ['a length that is none', { 'upload-length': 'five' }],
    ['broken metadata', { 'upload-length': '5', 'upload-metadata': 'filename $$$' }],
    [
      'a name with a path',
      {
        'upload-length': '5',
        'upload-metadata': `filename ${Buffer.from('../x').toString('base64')}`,
      },
    ],
    ['an unknown kind', { 'upload-length': '5', 'upload-concat': 'half' }],
  ])('%s is refused', async (_, headers) => {
    const { tus } = await world.project();
    expect((await tus.create({ headers: headers as Record<string, string> })).status).toBe(400);
  });

  test('an empty file is whole at once', async () => {
    const { tus } = await world.project();
    const created = await tus.create({ length: 0, metadata: NOTE });
    expect(created.status).toBe(201);
    expect(created.headers.get('slipway-status')).toBe('ready');
    expect((await tus.head(created.url)).offset).toBe(0);
  });

  test('bytes may come with the creation, all or some', async () => {
    const { tus } = await world.project();
    const whole = await tus.create({ length: TEXT.length, metadata: NOTE, body: TEXT });
    expect(whole.status).toBe(201);
    expect(whole.offset).toBe(TEXT.length);
    expect(whole.headers.get('slipway-status')).toBe('ready');
    const some = await tus.create({
      length: TEXT.length,
      metadata: NOTE,
      body: TEXT.subarray(0, 9),
    });
    expect(some.offset).toBe(9);
    expect((await tus.patch([some.url, 9], TEXT.subarray(9))).headers.get('slipway-status')).toBe(
      'ready',
    );
    const wrong = await tus.create({
      length: 3,
      body: TEXT.subarray(0, 3),
      headers: { 'content-type': 'text/plain' },
    });
    expect(wrong.status).toBe(415);
  });
});

describe('sending', () => {
  test('the last byte makes the file ready, with its digest', async () => {
    const { tus } = await world.project();
    const { url, headers } = await tus.create({ length: TEXT.length, metadata: NOTE });
    const first = await tus.patch([url, 0], TEXT.subarray(0, 10));
    expect(first).toMatchObject({ status: 204, offset: 10 });
    expect(first.headers.get('slipway-status')).toBe('pending');
    const last = await tus.patch([url, 10], TEXT.subarray(10));
    expect(last).toMatchObject({ status: 204, offset: TEXT.length });
    expect(last.headers.get('slipway-status')).toBe('ready');
    const row = await fileOf(headers.get('slipway-file-id'));
    expect(row).toMatchObject({ status: 'ready', sha256: sha256(TEXT), size: TEXT.length });
    expect((await tus.head(url)).offset).toBe(TEXT.length);
  });

  test('bytes for another place are refused and none is kept', async () => {
    const { tus } = await world.project();
    const bytes = randomBytes(1000);
    const { url } = await tus.create({ length: 1000 });
    await tus.patch([url, 0], bytes.subarray(0, 500));
    const stored = await world.stored();
    for (const offset of [499, 501, 0, 1000, 400, 600]) {
      const answer = await tus.patch([url, offset], bytes.subarray(0, 100));
      expect(answer).toMatchObject({ status: 409, code: 'offset_mismatch' });
    }
    expect(await world.stored()).toBe(stored);
    expect((await tus.head(url)).offset).toBe(500);
    expect((await tus.patch([url, 500], bytes.subarray(500))).status).toBe(204);
  });

  test('bytes under another name, at no place, or too many are refused', async () => {
    const { tus } = await world.project();
    const { url } = await tus.create({ length: 10 });
    const wrongType = await tus.patch([url, 0], TEXT.subarray(0, 5), {
      'content-type': 'text/plain',
    });
    expect(wrongType.status).toBe(415);
    expect((await tus.patch([url, 0], TEXT.subarray(0, 5), { 'upload-offset': '-1' })).status).toBe(
      400,
    );
    expect((await tus.patch([url, 0], TEXT.subarray(0, 11))).status).toBe(413);
    expect((await tus.head(url)).offset).toBe(0);
  });

  test('more than was announced is refused, also when the request does not say how much it brings', async () => {
    const { tus } = await world.project();
    const { url } = await tus.create({ length: 10 });
    const body = new ReadableStream({
      pull(controller) {
        controller.enqueue(TEXT);
        controller.close();
      },
    });
    const response = await fetch(world.url + new URL(url).pathname + new URL(url).search, {
      method: 'PATCH',
      headers: {
        'tus-resumable': '1.0.0',
        'upload-offset': '0',
        'content-type': 'application/offset+octet-stream',
      },
      body,
      duplex: 'half',
    } as RequestInit);
    expect(response.status).toBe(413);
    expect((await tus.head(url)).offset).toBe(0);
  });

  test('what the bytes turn out to be decides, as for every file', async () => {
    const { tus } = await world.project();
    const image = { filename: 'a.png', filetype: 'image/png' };
    const { url } = await tus.create({ length: TEXT.length, metadata: image });
    expect(await tus.patch([url, 0], TEXT)).toMatchObject({ status: 422, code: 'type_mismatch' });
    expect((await tus.head(url)).status).toBe(422);
    const declared = { ...NOTE, sha256: sha256(randomBytes(3)) };
    const other = await tus.create({ length: TEXT.length, metadata: declared });
    expect((await tus.patch([other.url, 0], TEXT)).code).toBe('digest_mismatch');
    const right = await tus.create({
      length: TEXT.length,
      metadata: { ...NOTE, sha256: sha256(TEXT) },
    });
    expect((await tus.patch([right.url, 0], TEXT)).headers.get('slipway-status')).toBe('ready');
  });

  test('a ready file takes nothing, and its address cannot delete it', async () => {
    const { tus, id } = await world.project();
    const created = await tus.create({ length: TEXT.length, metadata: NOTE, body: TEXT });
    const before = await world.stored();
    expect((await tus.patch([created.url, 0], TEXT)).status).toBe(409);
    expect((await tus.patch([created.url, TEXT.length], TEXT)).status).toBe(413);
    expect((await tus.patch([created.url, TEXT.length], new Uint8Array())).status).toBe(204);
    expect(await tus.remove(created.url)).toMatchObject({ status: 409, code: 'upload_closed' });
    const row = await fileOf(created.headers.get('slipway-file-id'));
    expect(row).toMatchObject({ status: 'ready', sha256: sha256(TEXT), projectId: id });
    expect(await world.stored()).toBe(before);
  });
});

describe('a length that is said later', () => {
  const DEFER = { 'upload-defer-length': '1' };

  test('may come with the last bytes, or alone, and stays', async () => {
    const { tus } = await world.project();
    const { url } = await tus.create({ headers: DEFER, metadata: NOTE });
    const before = await tus.head(url);
    expect(before.headers.get('upload-defer-length')).toBe('1');
    expect(before.headers.get('upload-length')).toBeNull();
    await tus.patch([url, 0], TEXT.subarray(0, 10));
    const tooShort = await tus.patch([url, 10], new Uint8Array(), { 'upload-length': '9' });
    expect(tooShort.status).toBe(400);
    const said = await tus.patch([url, 10], TEXT.subarray(10, 20), {
      'upload-length': String(TEXT.length),
    });
    expect(said).toMatchObject({ status: 204, offset: 20 });
    const after = await tus.head(url);
    expect(after.headers.get('upload-defer-length')).toBeNull();
    expect(after.headers.get('upload-length')).toBe(String(TEXT.length));
    expect((await tus.patch([url, 20], TEXT.subarray(20), { 'upload-length': '999' })).status).toBe(
      400,
    );
    const last = await tus.patch([url, 20], TEXT.subarray(20));
    expect(last.headers.get('slipway-status')).toBe('ready');
    const row = await fileOf(last.headers.get('slipway-file-id'));
    expect(row).toMatchObject({ size: TEXT.length, sha256: sha256(TEXT), sizeDeferred: false });
  });

  test('may be that of a piece, which needs no type', async () => {
    const { tus } = await world.project({ allowedTypes: ['text/plain'] });
    const headers = { ...DEFER, 'upload-concat': 'partial' };
    const piece = await tus.create({ headers, body: TEXT });
    const said = { 'upload-length': String(TEXT.length) };
    expect((await tus.patch([piece.url, TEXT.length], new Uint8Array(), said)).status).toBe(204);
    const final = await tus.create({
      metadata: NOTE,
      headers: { 'upload-concat': `final;${piece.url}` },
    });
    expect(final.headers.get('slipway-status')).toBe('ready');
  });

  test('ends an upload that has all its bytes', async () => {
    const { tus } = await world.project();
    const { url } = await tus.create({ headers: DEFER, metadata: NOTE, body: TEXT });
    const answer = await tus.patch([url, TEXT.length], new Uint8Array(), {
      'upload-length': String(TEXT.length),
    });
    expect(answer.headers.get('slipway-status')).toBe('ready');
  });

  test('is bound by the rules: size when it is said, and room as the bytes come', async () => {
    const { tus } = await world.project({ maxSize: 5_000_000, maxTotalSize: 3_000_000 });
    const { url } = await tus.create({ headers: DEFER });
    const bytes = randomBytes(2_000_000);
    expect((await tus.patch([url, 0], bytes)).offset).toBe(2_000_000);
    expect(
      await tus.patch([url, 2_000_000], new Uint8Array(), { 'upload-length': '6000000' }),
    ).toMatchObject({ status: 413 });
    expect(await tus.patch([url, 2_000_000], bytes)).toMatchObject({
      code: 'storage_limit_reached',
    });
    const { offset } = await tus.head(url);
    expect(offset).toBeGreaterThanOrEqual(2_000_000);
    expect(offset).toBeLessThanOrEqual(3_000_000);
    // What this one reserves nobody else gets.
    expect((await tus.create({ length: 1_500_000 })).code).toBe('storage_limit_reached');
    const end = await tus.patch([url, offset], new Uint8Array(), {
      'upload-length': String(offset),
    });
    expect(end.headers.get('slipway-status')).toBe('ready');
  });
});

test('with a checksum it is all or nothing', async () => {
  const { tus } = await world.project();
  const bytes = randomBytes(300_000);
  const { url } = await tus.create({ length: bytes.length });
  const wrong = await tus.patch([url, 0], bytes, checksum('sha1', TEXT));
  expect(wrong).toMatchObject({ status: 460, code: 'checksum_mismatch' });
  expect((await tus.head(url)).offset).toBe(0);
  expect((await tus.patch([url, 0], bytes, { 'upload-checksum': 'crc32 AAAA' })).status).toBe(400);
  let offset = 0;
  for (const algorithm of ['sha1', 'sha256', 'md5']) {
    const piece = bytes.subarray(offset, offset + 100_000);
    offset = (await tus.patch([url, offset], piece, checksum(algorithm, piece))).offset;
  }
  const row = await fileOf((await tus.head(url)).headers.get('slipway-file-id'));
  expect(row).toMatchObject({ status: 'ready', sha256: sha256(bytes) });
});
