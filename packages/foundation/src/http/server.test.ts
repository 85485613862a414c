import { once } from 'node:events';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLogger, createMetrics } from '../telemetry/index.ts';
import { createKernel } from './kernel.ts';
import { type RunningServer, serve } from './server.ts';

let server: RunningServer;

beforeAll(async () => {
  const log = createLogger({ service: 'test', level: 'silent' });
  const metrics = createMetrics('test');
  const app = createKernel({ log, metrics, errorDocs: 'http://x', uploadPaths: ['/ingest/'] });
  app.post('/read', async (c) => c.text(await c.req.text()));
  app.post('/refuse', (c) => c.text('no', 401));
  app.get('/slow', (c) =>
    c.body(Readable.toWeb(Readable.from(slowly())) as ReadableStream, 200, {
      'content-length': '8',
    }),
  );
  app.post('/ingest/a', async (c) => c.text(await c.req.text()));
  const paths = { appPaths: ['/'], longPaths: ['/ingest/'] };
  const at = { host: '127.0.0.1', port: 0, errorDocs: 'http://x' };
  server = await serve({ app, ...paths, ...at, bodyLimitMs: 300, headLimitMs: 700 });
});

afterAll(() => server.close(0));

async function* slowly() {
  yield Buffer.from('half');
  await sleep(500);
  yield Buffer.from('half');
}

/** Sends a head that announces more than comes, one byte each 50 ms. */
async function drip(path: string, forMs: number): Promise<{ open: boolean; answer: string }> {
  const socket = connect(server.port, '127.0.0.1');
  let answer = '';
  let open = true;
  socket.on('data', (chunk) => {
    answer += chunk.toString();
  });
  socket.on('error', () => undefined);
  socket.on('close', () => {
    open = false;
  });
  socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n`);
  for (let waited = 0; waited < forMs && open; waited += 50) {
    socket.write('x');
    await sleep(50);
  }
  const result = { open, answer };
  socket.destroy();
  return result;
}

test('a body that does not end loses its connection', async () => {
  expect(await drip('/read', 2000)).toMatchObject({ open: false });
});

test('so does one that was answered before it ended', async () => {
  expect(await drip('/refuse', 2000)).toMatchObject({ open: false });
});

test('an upload takes as long as it needs', async () => {
  expect(await drip('/ingest/a', 1000)).toMatchObject({ open: true });
});

test('a connection that is kept alive is not cut by a former body', async () => {
  const send = () =>
    fetch(`http://127.0.0.1:${server.port}/read`, { method: 'POST', body: 'whole' });
  expect(await (await send()).text()).toBe('whole');
  await sleep(500);
  expect(await (await send()).text()).toBe('whole');
});

/** What comes back for bytes that are no request. */
async function say(bytes: string): Promise<string> {
  const socket = connect(server.port, '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk.toString();
  });
  socket.write(bytes);
  await once(socket, 'close');
  return answer;
}

test('what could not be read has an error like every other', async () => {
  const long = await say(`GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`);
  expect(long).toMatch(/^HTTP\/1\.1 431 /);
  expect(JSON.parse(long.split('\r\n\r\n')[1] ?? '')).toEqual({
    error: {
      code: 'headers_too_large',
      message: expect.any(String),
      docs: 'http://x/headers_too_large',
      requestId: expect.stringMatching(/^req_\w{20}$/),
    },
  });
  expect(await say('SSH-2.0-OpenSSH_9.2\r\n')).toMatch(/^HTTP\/1\.1 400 [\s\S]*"bad_request"/);
});

test('nonsense behind a request gets no words into the answer to it', async () => {
  const socket = connect(server.port, '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk.toString();
    if (answer.endsWith('half')) socket.write('nonsense\r\n\r\n');
  });
  socket.write('GET /slow HTTP/1.1\r\nHost: x\r\n\r\n');
  await once(socket, 'close');
  expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  expect(answer).not.toContain('bad_request');
});

test('a head that does not end is told that it took too long', async () => {
  const answer = await say('GET /slow HTTP/1.1\r\nHost: x\r\n');
  expect(answer).toMatch(/^HTTP\/1\.1 408 [\s\S]*"request_timeout"/);
});
