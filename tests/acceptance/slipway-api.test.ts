import { createHash, randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { signUpWithProject, slipwayUrl } from './slipway-account.ts';

/** One white pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const base = slipwayUrl();
let key: string;
let projectId: string;
let setRules: (rules: object) => Promise<void>;

beforeAll(async () => {
  ({ key, projectId, setRules } = await signUpWithProject());
});

interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a black-box test reads whatever JSON comes
  body: any;
}

async function call(method: string, path: string, body?: unknown, bearer = key): Promise<Answer> {
  const response = await fetch(`${base}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${bearer}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

const announce = (change: object = {}) =>
  call('POST', '/api/upload-url', {
    name: 'dot.png',
    size: PNG.length,
    type: 'image/png',
    ...change,
  });

function send(
  ticket: Answer,
  bytes: Uint8Array,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(ticket.body.url, {
    method: ticket.body.method,
    headers: { ...ticket.body.headers, ...headers },
    body: new Uint8Array(bytes),
  });
}

const complete = (body: object) => call('POST', '/api/upload-complete', body);

async function uploadPng(change: object = {}): Promise<Answer> {
  const ticket = await announce(change);
  expect((await send(ticket, PNG)).status).toBe(200);
  return complete({ id: ticket.body.id });
}

describe('an upload', () => {
  test('goes from upload-url through PUT and upload-complete to ready, and comes back bit for bit', async () => {
    const ticket = await announce({ metadata: { room: 'hall' }, customId: 'hall-1' });
    expect(ticket.status).toBe(201);
    expect(Object.keys(ticket.body).sort()).toEqual([
      'expiresAt',
      'headers',
      'id',
      'key',
      'method',
      'url',
    ]);
    expect((await send(ticket, PNG)).status).toBe(200);
    const done = await complete({ id: ticket.body.id });
    expect(done.status).toBe(200);
    expect(done.body).toMatchObject({
      id: ticket.body.id,
      projectId,
      status: 'ready',
      scan: 'not_scanned',
      sha256: createHash('sha256').update(PNG).digest('hex'),
      customId: 'hall-1',
      metadata: { room: 'hall' },
    });
    expect(Object.keys(done.body).sort()).toEqual(
      [
        'checksum',
        'confirmBy',
        'createdAt',
        'customId',
        'expiresAt',
        'folder',
        'height',
        'id',
        'key',
        'latestUrl',
        'metadata',
        'name',
        'projectId',
        'readyAt',
        'replacedBy',
        'replaces',
        'restorableUntil',
        'route',
        'scan',
        'sha256',
        'size',
        'status',
        'tags',
        'test',
        'thumbhash',
        'type',
        'uploader',
        'url',
        'visibility',
        'width',
      ].sort(),
    );
    expect((await complete({ key: ticket.body.key })).body).toEqual(done.body);
    const link = await call('GET', `/api/files/${ticket.body.id}/url?expiresIn=60`);
    const bytes = Buffer.from(await (await fetch(link.body.url)).arrayBuffer());
    expect(bytes.equals(PNG)).toBe(true);
  });

  test('its URL cannot be used twice, nor changed', async () => {
    const ticket = await announce();
    await send(ticket, PNG);
    const again = await send(ticket, PNG);
    expect(again.status).toBe(409);
    expect(await again.json()).toMatchObject({ error: { code: 'object_exists' } });
    const other = await announce();
    other.body.url = other.body.url.replace('size=', 'size=1');
    expect((await send(other, PNG)).status).toBe(403);
  });

  test('a wrong length or type is refused before anything is stored', async () => {
    const short = await announce();
    expect((await send(short, PNG.subarray(1))).status).toBe(422);
    expect((await send(short, PNG, { 'content-type': 'text/html' })).status).toBe(422);
    expect((await complete({ id: short.body.id })).body.error.code).toBe('object_missing');
    // The URL is still good for the right bytes.
    expect((await send(short, PNG)).status).toBe(200);
    expect((await complete({ id: short.body.id })).body.status).toBe('ready');
  });

  test('content that is not what it claims is rejected, with the reason', async () => {
    const text = Buffer.from('no picture at all');
    const ticket = await announce({ size: text.length });
    await send(ticket, text);
    const answer = await complete({ id: ticket.body.id });
    expect(answer.status).toBe(422);
    expect(answer.body.error).toMatchObject({ code: 'type_mismatch' });
    expect(answer.body.error.message).toContain('Expected image/png');
    expect((await call('GET', `/api/files/${ticket.body.id}`)).body.status).toBe('rejected');
  });

  test('a pinned digest refuses other bytes', async () => {
    const ticket = await announce({ sha256: createHash('sha256').update(PNG).digest('hex') });
    const flipped = Buffer.from(PNG);
    flipped[40] = (flipped[40] ?? 0) ^ 1;
    expect((await send(ticket, flipped)).status).toBe(422);
    expect((await send(ticket, PNG)).status).toBe(200);
  });

  test('a browser of another origin may send it', async () => {
    const ticket = await announce();
    const preflight = await fetch(ticket.body.url, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://app.example',
        'access-control-request-method': 'PUT',
        'access-control-request-headers': 'content-type',
      },
    });
    expect(preflight.ok).toBe(true);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
    const sent = await send(ticket, PNG, { origin: 'https://app.example' });
    expect(sent.headers.get('access-control-allow-origin')).toBe('*');
  });

  test('64 MiB stream through and come back whole', async () => {
    const bytes = randomBytes(64 * 1024 * 1024);
    const ticket = await announce({
      name: 'big.bin',
      size: bytes.length,
      type: 'application/octet-stream',
    });
    expect((await send(ticket, bytes)).status).toBe(200);
    const done = await complete({ id: ticket.body.id });
    expect(done.body.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    const link = await call('GET', `/api/files/${ticket.body.id}/url`);
    const hash = createHash('sha256');
    const response = await fetch(link.body.url);
    if (response.body !== null) for await (const chunk of response.body) hash.update(chunk);
    expect(hash.digest('hex')).toBe(done.body.sha256);
  });
});

describe('rules', () => {
  test('are enforced before a URL is made, and named', async () => {
    await setRules({
      allowedTypes: ['image/*'],
      maxSize: 1000,
      maxFiles: null,
      visibility: 'private',
    });
    const wrongType = await announce({ type: 'application/pdf', name: 'a.pdf' });
    expect(wrongType.status).toBe(422);
    expect(wrongType.body.error).toMatchObject({
      code: 'file_type_not_allowed',
      details: { rule: 'allowedTypes', received: 'application/pdf' },
    });
    expect((await announce({ size: 1001 })).body.error).toMatchObject({ code: 'file_too_large' });
    await setRules({ allowedTypes: [], maxSize: 1e9, maxFiles: null, visibility: 'private' });
  });

  test('a public project serves its files to everybody, a private one to nobody without a signed URL', async () => {
    const hidden = await uploadPng();
    expect(hidden.body.url).toBeNull();
    expect((await fetch(`${base}/f/${hidden.body.key}`)).status).toBe(404);
    await setRules({ allowedTypes: [], maxSize: 1e9, maxFiles: null, visibility: 'public' });
    const { body } = await call('GET', `/api/files/${hidden.body.id}`);
    const response = await fetch(body.url);
    expect(response.status).toBe(200);
    // For minutes only, though bytes never change: a file that is deleted or made private has to
    // disappear from caches, too. Its ETag makes asking again cheap.
    expect(response.headers.get('cache-control')).toBe('public, max-age=300, must-revalidate');
    const etag = response.headers.get('etag') ?? '';
    expect((await fetch(body.url, { headers: { 'if-none-match': etag } })).status).toBe(304);
    await setRules({ allowedTypes: [], maxSize: 1e9, maxFiles: null, visibility: 'private' });
  });
});

describe('files', () => {
  test('are served with range, ETag and 304, and never run', async () => {
    const svg = Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    );
    const ticket = await announce({ name: 'x.svg', type: 'image/svg+xml', size: svg.length });
    await send(ticket, svg);
    await complete({ id: ticket.body.id });
    const { url } = (await call('GET', `/api/files/${ticket.body.id}/url`)).body;
    const response = await fetch(url);
    expect(response.headers.get('content-disposition')).toMatch(/^attachment/);
    expect(response.headers.get('content-security-policy')).toContain('sandbox');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    const etag = response.headers.get('etag') ?? '';
    expect((await fetch(url, { headers: { 'if-none-match': etag } })).status).toBe(304);
    const range = await fetch(url, { headers: { range: 'bytes=-6' } });
    expect(range.status).toBe(206);
    expect(await range.text()).toBe('</svg>');
    expect((await fetch(url, { headers: { range: 'bytes=9999-' } })).status).toBe(416);
    const head = await fetch(url, { method: 'HEAD' });
    expect(head.headers.get('content-length')).toBe(String(svg.length));
  });

  test('are listed by page, filtered, and deleted', async () => {
    const done = await uploadPng({ name: 'findme.png' });
    const found = await call('GET', '/api/files?q=findme&type=image/*&status=ready&limit=1');
    expect(found.body).toMatchObject({ data: [{ id: done.body.id }], nextCursor: null });
    const page = await call('GET', '/api/files?limit=1');
    expect(page.body.nextCursor).not.toBeNull();
    const next = await call('GET', `/api/files?limit=1&cursor=${page.body.nextCursor}`);
    expect(next.body.data[0].id).not.toBe(page.body.data[0].id);
    const link = await call('GET', `/api/files/${done.body.id}/url`);
    expect((await call('DELETE', `/api/files/${done.body.id}`)).body.status).toBe('deleted');
    expect((await fetch(link.body.url)).status).toBe(404);
    expect((await complete({ id: done.body.id })).status).toBe(410);
  });

  test('a URL ends when it says', async () => {
    const done = await uploadPng();
    const { body } = await call('GET', `/api/files/${done.body.id}/url?expiresIn=1`);
    expect((await fetch(body.url)).status).toBe(200);
    await expect.poll(async () => (await fetch(body.url)).status, { timeout: 5000 }).toBe(403);
  });
});

describe('strangers and mistakes', () => {
  test('another project’s key finds nothing of ours', async () => {
    const done = await uploadPng();
    const other = await signUpWithProject();
    for (const [method, path, body] of [
      ['GET', `/api/files/${done.body.id}`],
      ['DELETE', `/api/files/${done.body.id}`],
      ['GET', `/api/files/${done.body.id}/url`],
      ['POST', '/api/upload-complete', { id: done.body.id }],
      ['POST', '/api/upload-complete', { key: done.body.key }],
    ] as const) {
      const answer = await call(method, path, body, other.key);
      expect(answer.status, `${method} ${path}`).toBe(404);
      expect(answer.body.error.code).toBe('not_found');
    }
    expect((await call('GET', '/api/files', undefined, other.key)).body.data).toEqual([]);
  });

  test('text that no database keeps is the caller’s mistake, wherever it comes', async () => {
    const cursor = Buffer.from('999999999999999.file_a').toString('base64url');
    for (const answer of [
      await announce({ customId: 'a\0' }),
      await announce({ customId: '\ud800' }),
      await announce({ metadata: { room: '\0' } }),
      await complete({ id: 'a\0' }),
      await complete({ key: 'a\0' }),
      await call('GET', '/api/files/file_%00'),
      await call('GET', '/api/files?q=%00'),
      await call('GET', `/api/files?cursor=${cursor}`),
    ]) {
      expect(answer.status).toBe(400);
      expect(answer.body.error.code).toBe('validation_failed');
    }
  });

  test('every error has the one shape, a request id that the header repeats, and never the key', async () => {
    for (const answer of [
      await call('POST', '/api/upload-url', '{bad'),
      await call('POST', '/api/upload-url', {}),
      await call('POST', '/api/upload-complete', {}),
      await call('GET', '/api/files?limit=0'),
      await call('GET', '/api/files/file_nope'),
      await call('GET', '/api/nothing-here'),
      await call('GET', '/api/project', undefined, `sk_live_${'0'.repeat(32)}`),
    ]) {
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
      const { code, message, docs, requestId } = answer.body.error;
      expect(docs).toBe(`${base}/docs/errors/${code}`);
      expect(message.length).toBeGreaterThan(10);
      expect(answer.headers.get('x-request-id')).toBe(requestId);
      expect(JSON.stringify(answer.body)).not.toContain(key);
    }
  });

  test('a page of another site cannot use a visitor’s session', async () => {
    const { cookie, organizationId } = await signUpWithProject();
    const response = await fetch(`${base}/api/trpc/project.create`, {
      method: 'POST',
      headers: { cookie, origin: 'https://evil.example', 'content-type': 'application/json' },
      body: JSON.stringify({ json: { organizationId, name: 'Planted' } }),
    });
    expect(response.status).toBe(403);
  });

  test('health and metrics answer', async () => {
    expect(await (await fetch(`${base}/livez`)).json()).toEqual({ status: 'ok' });
    expect(await (await fetch(`${base}/readyz`)).json()).toMatchObject({ status: 'ready' });
    expect(await (await fetch(`${base}/metrics`)).text()).toContain(
      'http_request_duration_seconds',
    );
  });
});
