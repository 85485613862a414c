import { createHash, randomBytes } from 'node:crypto';
import { Upload, type UploadOptions } from 'tus-js-client';
import { beforeAll, expect, test } from 'vitest';
import { type Account, signUpWithProject, slipwayUrl } from './slipway-account.ts';

const base = slipwayUrl();
const BYTES = randomBytes(5_000_003);

let account: Account;

beforeAll(async () => {
  account = await signUpWithProject();
});

async function call(path: string, init: { method?: string; body?: object } = {}) {
  const { method = 'GET', body } = init;
  const response = await fetch(`${base}/api/${path}`, {
    method,
    headers: { authorization: `Bearer ${account.key}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  // biome-ignore lint/suspicious/noExplicitAny: a black-box test reads whatever JSON comes
  return { status: response.status, body: (await response.json()) as any };
}

/** The id of the file that the upload became. */
function send(options: Partial<UploadOptions>): Promise<string> {
  return new Promise((resolve, reject) => {
    let fileId = '';
    new Upload(BYTES, {
      metadata: { filename: 'tour.bin', filetype: 'application/octet-stream' },
      retryDelays: null,
      onAfterResponse: (_, response) => {
        fileId = response.getHeader('Slipway-File-Id') ?? fileId;
      },
      onError: reject,
      onSuccess: () => resolve(fileId),
      ...options,
    }).start();
  });
}

test('a browser’s token, a tus client, and the file is there with its bytes', async () => {
  const limits = { maxSize: BYTES.length, maxFiles: 1, metadata: { tour: 7 } };
  const { status, body } = await call('upload-token', { method: 'POST', body: limits });
  expect(status).toBe(201);
  expect(body.endpoint).toBe(`${base}/tus`);
  const options = {
    endpoint: body.endpoint,
    headers: { authorization: `Bearer ${body.token}` },
    chunkSize: 1_000_000,
  };
  const id = await send(options);
  const file = await call(`files/${id}`);
  expect(file.body).toMatchObject({
    status: 'ready',
    name: 'tour.bin',
    size: BYTES.length,
    sha256: createHash('sha256').update(BYTES).digest('hex'),
    metadata: { tour: 7 },
  });
  const { url } = (await call(`files/${id}/url`)).body;
  expect(Buffer.from(await (await fetch(url)).arrayBuffer()).equals(BYTES)).toBe(true);
  await expect(send(options)).rejects.toThrow(/upload_token_used_up/);
});

test('a server’s key, and pieces that are sent side by side', async () => {
  const id = await send({
    endpoint: `${base}/tus`,
    headers: { authorization: `Bearer ${account.key}` },
    parallelUploads: 3,
  });
  const files = await call('files?status=ready');
  const found = files.body.data.filter((file: { id: string }) => file.id === id);
  expect(found).toMatchObject([{ size: BYTES.length, status: 'ready' }]);
  // Pieces are no files.
  const pending = await call('files?status=pending');
  expect(pending.body.data).toEqual([]);
});

test('pages of any site may ask', async () => {
  const response = await fetch(`${base}/tus`, {
    method: 'OPTIONS',
    headers: { origin: 'https://example.com', 'access-control-request-method': 'POST' },
  });
  expect(response.status).toBe(204);
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
});
