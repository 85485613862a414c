import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createUploader } from './create-uploader.ts';
import { endpointTransport } from './transport.ts';

let server: Server;
let endpoint: string;
let answers: ((response: ServerResponse) => void)[];

beforeEach(async () => {
  answers = [];
  server = createServer((request, response) => {
    request.resume().on('end', () => answers.shift()?.(response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/slipway`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const request = () =>
  endpointTransport({ endpoint, route: 'photos' }).request([], {
    input: undefined,
    signal: AbortSignal.timeout(10_000),
  });

const half = (response: ServerResponse) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1000 });
  response.write('{"files":[{"ok":true,');
  setTimeout(() => response.destroy(), 20);
};

test('an answer that breaks off is asked for again', async () => {
  const file = { id: 'f1', name: 'a.png', size: 1, status: 'ready' };
  const upload = {
    id: 'f1',
    url: 'http://x/1',
    method: 'PUT',
    headers: {},
    expiresAt: '2999-01-01',
  };
  const json = (body: object) => (response: ServerResponse) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  answers = [half, json({ files: [{ ok: true, upload, token: 't' }] }), half, json({ file })];
  const uploader = createUploader({ endpoint, route: 'photos', put: async () => undefined });
  uploader.add([new File(['a'], 'a.png', { type: 'image/png' })]);
  const { items } = await uploader.settled();
  expect(items[0]?.error).toBeNull();
  expect(items[0]?.result?.id).toBe('f1');
  expect(answers).toHaveLength(0);
});

test('what is no JSON is told as that', async () => {
  answers = [
    (response) =>
      response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Not found</h1>'),
  ];
  await expect(request()).rejects.toMatchObject({
    code: 'unexpected_answer',
    retryable: false,
    message: 'Expected JSON. The server answered with HTTP 404.',
  });
});
