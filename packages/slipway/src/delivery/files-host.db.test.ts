import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { completeUpload, getFileUrl, requestUpload } from '../file/index.ts';
import { createHttp } from '../http.ts';
import { startTestSlipway, type TestSlipway, type TestTenant } from '../testing/index.ts';
import { noPagesOnFilesHost } from './files-host.ts';

const HERE = 'http://slipway.test';
const FILES = 'http://files.test:8080';

let slipway: TestSlipway;
let tenant: TestTenant;
let projectId: string;

beforeAll(async () => {
  slipway = await startTestSlipway({ SLIPWAY_URL: HERE, FILES_URL: FILES });
  tenant = await slipway.tenant();
  ({ id: projectId } = await slipway.project(tenant, { visibility: 'public' }));
});

afterAll(() => slipway.close());

const get = (url: string) => createHttp(slipway.runtime, { stopping: false }).request(url, {}, {});

async function ready(name = 'a.txt', type = 'text/plain') {
  const bytes = Buffer.from('words');
  const upload = { name, size: bytes.length, type };
  const { id, key } = await requestUpload(tenant.ctx, { projectId, upload });
  await slipway.putBytes({ key, bytes, type });
  return completeUpload(tenant.ctx, { projectId, upload: { id } });
}

test('files are served from their host, and are sent there from the other one', async () => {
  const { id, url, key } = await ready();
  expect(url).toBe(`${FILES}/f/${key}`);
  expect(await (await get(String(url))).text()).toBe('words');
  const elsewhere = await get(`${HERE}/f/${key}?download=1&v=2`);
  expect(elsewhere.status).toBe(307);
  expect(elsewhere.headers.get('location')).toBe(`${FILES}/f/${key}?download=1&v=2`);
  const signed = await getFileUrl(tenant.ctx, { projectId, fileId: id, query: {} });
  expect(signed.url.startsWith(`${FILES}/f/${key}?`)).toBe(true);
  expect((await get(signed.url)).status).toBe(200);
  // A signed URL keeps its signature on the way.
  const moved = await get(signed.url.replace(FILES, HERE));
  expect(moved.headers.get('location')).toBe(signed.url);
  // A proxy that writes another name into `Host` gets the file: a redirect would go in circles.
  expect((await get(`http://10.0.0.7:3000/f/${key}`)).status).toBe(200);
});

test('there a script may be called what it is', async () => {
  const { url } = await ready('a.js', 'text/javascript');
  expect((await get(String(url))).headers.get('content-type')).toBe('text/javascript');
});

test('nothing else is to be found at the host of files', async () => {
  for (const path of [
    '/api/project',
    '/api/auth/get-session',
    '/api/trpc/session.get',
    '/ingest/a/b',
  ]) {
    const answer = await get(`${FILES}${path}`);
    expect(answer.status, path).toBe(404);
    expect(answer.headers.get('set-cookie')).toBeNull();
  }
  expect((await get(`${HERE}/api/project`)).status).toBe(401);
  // Whoever looks whether the server lives may ask at any address.
  expect((await get(`${FILES}/livez`)).status).toBe(200);
});

test('nor are pages', async () => {
  const pages = noPagesOnFilesHost((_, response) => void response.end('a page'), {
    SLIPWAY_URL: HERE,
    FILES_URL: FILES,
  });
  const server = createServer((asked, response) => void pages(asked, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const status = async (host: string) => {
    const [answer] = await once(
      request({ port, host: '127.0.0.1', headers: { host } }).end(),
      'response',
    );
    answer.resume();
    return answer.statusCode;
  };
  expect(await status('slipway.test')).toBe(200);
  expect(await status('files.test:8080')).toBe(404);
  expect(await status('FILES.test:8080')).toBe(404);
  server.close();
});
