import { createHash, randomBytes } from 'node:crypto';
import { uploadFiles } from 'slipway/client';
import {
  createSlipway,
  createUploadHandler,
  route,
  type Slipway,
  SlipwayError,
  UploadRejected,
} from 'slipway/server';
import { startTestSlipway } from 'slipway/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signUpWithProject, slipwayUrl } from './slipway-account.ts';

/** A Slipway with a project of its own. */
interface Place {
  readonly url: string;
  readonly apiKey: string;
  setRules(rules: object): unknown;
}

const closers: (() => unknown)[] = [];
afterAll(async () => {
  for (const close of closers) await close();
});

/** What `slipway/testing` promises to users' tests is what the product does: one suite runs against both. */
const PLACES: Record<string, () => Promise<Place>> = {
  'slipway/testing': async () => {
    const slipway = await startTestSlipway();
    closers.push(() => slipway.close());
    return slipway;
  },
  'the product': async () => {
    const { key, setRules } = await signUpWithProject();
    return { url: slipwayUrl(), apiKey: key, setRules };
  },
};

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const hex = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const failureOf = async (work: Promise<unknown>): Promise<[number, string]> => {
  const reason: unknown = await work.then(
    () => new Error('Expected a failure.'),
    (error: unknown) => error,
  );
  if (!(reason instanceof SlipwayError)) throw reason;
  return [reason.status, reason.code];
};

describe.each(Object.entries(PLACES))('%s', (_name, start) => {
  let place: Place;
  let slipway: Slipway;
  beforeAll(async () => {
    place = await start();
    slipway = createSlipway(place);
  });
  const create = (more: object = {}) =>
    slipway.uploads.create({ name: 'a.txt', size: 5, type: 'text/plain', ...more });
  const put = (target: Awaited<ReturnType<typeof create>>, body: string, headers = {}) =>
    fetch(target.url, {
      method: target.method,
      headers: { ...target.headers, ...headers },
      body,
    });
  const codeOf = async (response: Response) => [
    response.status,
    (await response.json()).error.code,
  ];

  test('an upload in steps, and its file', async () => {
    const target = await create({ metadata: { a: 1 }, customId: 'mine' });
    expect(target).toEqual({
      id: expect.stringMatching(/^file_\w{22}$/),
      key: expect.stringMatching(/^prj_\w{22}\/\w+\.txt$/),
      url: expect.stringMatching(/^http/),
      method: 'PUT',
      headers: expect.objectContaining({ 'content-type': 'text/plain' }),
      expiresAt: expect.stringMatching(/Z$/),
    });
    expect(await failureOf(slipway.uploads.complete({ id: target.id }))).toEqual([
      409,
      'object_missing',
    ]);
    expect((await slipway.files.get(target.id)).status).toBe('pending');
    expect(await codeOf(await put(target, 'hell'))).toEqual([422, 'size_mismatch']);
    expect((await put(target, 'hello')).status).toBe(200);
    expect(await codeOf(await put(target, 'other'))).toEqual([409, 'object_exists']);
    const file = await slipway.uploads.complete({ key: target.key });
    expect(file).toMatchObject({
      ...{ id: target.id, key: target.key, name: 'a.txt', size: 5, type: 'text/plain' },
      ...{ status: 'ready', scan: 'not_scanned', customId: 'mine', metadata: { a: 1 } },
      ...{ sha256: hex(Buffer.from('hello')), checksum: null, url: null },
      ...{ createdAt: expect.stringMatching(/Z$/), readyAt: expect.stringMatching(/Z$/) },
    });
    expect(await slipway.uploads.complete({ id: target.id })).toEqual(file);
    expect(await slipway.files.get(target.id)).toEqual(file);
    expect(await failureOf(create({ customId: 'mine' }))).toEqual([409, 'custom_id_taken']);
    expect((await slipway.files.delete(file.id)).status).toBe('deleted');
    expect(await failureOf(slipway.uploads.complete({ id: file.id }))).toEqual([
      410,
      'file_deleted',
    ]);
    await create({ customId: 'mine' });
  });

  test('what is not allowed, by the same codes', async () => {
    const cases: [object, number, string][] = [
      [{ name: '' }, 400, 'validation_failed'],
      [{ name: 'a/b.txt' }, 400, 'validation_failed'],
      [{ size: -1 }, 400, 'validation_failed'],
      [{ size: 1.5 }, 400, 'validation_failed'],
      [{ type: 'text' }, 400, 'validation_failed'],
      [{ sha256: 'abc' }, 400, 'validation_failed'],
      [{ metadata: { a: { b: 1 } } }, 400, 'validation_failed'],
      [{ visiblity: 'private' }, 400, 'validation_failed'],
      [{ replace: true }, 400, 'validation_failed'],
      [{ visibility: 'public' }, 422, 'visibility_not_allowed'],
      [{ rules: { maxSize: 4 } }, 422, 'file_too_large'],
      [{ rules: { minSize: 6 } }, 422, 'file_too_small'],
      [{ rules: { allowedTypes: ['image/*', '.tar.gz'] } }, 422, 'file_type_not_allowed'],
    ];
    for (const [wrong, status, code] of cases)
      expect(await failureOf(create(wrong)), JSON.stringify(wrong)).toEqual([status, code]);
    expect(await failureOf(slipway.files.get('file_none'))).toEqual([404, 'not_found']);
    expect(await failureOf(slipway.files.delete('file_none'))).toEqual([404, 'not_found']);
    expect(await failureOf(slipway.uploads.complete({ id: 'file_none' }))).toEqual([
      404,
      'not_found',
    ]);
    const wrong = createSlipway({ ...place, apiKey: 'sk_test_wrong' });
    expect(await failureOf(wrong.project())).toEqual([401, 'api_key_invalid']);
    expect(await codeOf(await fetch(`${place.url}/api/files`))).toEqual([401, 'api_key_missing']);
    expect(await failureOf(slipway.files.list({ limit: 101 }))).toEqual([400, 'validation_failed']);
  });

  test('a new version takes the place of the file with its customId, once it is ready', async () => {
    const upload = (text: string, more: object = {}) =>
      slipway.upload(new Blob([text]), { name: 'logo.txt', customId: 'logo', ...more });
    const one = await upload('one');
    expect(await failureOf(upload('two'))).toEqual([409, 'custom_id_taken']);
    const bad = upload('bad', { replace: true, sha256: 'a'.repeat(64) });
    expect(await failureOf(bad)).toEqual([422, 'digest_mismatch']);
    expect(await slipway.files.get(one.id)).toMatchObject({ replacedBy: null });
    const two = await upload('two', { replace: true });
    expect(two).toMatchObject({ replaces: one.id, replacedBy: null, customId: 'logo' });
    expect(await slipway.files.get(one.id)).toMatchObject({ status: 'ready', replacedBy: two.id });
    const listed = (await slipway.files.list({ q: 'logo', status: 'ready' })).data;
    expect(listed.map(({ id }) => id)).toEqual([two.id]);
    // Whoever deletes a file means all of it; the id is free again.
    await slipway.files.delete(two.id);
    expect((await slipway.files.get(one.id)).status).toBe('deleted');
    expect(await upload('three')).toMatchObject({ replaces: null });
  });

  test('files without a byte', async () => {
    const empty = await slipway.upload(new Blob([]), { name: 'empty.txt' });
    expect(empty).toMatchObject({ status: 'ready', size: 0, sha256: hex(Buffer.alloc(0)) });
    expect((await (await slipway.files.download(empty.id)).arrayBuffer()).byteLength).toBe(0);
  });

  test('bytes that are not what was announced', async () => {
    const noise = new Uint8Array(randomBytes(500));
    expect(await failureOf(slipway.upload(noise, { name: 'a.png' }))).toEqual([
      422,
      'type_mismatch',
    ]);
    expect(await failureOf(slipway.upload(noise, { name: 'a.txt' }))).toEqual([
      422,
      'type_mismatch',
    ]);
    const lie = slipway.upload(new Blob([PNG]), { name: 'a.png', sha256: 'a'.repeat(64) });
    expect(await failureOf(lie)).toEqual([422, 'digest_mismatch']);
    const dot = await slipway.upload(new Blob([PNG]), { name: 'dot.png' });
    expect(dot).toMatchObject({ status: 'ready', type: 'image/png', sha256: hex(PNG) });
  });

  test('lists, links and downloads', async () => {
    for (const name of ['one.csv', 'two.csv', 'three.csv'])
      await slipway.upload(new Blob([name]), { name });
    const names = async (query: object) =>
      (await slipway.files.list(query)).data.map(({ name }) => name);
    expect(await names({ type: 'text/csv' })).toEqual(['three.csv', 'two.csv', 'one.csv']);
    expect(await names({ q: 'TWO', status: 'ready' })).toEqual(['two.csv']);
    expect(await names({ type: 'video/*' })).toEqual([]);
    expect(await names({ from: new Date(Date.now() + 60_000) })).toEqual([]);
    const seen: string[] = [];
    for await (const { name } of slipway.files.all({ type: 'text/csv', limit: 2 })) seen.push(name);
    expect(seen).toEqual(['three.csv', 'two.csv', 'one.csv']);
    const [file] = (await slipway.files.list({ q: 'one.csv' })).data;
    const id = file?.id ?? '';
    const { url, expiresAt } = await slipway.files.url(id, { expiresIn: 60, download: 'x y.csv' });
    expect(Date.parse(expiresAt)).toBeLessThan(Date.now() + 61_000);
    const saved = await fetch(url);
    expect(await saved.text()).toBe('one.csv');
    expect(saved.headers.get('content-disposition')).toMatch(/^attachment;.*x%20y\.csv/);
    const part = await slipway.files.download(id, { range: { start: 1, end: 2 } });
    expect([part.status, await part.text()]).toEqual([206, 'ne']);
    expect((await fetch(`${url.split('?')[0]}`)).ok).toBe(false);
    expect(await failureOf(slipway.files.url(id, { expiresIn: 0 }))).toEqual([
      400,
      'validation_failed',
    ]);
    await slipway.files.delete(id);
    expect((await fetch(url)).ok).toBe(false);
    expect(await names({ q: 'one.csv' })).toEqual([]);
    const pending = await create();
    expect((await failureOf(slipway.files.url(pending.id)))[0]).toBe(409);
  });

  test('parts: signed, compared, looked up, and put together', async () => {
    const bytes = new Uint8Array(randomBytes(9 * 1024 ** 2));
    const target = await create({
      ...{ name: 'a.bin', size: bytes.length, type: 'application/octet-stream', multipart: true },
    });
    const { partSize = 0, partCount } = target.multipart ?? {};
    expect([target.method, partSize, partCount]).toEqual(['POST', 8 * 1024 ** 2, 2]);
    const pieces = [bytes.subarray(0, partSize), bytes.subarray(partSize)];
    const ask = (method: string, body?: object) =>
      fetch(target.url, {
        method,
        ...(body && {
          body: JSON.stringify(body),
          headers: { 'content-type': 'application/json' },
        }),
      });
    const wanted = pieces.map((piece, index) => ({ number: index + 1, sha256: hex(piece) }));
    const signed = await (await ask('POST', { parts: wanted })).json();
    const send = ({ url, method, headers }: (typeof signed.parts)[number], body: BodyInit) =>
      fetch(url, { method, headers, body });
    expect((await send(signed.parts[1], randomBytes(pieces[1]?.length ?? 0))).ok).toBe(false);
    expect((await send(signed.parts[1], pieces[1] ?? '')).status).toBe(200);
    expect(await (await ask('GET')).json()).toMatchObject({
      ...{ id: target.id, status: 'pending', size: bytes.length, partCount: 2 },
      parts: [{ number: 2, size: pieces[1]?.length, sha256: hex(pieces[1] ?? PNG) }],
    });
    const early: unknown = await slipway.uploads.complete({ id: target.id }).catch((e) => e);
    expect(early).toMatchObject({ code: 'object_missing', details: { missing: [1] } });
    expect((await ask('POST', { parts: [] })).status).toBe(400);
    expect((await ask('POST', { parts: [{ number: 3 }] })).status).toBe(400);
    expect((await send(signed.parts[0], pieces[0] ?? '')).status).toBe(200);
    const file = await slipway.uploads.complete({ id: target.id });
    const digests = Buffer.from(pieces.map(hex).join(''), 'hex');
    expect(file).toMatchObject({
      status: 'ready',
      checksum: `sha256-parts:${partSize}:${hex(digests)}`,
    });
    expect(await codeOf(await ask('POST', { parts: wanted }))).toEqual([409, 'upload_closed']);
    const whole = await (await slipway.files.download(file.id)).arrayBuffer();
    expect(hex(new Uint8Array(whole))).toBe(hex(bytes));
    const other = await create({ name: 'b.bin', size: 2 * partSize, multipart: true });
    expect((await fetch(other.url, { method: 'DELETE' })).status).toBe(204);
    expect((await slipway.files.get(other.id)).status).toBe('deleted');
    expect((await fetch(other.url.replace(/signature=\w{4}/, 'signature=AAAA'))).status).toBe(403);
  });

  test('a call that is repeated with its Idempotency-Key is done once', async () => {
    const call = () =>
      fetch(`${place.url}/api/upload-url`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${place.apiKey}`,
          'content-type': 'application/json',
          'idempotency-key': 'the same',
        },
        body: JSON.stringify({ name: 'once.txt', size: 1, type: 'text/plain' }),
      });
    const [first, second] = [await (await call()).json(), await (await call()).json()];
    expect(second.id).toBe(first.id);
  });

  test('addresses that nobody may ask', async () => {
    const refusal = failureOf(slipway.uploadFromUrl('ftp://example.com/a.txt'));
    expect(await refusal).toEqual([422, 'source_refused']);
  });

  test('browsers of any origin may send bytes', async () => {
    const { url } = await create();
    const headers = {
      origin: 'https://app.example.com',
      'access-control-request-method': 'PUT',
      'access-control-request-headers': 'content-type',
    };
    const answer = await fetch(url, { method: 'OPTIONS', headers });
    expect(answer.ok).toBe(true);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  });

  test('what a route refuses stands in the upload log', async () => {
    const handle = createUploadHandler({
      slipway,
      routes: {
        closed: route({ maxSize: 4 }).authorize(() => {
          throw new UploadRejected('Sign in first.', { status: 401 });
        }),
      },
    });
    const send = (content: string) =>
      uploadFiles([new File([content], 'x.txt', { type: 'text/plain' })], {
        ...{ endpoint: 'https://app.test/api/slipway', route: 'closed' },
        fetch: (url, init) => handle(new Request(url, init)),
      });
    for (const content of ['x', 'longer']) await send(content);
    const headers = { authorization: `Bearer ${place.apiKey}` };
    const codes = async () => {
      const { data } = await (await fetch(`${place.url}/api/upload-log`, { headers })).json();
      const own = data.filter((each: { route: string | null }) => each.route === 'closed');
      return own.map(({ code, message }: Record<string, string>) => `${code}: ${message}`).sort();
    };
    await expect
      .poll(codes, { timeout: 10_000 })
      .toEqual([
        expect.stringMatching(/^file_too_large: .*x\.txt/),
        'upload_rejected: Sign in first.',
      ]);
  });

  test('a whole upload through the handler, and rules of the project', async () => {
    const handle = createUploadHandler({
      slipway,
      routes: {
        any: route({ maxFiles: 3 })
          .public()
          .onComplete(({ file }) => file.name),
        kept: route({ folder: 'albums', tags: ['new'], visibility: 'private', expiresInDays: 3 })
          .public()
          .fileOptions(() => ({ folder: '7', tags: ['wide'], expiresInDays: 9, uploader: 'anna' })),
      },
    });
    const send = (files: File[], name = 'any') =>
      uploadFiles(files, {
        ...{ endpoint: 'https://app.test/api/slipway', route: name },
        fetch: (url, init) => handle(new Request(url, init)),
      });
    const [done] = await send([new File(['x'], 'x.txt', { type: 'text/plain' })]);
    expect(done).toMatchObject({ state: 'done', serverData: 'x.txt' });
    await place.setRules({
      ...{ allowedTypes: ['image/*'], maxSize: 1000, maxFiles: 100, visibility: 'public' },
    });
    const items = await send([
      new File(['x'], 'x.txt', { type: 'text/plain' }),
      new File([new Uint8Array(1001)], 'x.png', { type: 'image/png' }),
      new File([PNG], 'dot.png', { type: 'image/png' }),
    ]);
    expect(items.map(({ state, error }) => error?.code ?? state)).toEqual([
      'file_type_not_allowed',
      'file_too_large',
      'done',
    ]);
    const { rules } = await slipway.project();
    expect(rules).toMatchObject({ allowedTypes: ['image/*'], maxSize: 1000, visibility: 'public' });
    const lasting = items[2]?.result?.url ?? '';
    expect(Buffer.from(await (await fetch(lasting)).arrayBuffer())).toEqual(PNG);
    const [kept] = await send([new File([PNG], 'dot.png', { type: 'image/png' })], 'kept');
    expect(kept?.result).toMatchObject({
      ...{ folder: 'albums/7', tags: ['new', 'wide'], visibility: 'private', url: null },
      ...{ route: 'kept', uploader: 'anna' },
    });
    const days = (Date.parse(kept?.result?.expiresAt ?? '') - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBe(3);
  });
});
