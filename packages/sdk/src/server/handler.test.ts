import { afterEach, beforeEach, describe, expect, expectTypeOf, test, vi } from 'vitest';
import { z } from 'zod';
import { FAKE_KEY, FakeSlipway } from '../faults/fake-slipway.ts';
import { createRouteHandler } from '../next/index.ts';
import { UploadRejected } from './errors.ts';
import {
  createUploadHandler,
  type HandlerErrorContext,
  type UploadHandlerOptions,
} from './handler.ts';
import { route } from './route.ts';
import { deriveTokenKey, signToken } from './token.ts';

let fake: FakeSlipway;
const onError = vi.fn();
/** What is told of a refusal is told behind its answer, when the test may be over: see refusals.test.ts. */
const quietly = (error: unknown, context: HandlerErrorContext) =>
  context.during === 'refusals' || onError(error, context);

beforeEach(async () => {
  onError.mockReset();
  fake = await new FakeSlipway().listen();
});
afterEach(() => fake.close());

const completed = vi.fn();
const routes = {
  avatar: route({
    types: ['image/*'],
    maxSize: '1KB',
    maxFiles: 2,
    input: z.object({ album: z.coerce.number() }),
  })
    .authorize(async ({ request, input, files }) => {
      const userId = request.headers.get('x-user');
      if (!userId) throw new UploadRejected('Sign in first.', { status: 401 });
      if (userId === 'broken') throw new Error('secret database password');
      return { userId, album: input.album, nested: { count: files.length }, at: new Date(0) };
    })
    .onComplete(async ({ file, metadata, input }) => {
      expectTypeOf(metadata.at).toEqualTypeOf<string>();
      expectTypeOf(input.album).toEqualTypeOf<number>();
      completed({ id: file.id, metadata, input });
      return { owner: metadata.userId };
    }),
  open: route({ maxFiles: 10 }).public(),
  failing: route()
    .public()
    .onComplete(() => {
      throw new Error('database is down');
    }),
  named: route({ types: ['.png'] })
    .authorize(() => ({ userId: 'anna' }))
    .fileOptions(({ file, metadata }) => ({
      name: `${metadata.userId} ${file.size}`,
      metadata: { kind: 'named' },
    })),
};

const handler = (options: Partial<UploadHandlerOptions> = {}) =>
  createUploadHandler({
    apiKey: FAKE_KEY,
    url: fake.url,
    retries: 0,
    onError: quietly,
    ...options,
    routes,
  });

interface Answer {
  status: number;
  body: {
    files?: {
      ok: boolean;
      upload?: { id: string; url: string; headers: Record<string, string>; multipart?: object };
      token?: string;
      error?: { code: string; message: string };
    }[];
    file?: { id: string; status: string };
    serverData?: unknown;
    error?: { code: string; message: string; retryable?: boolean };
    routes?: unknown;
  };
}

async function post(
  body: unknown,
  headers: Record<string, string> = {},
  run = handler(),
): Promise<Answer> {
  const request = new Request('https://app.test/api/slipway', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-user': 'anna', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const response = await run(request);
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}

const png = (name = 'a.png', size = 4) => ({ name, size, type: 'image/png' });
const ask = (name: string, files: unknown[] = [png()], input: unknown = { album: '7' }) => ({
  action: 'request',
  route: name,
  files,
  input,
});

async function uploaded(name: string): Promise<string> {
  const { body } = await post(ask(name));
  const [first] = body.files ?? [];
  await fetch(first?.upload?.url ?? '', {
    method: 'PUT',
    headers: first?.upload?.headers ?? {},
    body: 'abcd',
  });
  return first?.token ?? '';
}

describe('request', () => {
  test('authorizes, creates and signs', async () => {
    const { status, body } = await post(ask('avatar'));
    expect(status).toBe(200);
    expect(body.files).toMatchObject([
      { ok: true, upload: { method: 'PUT' }, token: expect.any(String) },
    ]);
    expect(fake.seen[0]?.body).toMatchObject({
      name: 'a.png',
      metadata: { userId: 'anna', album: 7 },
    });
    expect(JSON.stringify(body)).not.toContain(FAKE_KEY);
  });

  test('one bad file does not sink the others', async () => {
    const { body } = await post(ask('avatar', [png('big.png', 2000), png()]));
    expect(body.files).toMatchObject([
      { ok: false, error: { code: 'file_too_large' } },
      { ok: true },
    ]);
    const third = await post(ask('avatar', [png(), png(), { name: 'c.pdf', size: 1, type: '' }]));
    expect(third.body.files?.map(({ ok, error }) => error?.code ?? ok)).toEqual([
      true,
      true,
      'too_many_files',
    ]);
  });

  test('what Slipway refuses is passed on per file, what concerns the key is not', async () => {
    fake.maxSize = 10;
    expect((await post(ask('open', [png('a', 11), png('b', 1)]))).body.files).toMatchObject([
      { ok: false, error: { code: 'file_too_large' } },
      { ok: true },
    ]);
    const wrong = await post(ask('open'), {}, handler({ apiKey: 'sk_live_other' }));
    expect(wrong.body.files).toMatchObject([
      { ok: false, error: { code: 'storage_misconfigured', retryable: false } },
    ]);
    const away = await post(ask('open'), {}, handler({ url: 'http://127.0.0.1:1' }));
    expect(away.body.files).toMatchObject([
      { ok: false, error: { code: 'storage_unavailable', retryable: true } },
    ]);
    expect(onError).toHaveBeenCalledTimes(2);
  });

  test.each([
    ['input first', ask('avatar', [png()], { album: 'x' }), {}, 400, 'input_invalid'],
    ['authorize refuses with its words', ask('avatar'), { 'x-user': '' }, 401, 'upload_rejected'],
    ['authorize breaks', ask('avatar'), { 'x-user': 'broken' }, 500, 'authorize_failed'],
    ['unknown route', ask('toString'), {}, 404, 'route_not_found'],
    ['no files', ask('open', []), {}, 400, 'invalid_request'],
    ['a negative size', ask('open', [png('a', -1)]), {}, 400, 'invalid_request'],
    ['a digest that is none', ask('open', [{ ...png(), sha256: 'x' }]), {}, 400, 'invalid_request'],
    ['no JSON', '{', {}, 400, 'invalid_request'],
    [
      'a form',
      'a=b',
      { 'content-type': 'application/x-www-form-urlencoded' },
      415,
      'invalid_request',
    ],
    ['too much', 'x'.repeat(1024 * 1024 + 1), {}, 413, 'invalid_request'],
  ])('%s', async (...[, body, headers, status, code]) => {
    const answer = await post(body, headers);
    expect(answer.status).toBe(status);
    expect(answer.body.error?.code).toBe(code);
    expect(answer.body.error?.message).not.toContain('password');
    expect(fake.seen).toEqual([]);
  });

  test('errors carry the id that the logs know the request by', async () => {
    const run = handler({ requestId: () => 'req_7' });
    const { body } = await post(ask('avatar'), { 'x-user': 'broken' }, run);
    expect(body.error).toMatchObject({ code: 'authorize_failed', requestId: 'req_7' });
    const context = { during: 'authorize', route: 'avatar', requestId: 'req_7' };
    expect(onError).toHaveBeenCalledWith(expect.any(Error), context);
    const away = handler({ requestId: () => 'req_7', url: 'http://127.0.0.1:1' });
    const refused = await post(ask('open'), {}, away);
    expect(refused.body.files?.[0]?.error).toMatchObject({ requestId: 'req_7' });
  });

  test('authorize is not asked about files that break the rules', async () => {
    const { status, body } = await post(ask('avatar', [png('big.png', 2000)]), {
      'x-user': 'broken',
    });
    expect([status, body.files?.[0]?.ok]).toEqual([200, false]);
  });

  test('fileOptions choose name and metadata, and the rules still see the name that was given', async () => {
    const token = await uploaded('named');
    expect(fake.seen[0]?.body).toMatchObject({ name: 'anna 4', metadata: { kind: 'named' } });
    const { status, body } = await post({ action: 'complete', route: 'named', token });
    expect([status, body.error]).toEqual([200, undefined]);
  });
});

describe('large files', () => {
  const large = (change: object = {}) => ({ ...png('large.png', 9 * 1024 ** 2), ...change });
  const first = async (body: unknown) => (await post(body)).body.files?.[0];
  const multipartOf = (index: number) =>
    (fake.seen.at(index)?.body as { multipart?: boolean } | null)?.multipart;

  test('go in parts, and only they', async () => {
    const answer = await first(ask('open', [large()]));
    expect(answer).toMatchObject({ ok: true, upload: { method: 'POST', multipart: {} } });
    await first(ask('open', [png()]));
    expect([multipartOf(0), multipartOf(1)]).toEqual([true, undefined]);
  });

  test('are gone on with by their token', async () => {
    const before = await first(ask('open', [large()]));
    const again = await first(ask('open', [large({ resume: before?.token })]));
    expect(again).toEqual(before);
    expect(fake.count('POST /api/upload-url')).toBe(1);
  });

  test.each([
    ['a token that was changed', { resume: 'x.y' }],
    ['another file', { name: 'other.png' }],
    ['a file that was edited', { sha256: 'ab'.repeat(32) }],
  ])('%s begins anew', async (_, change) => {
    const before = await first(ask('open', [large()]));
    const after = await first(ask('open', [large({ resume: before?.token, ...change })]));
    expect(after?.ok).toBe(true);
    expect(after?.upload?.id).not.toBe(before?.upload?.id);
  });

  test('of another route, or of somebody else, are not gone on with', async () => {
    const before = await first(ask('open', [large()]));
    const resumed = [large({ resume: before?.token })];
    const routes = {
      open: route().authorize(({ request }) => ({ by: request.headers.get('x-user') })),
    };
    const run = createUploadHandler({ apiKey: FAKE_KEY, url: fake.url, routes });
    const { body } = await post(ask('open', resumed), {}, run);
    const mine = [large({ resume: body.files?.[0]?.token })];
    expect((await post(ask('open', mine), {}, run)).body.files?.[0]).toEqual(body.files?.[0]);
    const theirs = await post(ask('open', mine), { 'x-user': 'mallory' }, run);
    const ids = [before, body.files?.[0], theirs.body.files?.[0]].map((file) => file?.upload?.id);
    expect(new Set(ids).size).toBe(3);
  });
});

describe('complete', () => {
  test('runs onComplete with what was authorized', async () => {
    const token = await uploaded('avatar');
    const { status, body } = await post({ action: 'complete', route: 'avatar', token });
    expect(status).toBe(200);
    expect(body).toMatchObject({ file: { status: 'ready' }, serverData: { owner: 'anna' } });
    expect(completed).toHaveBeenLastCalledWith({
      id: body.file?.id,
      input: { album: 7 },
      metadata: { userId: 'anna', album: 7, nested: { count: 1 }, at: '1970-01-01T00:00:00.000Z' },
    });
  });

  test('a failing onComplete is never a silent success, and may be repeated', async () => {
    const token = await uploaded('failing');
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const { status, body } = await post({ action: 'complete', route: 'failing', token });
      expect(status).toBe(500);
      expect(body.error).toMatchObject({ code: 'callback_failed', retryable: true });
      expect(body.error?.message).toContain('“a.png” is stored');
    }
    expect(onError).toHaveBeenCalledWith(new Error('database is down'), {
      during: 'onComplete',
      route: 'failing',
    });
  });

  test('says 202 while the file is verifying', async () => {
    fake.verifyingPolls = 1;
    const token = await uploaded('open');
    expect(await post({ action: 'complete', route: 'open', token })).toMatchObject({
      status: 202,
      body: { file: { status: 'verifying' } },
    });
    expect(await post({ action: 'complete', route: 'open', token })).toMatchObject({
      status: 200,
      body: { serverData: null },
    });
  });

  test('refuses tokens of other routes, other servers and other times', async () => {
    const token = await uploaded('avatar');
    expect((await post({ action: 'complete', route: 'open', token })).body.error?.code).toBe(
      'token_invalid',
    );
    expect(
      (await post({ action: 'complete', route: 'avatar', token }, {}, handler({ secret: 'x' })))
        .status,
    ).toBe(403);
    const claims = {
      id: 'file_1',
      route: 'open',
      name: 'a',
      metadata: {},
      input: undefined,
      expires: 1,
    };
    const old = await signToken(await deriveTokenKey(FAKE_KEY), claims);
    expect(await post({ action: 'complete', route: 'open', token: old })).toMatchObject({
      status: 403,
      body: { error: { code: 'token_expired' } },
    });
    expect(fake.count('POST /api/upload-complete')).toBe(0);
  });

  test('passes on that the bytes are not there', async () => {
    const { body } = await post(ask('open'));
    const answer = await post({ action: 'complete', route: 'open', token: body.files?.[0]?.token });
    expect(answer).toMatchObject({ status: 409, body: { error: { code: 'object_missing' } } });
  });
});

describe('origins', () => {
  const from = (origin: string, more: Record<string, string> = {}) =>
    post(ask('open'), { origin, ...more });

  test.each([
    ['https://app.test', {}],
    ['https://public.test', { 'x-forwarded-host': 'public.test, proxy' }],
    ['https://public.test', { 'sec-fetch-site': 'same-origin' }],
  ])('%s with %o may', async (origin, more) => expect((await from(origin, more)).status).toBe(200));

  test.each(['https://evil.test', 'https://app.test.evil.test', 'http://app.test:81', 'null'])(
    '%s may not',
    async (origin) => {
      expect(await from(origin)).toMatchObject({
        status: 403,
        body: { error: { code: 'forbidden_origin' } },
      });
      expect(fake.seen).toEqual([]);
    },
  );

  test('an allowed origin gets CORS answers', async () => {
    const run = handler({ allowedOrigins: ['https://spa.test'] });
    const request = new Request('https://app.test/api/slipway', {
      method: 'OPTIONS',
      headers: { origin: 'https://spa.test' },
    });
    const preflight = await run(request);
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('https://spa.test');
    expect((await post(ask('open'), { origin: 'https://spa.test' }, run)).status).toBe(200);
  });
});

describe('set-up', () => {
  test('GET tells the rules', async () => {
    const { GET } = createRouteHandler({ routes, apiKey: FAKE_KEY, url: fake.url });
    const answer = (await (
      await GET(new Request('https://app.test/api/slipway'))
    ).json()) as Answer['body'];
    expect(answer.routes).toMatchObject({
      avatar: { types: ['image/*'], maxSize: 1024, maxFiles: 2 },
      open: { types: [], maxSize: null, maxFiles: 10 },
    });
  });

  test('a route without authorize is a type error and a start error', () => {
    // @ts-expect-error -- nothing says who may upload
    const options: UploadHandlerOptions = { routes: { bad: route() } };
    expect(() => createUploadHandler(options)).toThrow(/does not say who may upload/);
  });

  test('a missing key breaks calls, not the build', async () => {
    const run = createUploadHandler({ routes, apiKey: '', url: '', onError: quietly });
    expect((await post(ask('open'), {}, run)).body.files).toMatchObject([
      { error: { code: 'storage_misconfigured' } },
    ]);
  });
});
