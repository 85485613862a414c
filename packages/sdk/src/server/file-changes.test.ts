import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { createSlipway } from './client.ts';

test('changes of files are the API’s calls, with what was asked for', async () => {
  const seen: unknown[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    seen.push([request.method, request.url, body === '' ? null : JSON.parse(body)]);
    response.setHeader('content-type', 'application/json');
    response.end('{"id":"file_1"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const { files } = createSlipway({
    apiKey: `sk_live_${'a'.repeat(32)}`,
    url: `http://127.0.0.1:${port}`,
  });
  expect(await files.update('file/1', { tags: ['a'], customId: null })).toEqual({ id: 'file_1' });
  await files.confirm('file_1');
  await files.restore('file_1');
  await files.bulk({ ids: ['file_1'], action: 'update', addTags: ['b'] });
  await files.list({ sort: 'size', tag: 'a', minSize: 5 });
  server.close();
  expect(seen).toEqual([
    ['PATCH', '/api/files/file%2F1', { tags: ['a'], customId: null }],
    ['POST', '/api/files/file_1/confirm', null],
    ['POST', '/api/files/file_1/restore', null],
    ['POST', '/api/files/bulk', { ids: ['file_1'], action: 'update', addTags: ['b'] }],
    ['GET', '/api/files?sort=size&tag=a&minSize=5', null],
  ]);
});
