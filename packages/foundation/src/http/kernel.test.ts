import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLogger, createMetrics } from '../telemetry/index.ts';
import { createKernel, type HttpApp, type RunningServer, serve } from './index.ts';

function ask(trustedProxies: number, forwarded: string | undefined) {
  const app = createKernel({
    log: createLogger({ service: 'test', level: 'silent' }),
    metrics: createMetrics('test'),
    errorDocs: 'http://localhost/docs/errors',
    trustedProxies,
  });
  app.get('/ip', (c) => c.json(c.get('ip')));
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  return Promise.resolve(
    app.request('/ip', { headers }, { incoming: { socket: { remoteAddress: '10.0.0.9' } } }),
  ).then((response) => response.json());
}

test('without a proxy nobody is believed', async () => {
  expect(await ask(0, '203.0.113.7')).toBe('10.0.0.9');
});

test('behind proxies only the entries that they wrote count', async () => {
  expect(await ask(1, '6.6.6.6, 203.0.113.7')).toBe('203.0.113.7');
  expect(await ask(2, '6.6.6.6, 203.0.113.7, 10.0.0.8')).toBe('203.0.113.7');
});

test('a header that is missing where a proxy should write one leaves the peer', async () => {
  expect(await ask(1, undefined)).toBe('10.0.0.9');
  expect(await ask(3, '203.0.113.7')).toBe('10.0.0.9');
});

test('a path that takes other methods says which; one of its own is not one that looks like it', async () => {
  const app = createKernel({
    log: createLogger({ service: 'test', level: 'silent' }),
    metrics: createMetrics('test'),
  });
  app.use('/things/*', (_, next) => next());
  app.get('/things/export', (c) => c.text('all'));
  app.get('/things/:id', (c) => c.text('one'));
  app.delete('/things/:id', (c) => c.text('gone'));
  const ask = async (method: string, path: string) => {
    const response = await app.request(path, { method }, {});
    const { error } = (await response.json()) as { error: { code: string } };
    return [response.status, error.code, response.headers.get('allow')];
  };
  expect(await ask('PUT', '/things/a')).toEqual([405, 'method_not_allowed', 'GET, DELETE']);
  expect(await ask('PATCH', '/things/export')).toEqual([405, 'method_not_allowed', 'GET']);
  expect(await ask('PUT', '/nothing')).toEqual([404, 'not_found', null]);
});

describe('over a connection', () => {
  const MIB = 1024 * 1024;
  let app: HttpApp;
  let server: RunningServer;

  beforeAll(async () => {
    app = createKernel({
      log: createLogger({ service: 'test', level: 'silent' }),
      metrics: createMetrics('test'),
      uploadPaths: ['/ingest/'],
    });
    for (const path of ['/read', '/ingest/a']) {
      app.post(path, async (c) => c.json((await c.req.arrayBuffer()).byteLength));
    }
    app.get('/plain', () => new Response('plain', { headers: { 'x-own': 'yes' } }));
    server = await serve({ app, appPaths: ['/'], host: '127.0.0.1', port: 0 });
  });
  afterAll(() => server.close(0));

  const url = (path: string) => `http://127.0.0.1:${server.port}${path}`;

  const whole = (bytes: number) => ({
    method: 'POST',
    body: new Uint8Array(bytes),
  });
  /** Sent in chunks, so nobody announces how many bytes there will be. */
  const streamed = (bytes: number) => ({
    method: 'POST',
    body: new Blob([new Uint8Array(bytes)]).stream(),
    duplex: 'half' as const,
  });

  test.each([
    ['announced', whole],
    ['streamed', streamed],
  ])('a body of a mebibyte is read, a longer one refused: %s', async (_, body) => {
    const most = await fetch(url('/read'), body(MIB));
    expect([most.status, await most.json()]).toEqual([200, MIB]);
    const more = await fetch(url('/read'), body(MIB + 1));
    expect(more.status).toBe(413);
    expect(await more.json()).toMatchObject({ error: { code: 'payload_too_large' } });
  });

  test('a file may be longer', async () => {
    for (const body of [whole(2 * MIB), streamed(2 * MIB)]) {
      expect(await (await fetch(url('/ingest/a'), body)).json()).toBe(2 * MIB);
    }
  });

  test.each(['/plain', '/nothing', '/read'])(
    'every answer has its request’s id and its type as it is: %s',
    async (path) => {
      const init = {
        method: path === '/read' ? 'POST' : 'GET',
        headers: { 'x-request-id': 'req_of_mine' },
      };
      for (const response of [await fetch(url(path), init), await app.request(path, init, {})]) {
        expect(response.headers.get('x-request-id')).toBe('req_of_mine');
        expect(response.headers.get('x-content-type-options')).toBe('nosniff');
        expect(response.headers.get('x-own')).toBe(path === '/plain' ? 'yes' : null);
      }
    },
  );
});
